namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>The visible way out, for mails whose author gave none: the header alone is shown by few mail programs.</summary>
internal static class UnsubscribeLine
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["en"] = "Stop receiving our e-mails",
        ["fr"] = "Ne plus recevoir nos messages",
        ["de"] = "Keine weiteren E-Mails von uns erhalten",
        ["es"] = "Dejar de recibir nuestros mensajes",
        ["it"] = "Non ricevere più i nostri messaggi",
        ["nl"] = "Geen berichten meer van ons ontvangen",
    };

    /// <returns>The first of the languages in which there is such a line, without its region; else English.</returns>
    public static string LanguageOf(IEnumerable<string?> languages) =>
        languages.OfType<string>().Select(l => l.Split('-')[0].ToLowerInvariant()).FirstOrDefault(Words.ContainsKey) ?? "en";

    /// <param name="language">One of <see cref="LanguageOf"/>.</param>
    /// <param name="around">That of the text before it, where it is known.</param>
    public static void Append(MailParts parts, string language, string? around, string link)
    {
        var words = Words[language];
        var line = parts.Html.Append("\n<p");
        if (!language.Equals(around?.Split('-')[0], StringComparison.OrdinalIgnoreCase))
            line.Append(" lang=\"").Append(language).Append('"');

        line.Append(" style=\"margin-top:24px;font-size:12px;color:#6b7280\"><a href=\"");
        ValueText.AppendHtml(line, link);
        // Typographic words need no escaping, and the colour keeps 4.8:1 on white.
        line.Append("\" style=\"color:#6b7280\">").Append(words).Append("</a></p>");
        parts.Text.Append("\n\n").Append(words).Append(" (").Append(link).Append(')');
    }
}
