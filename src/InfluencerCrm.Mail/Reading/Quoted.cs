namespace InfluencerCrm.Mail.Reading;

/// <summary>Lines that quote ("&gt; …").</summary>
internal static class Quoted
{
    public static bool Is(string line) => line.TrimStart().StartsWith('>');

    /// <summary>The next line that is not empty quotes.</summary>
    public static bool Follow(IReadOnlyList<string> lines, int at)
    {
        for (var i = at; i < lines.Count; i++)
        {
            if (lines[i].Trim().Length > 0) return Is(lines[i]);
        }

        return false;
    }

    /// <summary>The line without its marks, bounded.</summary>
    public static string Bare(string line)
    {
        var bare = line.AsSpan().TrimStart([' ', '>', '\t', '\u00A0']);
        return (bare.Length > ReadLimits.LineLength ? bare[..ReadLimits.LineLength] : bare).ToString();
    }
}
