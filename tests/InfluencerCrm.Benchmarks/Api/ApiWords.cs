namespace InfluencerCrm.Benchmarks.Api;

/// <summary>Names and words of the sample, drawn with a fixed seed: a few are frequent and most are rare, as in real texts.</summary>
internal sealed class ApiWords(Random random)
{
    public static readonly string[] Kinds = ["Journalist", "Blogger", "Expert", "Creator", "Stakeholder"];

    /// <summary>Country, its language, a city, and how many people of a hundred live there.</summary>
    public static readonly (string Code, string Language, string City, int Share)[] Countries =
    [
        ("FR", "fr", "Paris", 38), ("GB", "en", "London", 10), ("DE", "de", "Berlin", 9), ("BE", "fr", "Bruxelles", 8), ("US", "en", "New York", 8), ("CH", "fr", "Genève", 7),
        ("CA", "fr", "Montréal", 6), ("ES", "es", "Madrid", 5), ("IT", "it", "Milano", 5), ("LU", "fr", "Luxembourg", 1), ("SN", "fr", "Dakar", 1), ("MA", "fr", "Rabat", 1), ("NL", "nl", "Utrecht", 1),
    ];

    private static readonly string[] FirstNames = ["Zoé", "Anne-Laure", "Jérôme", "Marie", "François", "Héloïse", "Jean", "Chloé", "Ulrich", "Saïd", "Noëlle", "Paul", "Inès", "Björn", "Aïcha", "Thomas"];
    private static readonly string[] Syllables = ["ba", "ce", "di", "fo", "gu", "la", "mé", "ni", "po", "ru", "sa", "té", "vi", "xo", "zu", "bra", "cli", "dré", "flo", "gru"];
    private static readonly string[] Letters = ["ka", "ke", "ki", "ko", "ku", "wa", "we", "wi", "wo", "wu", "ya", "ye", "yi", "yo", "yu"];

    private readonly string[] _common = [.. Enumerable.Range(0, 1500).Select(i => Syllables[i % 20] + Syllables[i / 20 % 20] + (i % 3 == 0 ? "" : Syllables[i / 7 % 20])).Distinct()];

    /// <summary>Words of which each stands in about twenty texts of 100,000. No one is part of another, nor of a frequent one.</summary>
    public static IReadOnlyList<string> Rare { get; } = [.. Enumerable.Range(0, 3000).Select(i => $"{Letters[i % 15]}{Letters[i / 15 % 15]}{Letters[i / 225 % 15]}{Letters[(i + i / 15) % 15]}q")];

    public (string First, string Last) Name() => (FirstNames[random.Next(FirstNames.Length)], Capital(Common() + Syllables[random.Next(20)]));

    public (string Code, string Language, string City) Country()
    {
        var share = random.Next(100);
        foreach (var (code, language, city, of) in Countries)
        {
            share -= of;
            if (share < 0)
            {
                return (code, random.Next(10) == 0 ? "en" : language, city);
            }
        }

        return (Countries[0].Code, Countries[0].Language, Countries[0].City);
    }

    /// <summary>The first are drawn more often than the last.</summary>
    public int Skewed(int of, double by) => (int)(of * Math.Pow(random.NextDouble(), by));

    public string Common() => _common[Skewed(_common.Length, 2.2)];

    public string Text(int least, int most) => Capital(string.Join(' ', Enumerable.Range(0, random.Next(least, most)).Select(_ => Common())));

    public string Bio()
    {
        var text = Text(12, 40);
        return random.Next(10) < 6 ? $"{text} {Rare[random.Next(Rare.Count)]}." : text + ".";
    }

    public T Of<T>(params (T Value, int Share)[] values)
    {
        var share = random.Next(values.Sum(v => v.Share));
        foreach (var (value, of) in values)
        {
            share -= of;
            if (share < 0)
            {
                return value;
            }
        }

        return values[^1].Value;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
