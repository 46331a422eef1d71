using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>The numbers of one cell, each still as written.</summary>
internal static class PhoneCell
{
    /// <summary>Fewer are no number that stands alone: the slash of "030/1234567" parts nothing.</summary>
    private const int FewestDigits = 8;

    private static readonly string[] Separators = [";", "|", "\n", ":::", " / ", "/", ",", " ou ", " or ", " et ", " and ", " - ", " – "];

    public static List<string> Read(string text)
    {
        var numbers = new List<string> { text };
        foreach (var separator in Separators)
        {
            if (!text.Contains(separator, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var isSure = separator is ";" or "|" or "\n" or ":::" or " / ";
            var parts = new List<string>();
            foreach (var number in numbers)
            {
                var split = number.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                parts.AddRange(isSure || Array.TrueForAll(split, p => PhoneText.Digits(p) >= FewestDigits) ? split : [number]);
            }

            numbers = parts;
        }

        return numbers;
    }
}
