using System.Globalization;
using System.Net;
using System.Text;
using InfluencerCrm.Api.Privacy;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Api.Stories;

/// <summary>The page behind the link of an embargo's teaser.</summary>
internal static class EmbargoPage
{
    /// <param name="nameMissing">An answer came without a name.</param>
    public static string Of(EmbargoStanding standing, bool nameMissing, EmbargoWords words, string nonce)
    {
        var (title, body) = standing.State switch
        {
            EmbargoLinkState.Open => (words.Title, Form(standing, nameMissing, words)),
            EmbargoLinkState.Accepted => (words.AcceptedTitle, Said(words.Accepted) + Date(standing, words)),
            EmbargoLinkState.Declined => (words.DeclinedTitle, Said(words.Declined)),
            EmbargoLinkState.Changed => (words.ChangedTitle, Said(words.Changed) + Before(standing, words)),
            EmbargoLinkState.Over => (words.OverTitle, Said(words.Over)),
            EmbargoLinkState.Withdrawn => (words.WithdrawnTitle, Said(words.Withdrawn)),
            _ => (words.UnknownTitle, Said(words.Unknown)),
        };
        return PublicPage.Whole(words.Language, title, body, nonce);
    }

    private static string Said(string words) => $"<p role=\"status\">{words}</p>";

    private static string Date(EmbargoStanding standing, EmbargoWords words) =>
        standing.AcceptedUntil is { } until ? $"<dl><dt>{words.Until}</dt><dd>{WebUtility.HtmlEncode(until)}</dd></dl>" : "";

    /// <summary>What was accepted before, where the embargo has got a later end since.</summary>
    private static string Before(EmbargoStanding standing, EmbargoWords words) =>
        standing.AcceptedUntil is { } until ? $"<p>{string.Format(CultureInfo.InvariantCulture, words.AcceptedBefore, WebUtility.HtmlEncode(until))}</p>" : "";

    private static string Form(EmbargoStanding standing, bool nameMissing, EmbargoWords words)
    {
        var terms = standing.Terms!;
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<p>{string.Format(CultureInfo.InvariantCulture, words.Intro, WebUtility.HtmlEncode(standing.Announced))}</p><dl>");
        if (standing.Title is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>{words.Story}</dt><dd>{WebUtility.HtmlEncode(standing.Title)}</dd>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<dt>{words.Until}</dt><dd>{WebUtility.HtmlEncode(terms.Until)}</dd></dl>{Before(standing, words)}<form method=\"post\">");
        page.Append(CultureInfo.InvariantCulture, $"<blockquote lang=\"{terms.Language}\">{WebUtility.HtmlEncode(terms.Accepted)}</blockquote>");
        if (nameMissing)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p role=\"alert\">{words.NameMissing}</p>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<p><label for=\"name\">{words.Name}</label><input type=\"text\" id=\"name\" name=\"name\" autocomplete=\"name\" required minlength=\"2\" maxlength=\"{AnswerEmbargo.LongestName}\"></p>");
        page.Append(CultureInfo.InvariantCulture, $"<p><button type=\"submit\" name=\"answer\" value=\"accept\">{words.Accept}</button> <button type=\"submit\" name=\"answer\" value=\"decline\">{words.Decline}</button></p></form>");
        return page.ToString();
    }
}
