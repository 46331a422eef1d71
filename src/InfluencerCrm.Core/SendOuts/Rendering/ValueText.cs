using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>How a value is written in each place of a mail, so that it can be nothing but text there.</summary>
internal static class ValueText
{
    private const string UrlSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    private const string UrlReserved = ":/?#[]@!$&'()*+,;=%";

    /// <summary>One line without control characters: what may stand in a header, and what cannot fake a new paragraph.</summary>
    public static string OneLine(string text) => Clean(text, keepLines: false);

    /// <summary>Lines end with LF; other control characters are gone.</summary>
    public static string Lines(string text) => Clean(text, keepLines: true);

    public static string CollapseSpaces(string text) =>
        string.Join(' ', text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));

    public static void AppendHtml(StringBuilder html, string text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                _ => html.Append(c),
            };
        }
    }

    /// <summary>The address as it may stand in a link, or null when it is not an absolute one of an allowed scheme.</summary>
    public static string? Link(string text, bool image)
    {
        var url = text.Trim();
        var allowed = image
            ? StartsWith(url, "https://")
            : StartsWith(url, "https://") || StartsWith(url, "http://") || (StartsWith(url, "mailto:") && url.Length > 7);
        return allowed && Uri.TryCreate(url, UriKind.Absolute, out _) ? Encode(url, UrlSafe + UrlReserved) : null;
    }

    /// <summary>A value inside an address that the author began: it can add to the path or the query, never change where the link goes.</summary>
    public static string LinkPart(string text) => Encode(text, UrlSafe);

    /// <summary>As <see cref="LinkPart"/> in a <c>mailto:</c>, whose @ must stay readable.</summary>
    public static string MailLinkPart(string text) => Encode(text, UrlSafe + "@");

    private static bool StartsWith(string url, string scheme) => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    private static string Encode(string text, string keep)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && keep.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                result.Append((char)rune.Value);
                continue;
            }

            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return result.ToString();
    }

    private static string Clean(string text, bool keepLines)
    {
        if (IsClean(text, keepLines))
            return text;

        var result = new StringBuilder(text.Length);
        // Runes, because half a surrogate pair cannot be encoded: it comes out as U+FFFD.
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            var c = rune.Value;
            if (keepLines && c is ('\n' or '\r' or '\t'))
                result.Append(c is '\t' ? '\t' : '\n');
            else if (c is < 0x20 or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029)
                result.Append(c is 0 ? "" : " ");
            // Direction overrides make a name rewrite the line around it; marks that Arabic and Hebrew names need stay.
            else if (c is (< 0x202A or > 0x202E) and (< 0x2066 or > 0x2069) and not 0xFEFF)
                result.Append(rune.ToString());
        }

        return result.ToString();
    }

    /// <summary>Most texts have nothing to be taken out, and all of them are asked for each mail.</summary>
    private static bool IsClean(string text, bool keepLines)
    {
        foreach (var c in text)
        {
            if (c is (< ' ' or (>= '\u007F' and <= '\u009F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF' or (>= '\uD800' and <= '\uDFFF'))
                && !(keepLines && c is ('\n' or '\t')))
            {
                return false;
            }
        }

        return true;
    }
}
