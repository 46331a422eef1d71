using System.Globalization;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports;

namespace InfluencerCrm.Host;

/// <summary>
/// <c>influencercrm [serve] [--demo [--demo-date yyyy-MM-dd]] [--empty]</c>, <c>migrate</c>, <c>import FILE [--dry-run] [--kind KIND] [--preset NAME]</c>,
/// <c>revert-import ID</c>, <c>export-archive FILE</c>, <c>import-archive FILE</c>;
/// everything else (<c>--Section:Key=value</c>) is configuration.
/// </summary>
internal sealed record CommandLine
{
    public string Command { get; private init; } = "serve";

    public bool Demo { get; private init; }

    public DateOnly? DemoDate { get; private init; }

    public bool DryRun { get; private init; }

    public string? File { get; private init; }

    /// <summary>What the rows of an import are; null: told by the preset or the file.</summary>
    public ImportKind? Kind { get; private init; }

    public string? Preset { get; private init; }

    /// <summary>The import that is to be taken back.</summary>
    public int Import { get; private init; }

    /// <summary>What is left for the configuration.</summary>
    public string[] Configuration { get; private init; } = [];

    private static readonly Dictionary<string, ImportKind> Kinds = Enum.GetValues<ImportKind>().ToDictionary(k => Words.Camel(k.ToString()), StringComparer.OrdinalIgnoreCase);

    public const string Usage = """
        Usage:
          influencercrm [--demo [--demo-date yyyy-MM-dd] | --empty]   start the server (and, with --demo, load the sample agency once)
          influencercrm migrate                                       bring the database to this version
          influencercrm import FILE [--dry-run] [--kind KIND] [--preset NAME]
                                                                      import .csv, .xlsx, .vcf or .opml; KIND is influencers, outlets,
                                                                      coverage or suppressions
          influencercrm revert-import ID                              take an import back
          influencercrm export-archive FILE                           write everything in the installation into a .zip
          influencercrm import-archive FILE                           take such a file into an installation without data
        Settings: --Section:Key=value, environment Section__Key, or appsettings.json.
        """;

    /// <exception cref="StartProblem">A word is not known.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        var rest = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--demo":
                    line = line with { Demo = true };
                    break;
                case "--empty":
                    line = line with { Demo = false };
                    break;
                case "--demo-date":
                    line = line with { DemoDate = DateOnly.TryParseExact(Next(args, ref i), "yyyy-MM-dd", out var date) ? date : throw new StartProblem("--demo-date takes yyyy-MM-dd.") };
                    break;
                case "--dry-run":
                    line = line with { DryRun = true };
                    break;
                case "--kind":
                    line = line with { Kind = Kinds.TryGetValue(Next(args, ref i), out var kind) ? kind : throw new StartProblem($"--kind takes {string.Join(", ", Kinds.Keys)}.") };
                    break;
                case "--preset":
                    line = line with { Preset = Next(args, ref i) };
                    break;
                case "revert-import":
                    line = line with { Command = args[i], Import = int.TryParse(Next(args, ref i), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new StartProblem("revert-import takes the number of an import.") };
                    break;
                case "serve" or "migrate":
                    line = line with { Command = args[i] };
                    break;
                case "import" or "export-archive" or "import-archive":
                    line = line with { Command = args[i], File = Next(args, ref i) };
                    break;
                case "--help" or "-h":
                    line = line with { Command = "help" };
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains('=', StringComparison.Ordinal):
                    rest.Add(setting);
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Count:
                    rest.Add(setting);
                    rest.Add(args[++i]);
                    break;
                default:
                    throw new StartProblem($"\"{args[i]}\" is not understood.\n{Usage}");
            }
        }

        return line with { Configuration = [.. rest] };
    }

    private static string Next(IReadOnlyList<string> args, ref int i) =>
        i + 1 < args.Count ? args[++i] : throw new StartProblem($"{args[i]} needs a value.\n{Usage}");
}
