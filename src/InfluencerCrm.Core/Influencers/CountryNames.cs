using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace InfluencerCrm.Core.Influencers;

/// <summary>Countries as people write them: by code, or by name in French, English and the languages of their neighbours.</summary>
public static class CountryNames
{
    private static readonly Lazy<FrozenDictionary<string, string>> ByName = new(Build);

    /// <summary>ISO 3166-1 and Kosovo. Written out because the language data also keep states that are gone, under the same names (DD, VD).</summary>
    private const string Codes =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG "
        + "CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL "
        + "GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA "
        + "LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP "
        + "NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
        + "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

    private static readonly string[] NameLanguages = ["fr", "en", "de", "es", "it", "nl", "pt"];

    /// <summary>What the language data lack.</summary>
    private static readonly (string Name, string Code)[] Others =
    [
        ("UK", "GB"), ("Great Britain", "GB"), ("Grande-Bretagne", "GB"), ("Angleterre", "GB"), ("England", "GB"), ("Scotland", "GB"),
        ("Écosse", "GB"), ("Wales", "GB"), ("Pays de Galles", "GB"), ("Northern Ireland", "GB"), ("U.K.", "GB"), ("Großbritannien", "GB"),
        ("USA", "US"), ("U.S.A.", "US"), ("U.S.", "US"), ("United States of America", "US"), ("États-Unis d'Amérique", "US"), ("Amérique", "US"),
        ("EEUU", "US"), ("Hollande", "NL"), ("Holland", "NL"), ("The Netherlands", "NL"), ("Corée du Sud", "KR"), ("South Korea", "KR"),
        ("Czech Republic", "CZ"), ("République tchèque", "CZ"), ("Tchéquie", "CZ"), ("Ivory Coast", "CI"), ("Côte d'Ivoire", "CI"),
        ("Russie", "RU"), ("Birmanie", "MM"), ("Burma", "MM"), ("Chine", "CN"), ("Hong Kong", "HK"), ("Macédoine", "MK"), ("Turquie", "TR"),
        ("Turkey", "TR"), ("Vatican", "VA"), ("Palestine", "PS"), ("Émirats", "AE"), ("UAE", "AE"), ("RDC", "CD"), ("Belgie", "BE"),
        ("Suisse romande", "CH"), ("Confédération suisse", "CH"), ("Polska", "PL"), ("Sverige", "SE"), ("Norge", "NO"), ("Danmark", "DK"),
        ("Suomi", "FI"), ("Éire", "IE"), ("Magyarország", "HU"), ("Hellas", "GR"), ("Brasil", "BR"), ("Österreich", "AT"),
    ];

    private static readonly ConcurrentDictionary<string, string?> Seen = new(StringComparer.Ordinal);

    /// <summary>The ISO 3166-1 alpha-2 code, or null for what is no country.</summary>
    public static string? Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Seen.TryGetValue(text, out var code))
        {
            return code;
        }

        code = ByName.Value.GetValueOrDefault(WordKey.Of(text));
        if (Seen.Count < 2000)
        {
            Seen[text] = code;
        }

        return code;
    }

    private static FrozenDictionary<string, string> Build()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in Codes.Split(' '))
        {
            AddRegion(code, names);
        }

        foreach (var (name, code) in Others)
        {
            names.TryAdd(WordKey.Of(name), code);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void AddRegion(string code, Dictionary<string, string> names)
    {
        names[WordKey.Of(code)] = code;
        names.TryAdd(WordKey.Of(new RegionInfo($"en-{code}").ThreeLetterISORegionName), code);
        foreach (var language in NameLanguages)
        {
            // The name of a region in the language of the culture, whatever language the program runs in.
            names.TryAdd(WordKey.Of(new RegionInfo($"{language}-{code}").NativeName), code);
        }
    }
}
