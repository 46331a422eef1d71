using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.Demo;

/// <summary>Invented names by culture and generation; no first and last name are drawn together twice, but for the two homonyms that are planted.</summary>
internal sealed class DemoNames
{
    private readonly DemoRandom _random;
    private readonly Dictionary<(string Culture, string Part), string[]> _names = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public DemoNames(DemoRandom random)
    {
        _random = random;
        foreach (var row in DemoFiles.Rows("names.txt"))
        {
            _names[(row[0], row[1])] = row[2].Split(',', StringSplitOptions.TrimEntries);
        }
    }

    public (string First, string Last) Draw(string country, bool woman, bool young)
    {
        while (true)
        {
            var culture = CultureOf(country);

            // A family name may come from further back than the first name.
            var lastOf = country == "FR" && _random.Chance(0.12) ? "fr" : culture;
            var first = _random.Pick(_names[(culture, (woman ? "f" : "m") + (young ? "young" : ""))]);
            var last = _random.Pick(_names[(lastOf, "last")]);
            if (_used.Add(first + " " + last))
            {
                return (first, last);
            }
        }
    }

    /// <summary>For addresses: lower case, without accents, letters of the Latin alphabet only.</summary>
    public static string Ascii(string name)
    {
        var result = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            _ = c switch
            {
                'ß' => result.Append("ss"),
                'œ' => result.Append("oe"),
                'ø' => result.Append('o'),
                'ı' => result.Append('i'),
                _ when char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' => result.Append(c),
                _ => result,
            };
        }

        return result.ToString().Trim().Replace("  ", " ", StringComparison.Ordinal);
    }

    private string CultureOf(string country)
    {
        (string Culture, int Share)[] shares = country switch
        {
            "GB" => [("eng", 58), ("wel", 9), ("sco", 12), ("iri", 9), ("sas", 12)],
            "BE" => [("bel", 65), ("vla", 35)],
            "CH" => [("che", 78), ("roh", 22)],
            "US" => [("usa", 85), ("iri", 8), ("sas", 7)],
            "DE" => [("deu", 75), ("tur", 25)],
            _ => [("fr", 60), ("bre", 12), ("als", 4), ("mag", 11), ("waf", 7), ("por", 6)],
        };
        var at = _random.Next(shares.Sum(s => s.Share));
        foreach (var (culture, share) in shares)
        {
            if ((at -= share) < 0)
            {
                return culture;
            }
        }

        throw new InvalidOperationException(country.ToString(CultureInfo.InvariantCulture));
    }
}
