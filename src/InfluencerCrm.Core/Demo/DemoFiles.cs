using System.Text;
using System.Text.RegularExpressions;

namespace InfluencerCrm.Core.Demo;

/// <summary>The embedded source files of the sample agency.</summary>
internal static partial class DemoFiles
{
    private const string Folder = "InfluencerCrm.Core.Demo.Data.";

    public static string Text(string name)
    {
        using var stream = typeof(DemoFiles).Assembly.GetManifestResourceStream(Folder + name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Lines of cells parted by a bar; empty lines and comments left out.</summary>
    public static List<string[]> Rows(string name) =>
        [.. Text(name).Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('|', StringSplitOptions.TrimEntries))];

    /// <summary>Longer texts, each behind a line of <c>===</c> and cells parted by a bar.</summary>
    public static IEnumerable<(string[] Heading, string Body)> Sections(string name)
    {
        foreach (var part in Text(name).Split("=== ", StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            yield return (part[..end].Split('|', StringSplitOptions.TrimEntries), part[(end + 1)..].Trim());
        }
    }

    /// <summary>Rows of a CSV file behind its heading; cells may be quoted.</summary>
    public static IEnumerable<List<string>> Csv(string name) =>
        Text(name).Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => CsvCell().Matches(l).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value).ToList());

    /// <summary>French typography: the apostrophe, and spaces that do not break before what may not begin a line.</summary>
    public static string French(string text)
    {
        text = text.Replace('\'', '’');
        text = NarrowSpace().Replace(text, "\u202F");
        return WideSpace().Replace(text, "\u00A0");
    }

    /// <summary>The typography of a language; other languages stay as written, but for the apostrophe.</summary>
    public static string Typeset(string text, string language) => language == "fr" ? French(text) : text.Replace('\'', '’');

    [GeneratedRegex("(?:^|,)(?:\"([^\"]*)\"|([^,]*))")]
    private static partial Regex CsvCell();

    [GeneratedRegex(@"(?<=\d) (?=\d{3}(?!\d))| (?=[;!?])")]
    private static partial Regex NarrowSpace();

    [GeneratedRegex(@"(?<=«) | (?=[:»€%])|(?<=\d) (?=h\b|M€|kWh|kg\b|ans\b|signes\b)|(?<=\bh) (?=\d\d)")]
    private static partial Regex WideSpace();
}
