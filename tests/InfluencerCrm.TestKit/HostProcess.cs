using System.Collections.Concurrent;
using System.Diagnostics;

namespace InfluencerCrm.TestKit;

/// <summary>The product as it is installed, a process of its own that works on a test's database and can be killed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly ConcurrentQueue<string> words;

    private HostProcess(Process process, DirectoryInfo folder, ConcurrentQueue<string> words)
    {
        this.process = process;
        this.folder = folder;
        this.words = words;
    }

    /// <summary>What it wrote last, for a test that fails.</summary>
    public string LastWords => string.Join(Environment.NewLine, words.TakeLast(20));

    public bool HasExited => process.HasExited;

    /// <summary>Starts it; it is at work a second or two later.</summary>
    /// <param name="connectionString">Where it finds the database; null: where the test does.</param>
    public static HostProcess Start(TestDatabase database, IReadOnlyDictionary<string, string?> settings, string? connectionString = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(settings);
        var folder = Directory.CreateTempSubdirectory("influencercrm-host-");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "InfluencerCrm.Host"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        Dictionary<string, string?> all = new()
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Roles"] = "workers",
            ["Database:Provider"] = database.Provider,
            ["ConnectionStrings:Crm"] = connectionString ?? database.ConnectionString,
            ["Mail:FromAddress"] = "press@agency.example.org",
            ["Imports:Folder"] = Path.Combine(folder.FullName, "imports"),
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (name, value) in all.Concat(settings))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new Process { StartInfo = start };
        var words = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new HostProcess(process, folder, words);

        void Keep(string? line)
        {
            words.Enqueue(line ?? "");
            if (words.Count > 200)
            {
                words.TryDequeue(out _);
            }
        }
    }

    /// <summary>Ends it as a power cut would: SIGKILL, nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
