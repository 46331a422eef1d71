using System.Text.RegularExpressions;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Makes the patterns that mails of strangers are read with: without backtracking, so that no text, however it was made, takes longer than its length.</summary>
internal static class Patterns
{
    /// <summary>For texts in the form of <see cref="Core.Data.SearchText"/>: lower case, no accents.</summary>
    public static Regex Of(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>For texts as they were sent.</summary>
    public static Regex AnyCase(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Any of the expressions.</summary>
    public static PatternList AnyOf(params string[] expressions) => new([.. expressions.Select(Of)]);
}

/// <summary>Patterns one of which is enough; apart, since what all of them together could be in the middle of is too much for one.</summary>
internal sealed class PatternList(Regex[] patterns)
{
    public bool IsMatch(string text) => Array.Exists(patterns, p => p.IsMatch(text));
}
