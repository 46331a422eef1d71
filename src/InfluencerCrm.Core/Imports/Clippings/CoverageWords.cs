using System.Collections.Frozen;
using System.Globalization;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Imports.Places;
using InfluencerCrm.Core.Interactions;

namespace InfluencerCrm.Core.Imports.Clippings;

/// <summary>Words of closed sets as press reviews write them, French and English.</summary>
internal static class CoverageWords
{
    private static readonly FrozenDictionary<string, CoverageMedium> Mediums = OutletWords.Table(
        (CoverageMedium.Online, "online web website site siteweb enligne internet presseenligne onlinenews blog digital webmagazine onlineconsumer onlinetrade"),
        (CoverageMedium.Print, "print papier presse newspaper journal magazine quotidien hebdomadaire mensuel daily weekly monthly presseecrite pqr pqn"),
        (CoverageMedium.Tv, "tv television tele video broadcast"),
        (CoverageMedium.Radio, "radio"),
        (CoverageMedium.Podcast, "podcast podcasts balado audio"),
        (CoverageMedium.Newsletter, "newsletter newsletters infolettre lettre"),
        (CoverageMedium.Social, "social reseauxsociaux reseausocial socialmedia twitter x linkedin instagram facebook tiktok youtube post tweet"),
        (CoverageMedium.Wire, "wire agence agencedepresse newsagency newswire depeche"));

    private static readonly FrozenDictionary<string, CoverageMedia> Medias = OutletWords.Table(
        (CoverageMedia.Earned, "earned gagne redactionnel editorial organic organique"),
        (CoverageMedia.Paid, "paid paye publicite pub ad advertorial publireportage sponsorise sponsored publiredactionnel"),
        (CoverageMedia.Owned, "owned proprietaire interne"),
        (CoverageMedia.Shared, "shared partage social"));

    private static readonly FrozenDictionary<string, Sentiment> Sentiments = OutletWords.Table(
        (Sentiment.Positive, "positive positif favorable bon bonne good pos"),
        (Sentiment.Neutral, "neutral neutre factuel factual mixed mixte mitige balanced neu"),
        (Sentiment.Negative, "negative negatif defavorable critique mauvais mauvaise bad critical neg"));

    private static readonly FrozenDictionary<string, CoverageStatus> Statuses = OutletWords.Table(
        (CoverageStatus.Confirmed, "confirmed confirme confirmee valide validee ok yes oui published publie"),
        (CoverageStatus.Suggested, "suggested suggere suggeree apreciser averifier tocheck toreview pending enattente"),
        (CoverageStatus.Observed, "observed observe observee veille"),
        (CoverageStatus.Rejected, "rejected rejete rejetee refuse horssujet no non irrelevant"));

    public static CoverageMedium? Medium(string text) => OutletWords.Find(Mediums, text);

    public static CoverageMedia? Media(string text) => OutletWords.Find(Medias, text);

    public static Sentiment? Tone(string text) => OutletWords.Find(Sentiments, text);

    public static CoverageStatus? Status(string text) => OutletWords.Find(Statuses, text);

    /// <summary>Seconds, of <c>95</c>, <c>1:35</c>, <c>0:01:35</c>, <c>95 s</c> or <c>2 min</c>.</summary>
    public static int? Duration(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is 2 or 3 && Array.TrueForAll(parts, p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            var seconds = parts.Aggregate(0L, (sum, p) => sum * 60 + int.Parse(p, CultureInfo.InvariantCulture));
            return seconds <= 86_400 * 2 ? (int)seconds : null;
        }

        var number = text.TrimEnd();
        var factor = 1;
        foreach (var (unit, seconds) in new[] { ("minutes", 60), ("minute", 60), ("min", 60), ("mn", 60), ("secondes", 1), ("seconds", 1), ("sec", 1), ("s", 1), ("'", 60) })
        {
            if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                (number, factor) = (number[..^unit.Length].TrimEnd(), seconds);
                break;
            }
        }

        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && (long)whole * factor <= 86_400 * 2 ? whole * factor : null;
    }
}
