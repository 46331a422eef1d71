using System.Net;
using System.Text;
using InfluencerCrm.Core.Privacy;

namespace InfluencerCrm.Api.Privacy;

/// <summary>The pages behind an unsubscribe link.</summary>
internal static class UnsubscribePage
{
    /// <param name="client">Whose news the mail was; null: the agency's own, and there is one choice less.</param>
    public static string Choices(UnsubscribeWords words, string? client, string nonce)
    {
        var form = new StringBuilder();
        form.Append("<p>").Append(words.Intro).Append("</p><form method=\"post\"><fieldset><legend>").Append(words.Legend).Append("</legend>");
        if (client is not null)
        {
            Option(form, "client", string.Format(System.Globalization.CultureInfo.InvariantCulture, words.Client, WebUtility.HtmlEncode(client)), chosen: true);
        }

        Option(form, "all", words.All, chosen: client is null);
        Option(form, "erase", words.Erase, chosen: false);
        form.Append("</fieldset><button type=\"submit\">").Append(words.Confirm).Append("</button></form>");
        return PublicPage.Whole(words.Language, words.Title, form.ToString(), nonce);
    }

    public static string Done(UnsubscribeWords words, UnsubscribeChoice choice, UnsubscribeLink link, string nonce)
    {
        var said = (choice, link.Asked) switch
        {
            (UnsubscribeChoice.Client, _) when link.ClientName is not null => string.Format(System.Globalization.CultureInfo.InvariantCulture, words.DoneClient, WebUtility.HtmlEncode(link.ClientName)),
            (_, ErasureAsked.ByMail) => string.Format(System.Globalization.CultureInfo.InvariantCulture, words.DoneEraseMail, (int)ErasureLinks.Lifetime.TotalDays),
            (_, ErasureAsked.ByTeam) => words.DoneErase,
            _ => words.DoneAll,
        };
        return PublicPage.Whole(words.Language, words.DoneTitle, $"<p role=\"status\">{said}</p>", nonce);
    }

    public static string Unknown(UnsubscribeWords words, string nonce) => PublicPage.Whole(words.Language, words.UnknownTitle, $"<p>{words.Unknown}</p>", nonce);

    private static void Option(StringBuilder form, string value, string text, bool chosen) =>
        form.Append("<label><input type=\"radio\" name=\"choice\" value=\"").Append(value).Append('"').Append(chosen ? " checked" : "").Append("><span>").Append(text).Append("</span></label>");
}
