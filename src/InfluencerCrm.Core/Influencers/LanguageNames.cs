using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace InfluencerCrm.Core.Influencers;

/// <summary>Languages as people write them: by code, or by name in French, in English or in the language itself.</summary>
public static class LanguageNames
{
    private static readonly Lazy<FrozenDictionary<string, string>> ByName = new(Build);

    /// <summary>What the language data lack or call otherwise.</summary>
    private static readonly (string Name, string Code)[] Others =
    [
        ("français", "fr"), ("anglais", "en"), ("allemand", "de"), ("espagnol", "es"), ("castillan", "es"), ("italien", "it"), ("néerlandais", "nl"),
        ("hollandais", "nl"), ("flamand", "nl"), ("flemish", "nl"), ("vlaams", "nl"), ("portugais", "pt"), ("brésilien", "pt-BR"), ("chinois", "zh"),
        ("mandarin", "zh"), ("japonais", "ja"), ("coréen", "ko"), ("arabe", "ar"), ("russe", "ru"), ("polonais", "pl"), ("suédois", "sv"),
        ("danois", "da"), ("norvégien", "nb"), ("norwegian", "nb"), ("norsk", "nb"), ("finnois", "fi"), ("finlandais", "fi"), ("grec", "el"),
        ("turc", "tr"), ("hongrois", "hu"), ("tchèque", "cs"), ("roumain", "ro"), ("bulgare", "bg"), ("ukrainien", "uk"), ("hébreu", "he"),
        ("catalan", "ca"), ("basque", "eu"), ("breton", "br"), ("corse", "co"), ("luxembourgeois", "lb"), ("croate", "hr"), ("serbe", "sr"),
        ("slovaque", "sk"), ("slovène", "sl"), ("estonien", "et"), ("letton", "lv"), ("lituanien", "lt"), ("irlandais", "ga"), ("gallois", "cy"),
        ("persan", "fa"), ("vietnamien", "vi"), ("thaï", "th"), ("hindi", "hi"), ("suisse allemand", "gsw"),
    ];

    private static readonly ConcurrentDictionary<string, string?> Seen = new(StringComparer.Ordinal);

    /// <summary>The BCP 47 tag, or null for what is no language.</summary>
    public static string? Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Seen.TryGetValue(text, out var tag))
        {
            return tag;
        }

        tag = ByName.Value.GetValueOrDefault(WordKey.Of(text)) ?? Tag(text.Trim());
        if (Seen.Count < 2000)
        {
            Seen[text] = tag;
        }

        return tag;
    }

    /// <summary>A tag with a region: <c>fr-CH</c>, also as <c>fr_CH</c>.</summary>
    private static string? Tag(string text)
    {
        var separator = text.IndexOfAny(['-', '_']);
        if (separator is not (2 or 3) || ByName.Value.GetValueOrDefault(WordKey.Of(text[..separator])) is not { } language)
        {
            return null;
        }

        var region = text[(separator + 1)..];
        return region.Length == 2 && CountryNames.Find(region) is { } code ? $"{language}-{code}" : null;
    }

    private static FrozenDictionary<string, string> Build()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, code) in Others)
        {
            names[WordKey.Of(name)] = code;
        }

        foreach (var culture in CultureInfo.GetCultures(CultureTypes.NeutralCultures))
        {
            if (culture.Name.Length is 2 or 3)
            {
                names[culture.Name] = culture.Name;
                names.TryAdd(culture.ThreeLetterISOLanguageName, culture.Name);
                names.TryAdd(WordKey.Of(culture.EnglishName), culture.Name);
                names.TryAdd(WordKey.Of(culture.NativeName), culture.Name);
            }
        }

        // Bibliographic codes that older exports use.
        foreach (var (name, code) in new[] { ("fre", "fr"), ("ger", "de"), ("dut", "nl"), ("gre", "el"), ("cze", "cs"), ("chi", "zh"), ("no", "nb") })
        {
            names.TryAdd(name, code);
        }

        names.Remove("");
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
