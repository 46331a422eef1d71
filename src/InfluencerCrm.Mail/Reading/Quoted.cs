namespace InfluencerCrm.Mail.Reading;

/// <summary>Lines that quote ("&gt; …").</summary>
internal static class Quoted
{
    public static bool Is(string line) => line.TrimStart().StartsWith('>');

    /// <summary>The line without its marks, bounded.</summary>
    public static string Bare(string line)
    {
        var bare = line.AsSpan().TrimStart([' ', '>', '\t', '\u00A0']);
        return (bare.Length > ReadLimits.LineLength ? bare[..ReadLimits.LineLength] : bare).ToString();
    }
}
