using System.Text;
using System.Text.Unicode;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>How the values of vCards are written (RFC 6350 §3.4, RFC 2426 §5, and the encodings of version 2.1).</summary>
internal static class VcardText
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The bytes as text; null where they are none.</summary>
    /// <param name="charset">As the property names it, or null.</param>
    /// <param name="certain">The file itself says that it is Unicode.</param>
    public static string? Decode(ReadOnlySpan<byte> bytes, string? charset, bool certain)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        if (charset is null || certain || IsUtf8(charset))
        {
            // Decided line by line: cards of several telephones are often joined into one file.
            return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) is var text && certain && text.Contains('\uFFFD', StringComparison.Ordinal) ? null : text
                : certain ? null : Windows1252.GetString(bytes);
        }

        try
        {
            return Named(charset)?.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Undoes quoted-printable (RFC 2045 §6.7); an equals sign that begins no code stands for itself.</summary>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else
            {
                bytes[length++] = text[i];
            }
        }

        // What is left of a soft break at the end of a broken card.
        return bytes[..(length > 0 && bytes[length - 1] == '=' && text[^1] == '=' ? length - 1 : length)];
    }

    public static byte[]? Base64(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(Encoding.ASCII.GetString(text), bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>The parts between separators that no backslash escapes; the escapes stay.</summary>
    public static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>Undoes the escapes of all versions; a backslash before anything else is meant as one.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            if (next is 'n' or 'N')
            {
                result.Append('\n');
                i++;
            }
            else if (next is ',' or ';' or '\\' or ':')
            {
                result.Append(next);
                i++;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private static bool IsUtf8(string charset) =>
        charset.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("UTF8", StringComparison.OrdinalIgnoreCase) || charset.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase);

    private static Encoding? Named(string charset)
    {
        if (charset.Equals("ISO-8859-1", StringComparison.OrdinalIgnoreCase) || charset.Equals("LATIN1", StringComparison.OrdinalIgnoreCase) || charset.Equals("CP1252", StringComparison.OrdinalIgnoreCase))
        {
            // As everywhere: who says Latin 1 means the code page that also has the euro sign.
            return Windows1252;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
