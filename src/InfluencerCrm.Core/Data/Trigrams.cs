namespace InfluencerCrm.Core.Data;

/// <summary>Three letters in a row, the unit of the indexes inside texts.</summary>
public static class Trigrams
{
    /// <summary>Letters, not UTF-16 units. Empty where there are fewer than three: no index can tell then.</summary>
    public static IReadOnlyCollection<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = text.EnumerateRunes().Select(r => r.ToString()).ToList();

        // No stored text has U+0000, and it would end the words given to an index.
        return [.. letters.Skip(2).Select((_, i) => string.Concat(letters[i], letters[i + 1], letters[i + 2])).Where(t => !t.Contains('\0', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }
}
