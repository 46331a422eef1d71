using System.Net;
using System.Text;
using InfluencerCrm.Core.Privacy;

namespace InfluencerCrm.Api.Privacy;

/// <summary>The pages behind an unsubscribe link: whole in themselves, without script, readable at any size and by any reader.</summary>
internal static class UnsubscribePage
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{margin:0;font:1.0625rem/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}
        main{max-width:34rem;margin:0 auto;padding:3rem 1.25rem}
        h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}
        fieldset{border:0;margin:1.5rem 0;padding:0}
        legend{padding:0;margin-bottom:.5rem}
        label{display:flex;gap:.75rem;align-items:flex-start;padding:.6rem 0}
        input{width:1.25rem;height:1.25rem;margin:.2rem 0 0;flex:none}
        button{font:inherit;font-weight:600;padding:.7rem 1.5rem;border:0;border-radius:.4rem;background:#1d4ed8;color:#fff;cursor:pointer}
        button:focus-visible,input:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
        """;

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
        return Whole(words, words.Title, form.ToString(), nonce);
    }

    public static string Done(UnsubscribeWords words, UnsubscribeChoice choice, string? client, string nonce)
    {
        var said = choice switch
        {
            UnsubscribeChoice.Client when client is not null => string.Format(System.Globalization.CultureInfo.InvariantCulture, words.DoneClient, WebUtility.HtmlEncode(client)),
            UnsubscribeChoice.Erase => words.DoneErase,
            _ => words.DoneAll,
        };
        return Whole(words, words.DoneTitle, $"<p role=\"status\">{said}</p>", nonce);
    }

    public static string Unknown(UnsubscribeWords words, string nonce) => Whole(words, words.UnknownTitle, $"<p>{words.Unknown}</p>", nonce);

    private static void Option(StringBuilder form, string value, string text, bool chosen) =>
        form.Append("<label><input type=\"radio\" name=\"choice\" value=\"").Append(value).Append('"').Append(chosen ? " checked" : "").Append("><span>").Append(text).Append("</span></label>");

    private static string Whole(UnsubscribeWords words, string title, string body, string nonce) => $"""
        <!DOCTYPE html>
        <html lang="{words.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
        <style nonce="{nonce}">
        {Style}
        </style></head><body><main><h1>{title}</h1>{body}</main></body></html>
        """;
}
