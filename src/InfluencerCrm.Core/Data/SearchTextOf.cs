namespace InfluencerCrm.Core.Data;

/// <summary>Joins several texts of a row to one normalised text, cut to what its column holds.</summary>
internal static class SearchTextOf
{
    public static string Joined(int maxLength, IEnumerable<string?> texts) => Cut(SearchText.Normalise(string.Join(' ', texts.Where(t => !string.IsNullOrWhiteSpace(t)))), maxLength);

    /// <summary>Normalising may lengthen a text (œ becomes oe), so a copy may need cutting where the text itself fits.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text
        : char.IsHighSurrogate(text[maxLength - 1]) ? text[..(maxLength - 1)] : text[..maxLength];
}
