using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.OData;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>Says everything twice: on the console at once, and in a file in the end.</summary>
internal sealed class ApiReport
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _broken = [];

    public bool IsWhole => _broken.Count == 0;

    public void Say(FormattableString line) => Say(line.ToString(CultureInfo.InvariantCulture));

    public void Say(string line)
    {
        Console.WriteLine(line);
        _text.AppendLine(line);
    }

    /// <summary>A limit in words for its cell, remembered when broken.</summary>
    public string Limit(string what, double measured, double least)
    {
        var holds = measured >= least;
        if (!holds)
        {
            _broken.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {measured:0.00} (at least {least:0.##})"));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{measured:0.00} {(holds ? "≥" : "**<**")} {least:0.##}");
    }

    public void Broken(string what) => _broken.Add(what);

    public void End(TimeSpan took, string name)
    {
        var file = Path.Combine("artifacts", name);
        Say("");
        Say($"Took {took.TotalSeconds:0} s. Load of the machine at the end {MachineLoad()}.");
        Say(IsWhole ? "Every limit holds." : $"Broken limits: {string.Join("; ", _broken)}.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, _text.ToString());
    }

    /// <summary>Machine and versions.</summary>
    public void Introduce(ApiOptions options, string file)
    {
        var processor = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        Say($"Machine: {Environment.ProcessorCount} cores ({processor ?? "unknown"}), {memory} GB, {Environment.OSVersion}; load before the start {MachineLoad()}.");
        Say($"Versions: .NET {Environment.Version}, ASP.NET Core OData {Version(typeof(ODataUriFunctions))}, OData {Version(typeof(Microsoft.OData.ODataException))}, EF Core {Version(typeof(DbContext))}, Microsoft.Data.Sqlite {Version(typeof(SqliteConnection))}, SQLite {SqliteVersion()}.");
        Say($"Data: scale {options.Scale}, {new FileInfo(file).Length >> 20} MB. {options.Rounds} rounds of {options.Length.TotalSeconds} s for each server in turns; the ratio is the median of the rounds' ratios. The load driver runs on the same cores. A tilde: slow, so one round on at most four connections. The floor's SQL is in tests/InfluencerCrm.Benchmarks/Api/FloorSql.cs.");
        Say("");
    }

    private static string MachineLoad() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Version(Type of) => FileVersionInfo.GetVersionInfo(of.Assembly.Location).ProductVersion!.Split('+')[0];

    private static string SqliteVersion()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }
}
