using System.Collections.Frozen;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>Words of closed sets as people write them in cells, French and English.</summary>
internal static class PersonWords
{
    private static readonly FrozenDictionary<string, string> Kinds = Table(
        ("journalist", "journalist journaliste journalists journalistes reporter reportrice presse press redacteur redactrice redactrices redacteurenchef redactriceenchef editor editorinchief pigiste freelance correspondent correspondant correspondante chroniqueur chroniqueuse columnist animateur animatrice presentateur presentatrice writer auteur photographe photographer jri"),
        ("blogger", "blogger blogueur blogueuse bloggeur bloggeuse blog bloger"),
        ("expert", "expert experte experts specialist specialiste chercheur chercheuse researcher academic universitaire scientist scientifique consultant consultante"),
        ("creator", "creator createur creatrice createurdecontenu creatricedecontenu contentcreator influencer influenceur influenceuse youtuber youtubeur youtubeuse instagrammer instagrammeur instagrammeuse tiktoker tiktokeur tiktokeuse streamer streameur streameuse podcaster podcasteur podcasteuse videaste"),
        ("stakeholder", "stakeholder stakeholders partieprenante institutionnel institutionnelle institution elu elue elected depute deputee senateur senatrice maire mayor politician association ong ngo analyst analyste syndicat federation leaderdopinion"));

    private static readonly FrozenSet<string> Fillers =
        new[] { "-", "--", "---", "n/a", "na", "#n/a", "null", "none", "aucun", "aucune", "néant", "neant", "nc", "n.c.", "?", "??", "inconnu", "inconnue", "unknown", ".", "/", "x" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Yes =
        "oui yes y o x 1 true vrai ja j si s ok wahr vero donotcontact nepascontacter stop".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> No =
        "non no n 0 false faux nein nee falsch falso aucun aucune none null na actif active ok abonne abonnee inscrit inscrite subscribed optin contactable neant"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OptedOut =
        "non no n 0 false faux nein nee falsch falso desinscrit desinscrite desabonne desabonnee unsubscribed optout optedout refuse refused refus stop complained complaint plainte oppose opposee blocked bloque cleaned revoked retire withdrawn"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static string? Kind(string text) => Kinds.GetValueOrDefault(WordKey.Of(text));

    /// <summary>Written where there is nothing to write. Not asked of names: there are people called Null.</summary>
    public static bool IsFiller(string text) => text.Length <= 8 && Fillers.Contains(text);

    /// <summary>
    /// True unless the cell plainly says no: a date, "✓" or "a demandé à ne plus rien recevoir" is an opposition too, and one
    /// taken too many does less harm than one lost.
    /// </summary>
    public static bool IsOpposition(string text, out bool plain)
    {
        var key = WordKey.Of(text);
        plain = Yes.Contains(key) || text is "✓" or "✔" or "✗" or "☑";
        return text is not ("-" or "--" or "/" or "☐") && (key.Length == 0 || !No.Contains(key));
    }

    /// <summary>What address books write before a number that is no number to call somebody at work: "Home", "* Home", "Work Fax".</summary>
    public static bool IsPrivateLabel(string text)
    {
        var key = WordKey.Of(text);
        return key is "home" or "domicile" or "pager" || key.EndsWith("fax", StringComparison.Ordinal);
    }

    public static bool IsOptedOut(string text) => OptedOut.Contains(WordKey.Of(text));

    private static FrozenDictionary<string, string> Table(params (string Word, string Forms)[] table) =>
        table.SelectMany(t => t.Forms.Split(' ').Select(f => (f, t.Word))).ToFrozenDictionary(p => p.f, p => p.Word, StringComparer.Ordinal);
}
