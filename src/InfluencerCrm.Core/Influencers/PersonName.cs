using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace InfluencerCrm.Core.Influencers;

/// <summary>A person's name in its two parts, as far as they can be told.</summary>
/// <param name="Display">First name first.</param>
public sealed record PersonName(string Display, string? First, string? Last)
{
    /// <summary>A text with one of these is no name that could be parted: a formula, mark-up, an address, a handle.</summary>
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("=()<>{}[]\"@/\\|$;:*+_#&0123456789");

    private static readonly FrozenSet<string> Particles = new[]
    {
        "le", "la", "les", "de", "du", "des", "d'", "da", "das", "do", "dos", "di", "del", "della", "dello", "degli", "van", "von", "der", "den",
        "ter", "ten", "zu", "zur", "zum", "af", "av", "el", "al", "bin", "ben", "ibn", "mac", "mc", "san", "saint", "st", "ter", "y",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Titles = new[]
    {
        "m", "m.", "mme", "mme.", "mlle", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "prof", "prof.", "pr.", "herr", "frau",
        "monsieur", "madame", "mademoiselle", "sig.", "sig.ra", "pr", "me", "maître", "sir", "dame", "hr.", "fr.", "señor", "señora",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Degrees = new[]
    {
        "phd", "ph.d.", "ph.d", "md", "m.d.", "mba", "msc", "jr", "jr.", "sr", "sr.", "ii", "iii", "esq", "esq.", "obe", "mbe", "dr", "dr.", "prof", "prof.",
        "mme", "m.", "mr", "mrs", "ms",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static PersonName Of(string? first, string? last)
    {
        var display = (first, last) switch
        {
            (not null, not null) => $"{first} {last}",
            _ => first ?? last ?? "",
        };
        return new PersonName(display, first, last);
    }

    /// <summary>
    /// Parts a name written in one cell: "LEFÈVRE Zoé", "Zoé Lefèvre", "Le Goff, Anne-Laure". A single name stays whole, without
    /// parts: it may be a pen name, and no greeting should use half of it.
    /// </summary>
    public static PersonName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().ContainsAny(NotInNames))
        {
            return new PersonName(text.Trim(), null, null);
        }

        text = WithoutLetters(text);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0 && comma < text.Length - 1 && text.IndexOf(',', comma + 1) < 0)
        {
            return Of(Join(Words(text[(comma + 1)..])), Uncapitalised(Words(text[..comma])));
        }

        var words = Words(text);
        if (words.Length < 2)
        {
            return new PersonName(words.Length == 0 ? text.Trim() : words[0], null, null);
        }

        if (char.IsLower(words[0][0]) && Particles.Contains(words[0]))
        {
            // "de La Tour Rémi", "van den Berghe": no first name begins so.
            var family = Array.FindIndex(words, w => !Particles.Contains(w)) + 1;
            return family == 0 || family == words.Length ? new PersonName(Join(words)!, null, Join(words)) : Of(Join(words[family..]), Join(words[..family]));
        }

        var leading = Count(words, fromEnd: false);
        var trailing = Count(words, fromEnd: true);
        if (leading > 0 && leading < words.Length)
        {
            return Of(Join(words[leading..]), Uncapitalised(words[..leading]));
        }

        if (trailing > 0 && trailing < words.Length)
        {
            return Of(Join(words[..^trailing]), Uncapitalised(words[^trailing..]));
        }

        var split = Array.FindIndex(words, 1, w => Particles.Contains(w) || w.StartsWith("d'", StringComparison.Ordinal) || w.StartsWith("d’", StringComparison.Ordinal));
        split = split > 0 && split < words.Length - 1 ? split : words.Length - 1;
        return Of(Join(words[..split]), Join(words[split..]));
    }

    /// <summary>"Mme", "Dr".</summary>
    public static bool IsTitle(string text) => Titles.Contains(text.Trim());

    private static string[] Words(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var first = 0;
        while (first < words.Length - 1 && Titles.Contains(words[first]))
        {
            first++;
        }

        return words[first..];
    }

    /// <summary>"Ann Example, PhD": a degree is no first name.</summary>
    private static string WithoutLetters(string text)
    {
        var comma = text.LastIndexOf(',');
        return comma > 0 && Degrees.Contains(text[(comma + 1)..].Trim()) ? text[..comma] : text;
    }

    private static string? Join(string[] words) => words.Length == 0 ? null : string.Join(' ', words);

    /// <summary>How many words from one end are a family name in capitals.</summary>
    private static int Count(string[] words, bool fromEnd)
    {
        var count = 0;
        while (count < words.Length && IsCapitals(words[fromEnd ? ^(count + 1) : count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsCapitals(string word)
    {
        var letters = 0;
        foreach (var c in word)
        {
            if (char.IsLower(c) || char.IsDigit(c))
            {
                return false;
            }

            letters += char.IsUpper(c) ? 1 : 0;
        }

        // "J." and "A" are initials, not names.
        return letters > 1;
    }

    private static string? Uncapitalised(string[] words)
    {
        if (words.Length == 0 || Count(words, fromEnd: false) < words.Length)
        {
            return Join(words);
        }

        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Uncapitalised(words[i]);
        }

        return Join(words);
    }

    private static string Uncapitalised(string word)
    {
        var letters = word.ToCharArray();
        for (var i = 1; i < letters.Length; i++)
        {
            if (char.IsLetter(letters[i - 1]))
            {
                letters[i] = char.ToLower(letters[i], CultureInfo.InvariantCulture);
            }
        }

        return new string(letters);
    }
}
