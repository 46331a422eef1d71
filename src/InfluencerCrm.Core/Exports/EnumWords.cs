using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Exports;

/// <summary>Values of enums as the words that leave, made once.</summary>
internal static class EnumWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => Cache<T>.Words.TryGetValue(value, out var word) ? word : Words.Camel(value.ToString());

    public static string? Of<T>(T? value)
        where T : struct, Enum => value is { } some ? Of(some) : null;

    private static class Cache<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Words = Enum.GetValues<T>().Distinct().ToDictionary(v => v, v => Data.Words.Camel(v.ToString()));
    }
}
