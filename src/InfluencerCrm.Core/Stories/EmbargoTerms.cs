using System.Globalization;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Stories;

/// <summary>The words a person agrees to, or declines: exactly what the page showed and the evidence keeps.</summary>
/// <param name="Language">Of the words.</param>
/// <param name="Until">The end of the embargo with its zone, in words.</param>
/// <param name="Accepted">What "accept" says.</param>
/// <param name="Declined">What "decline" says.</param>
public sealed record EmbargoTerms(string Language, string Until, string Accepted, string Declined)
{
    /// <param name="Accepted"><c>{0}</c> what was announced, <c>{1}</c> by whom, <c>{2}</c> until when.</param>
    private sealed record Words(string Accepted, string Declined);

    private static readonly Dictionary<string, Words> Languages = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "I accept the embargo on what {1} announced to me as “{0}”, until {2}. Before then I publish none of it, and share it only with those of my newsroom who need it for this piece and keep the embargo too.",
            "I do not accept the embargo on what {1} announced to me as “{0}”, until {2}. I am not to be sent its content before then."),
        ["fr"] = new(
            "J’accepte l’embargo sur ce que {1} m’a annoncé sous le titre «\u00a0{0}\u00a0», jusqu’au {2}. D’ici là, je n’en publie rien et ne le partage qu’avec les personnes de ma rédaction qui en ont besoin pour ce sujet et respectent elles aussi l’embargo.",
            "Je n’accepte pas l’embargo sur ce que {1} m’a annoncé sous le titre «\u00a0{0}\u00a0», jusqu’au {2}. Son contenu ne doit pas m’être envoyé d’ici là."),
    };

    /// <param name="language">BCP 47; one that is not here gives English.</param>
    /// <param name="announced">The subject of the teaser: the person has read it, so it tells nothing.</param>
    /// <param name="sender">Whom the teaser came from.</param>
    /// <param name="until">UTC.</param>
    /// <param name="zone">IANA zone of the person; null: UTC.</param>
    internal static EmbargoTerms Of(string? language, string announced, string sender, DateTime until, string? zone)
    {
        var (written, date) = (Written(language), When(language, until, zone));
        return new(written, date, In(Languages[written].Accepted), In(Languages[written].Declined));

        string In(string words) => string.Format(CultureInfo.InvariantCulture, words, announced, sender, date);
    }

    /// <summary>The end of an embargo in words, as the terms say it.</summary>
    internal static string When(string? language, DateTime until, string? zone) => new TemplateDates(Written(language), zone).Default(until);

    private static string Written(string? language) => language?.Split('-')[0].ToLowerInvariant() is { } wanted && Languages.ContainsKey(wanted) ? wanted : "en";
}
