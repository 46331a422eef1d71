using System.Text;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>The visible way out, for mails whose author gave none: the header alone is shown by few mail programs.</summary>
internal static class UnsubscribeLine
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "Stop receiving our e-mails",
        ["fr"] = "Ne plus recevoir nos messages",
        ["de"] = "Keine weiteren E-Mails von uns erhalten",
        ["es"] = "Dejar de recibir nuestros mensajes",
        ["it"] = "Non ricevere più i nostri messaggi",
        ["nl"] = "Geen berichten meer van ons ontvangen",
    };

    public static string For(string language) => Words.GetValueOrDefault(language.Split('-')[0], Words["en"]);

    public static (string Html, string Text) Append(string html, string text, string language, string link)
    {
        var words = For(language);
        var line = new StringBuilder("\n<p style=\"margin-top:24px;font-size:12px;color:#6b7280\"><a href=\"");
        ValueText.AppendHtml(line, link);
        // Typographic words need no escaping, and the colour keeps 4.8:1 on white.
        line.Append("\" style=\"color:#6b7280\">").Append(words).Append("</a></p>");
        return (html + line, $"{text}\n\n{words} ({link})");
    }
}
