using System.Globalization;
using System.Text;

namespace InfluencerCrm.Mail;

/// <summary>
/// Text outside ASCII in a header (RFC 2047). MimeKit 4.18 writes encoded words longer than the 75 characters allowed when the text
/// has no spaces or many letters outside ASCII; this keeps words at 75 and lines at 76 characters and never splits a character.
/// </summary>
internal static class EncodedWords
{
    private const int MaxLine = 76;
    private const string Prefix = "=?utf-8?";
    private const int Frame = 12; // =?utf-8?q??=

    /// <summary>"=?" in plain text would be read as an encoded word.</summary>
    public static bool IsNeeded(string text) => !Ascii.IsValid(text) || text.Contains("=?", StringComparison.Ordinal);

    /// <param name="used">Characters already on the first line, the header's name for example.</param>
    /// <returns>Words on lines of their own, with a space before all but the first.</returns>
    public static string Encode(string text, int used)
    {
        // Whatever is shorter: Q for Latin scripts, where it stays readable, B for the others.
        var q = text.EnumerateRunes().Sum(QLength) <= Encoding.UTF8.GetByteCount(text) * 4 / 3;
        var result = new StringBuilder();
        var word = new StringBuilder();
        var room = MaxLine - used;
        foreach (var rune in text.EnumerateRunes())
        {
            if (word.Length > 0 && Frame + Length(word, rune, q) > room)
            {
                Close(result, word, q);
                result.Append("\r\n ");
                room = MaxLine - 1;
            }

            word.Append(rune.ToString());
        }

        return Close(result, word, q).ToString();
    }

    private static int Length(StringBuilder word, Rune next, bool q)
    {
        var text = word.ToString();
        return q
            ? text.EnumerateRunes().Sum(QLength) + QLength(next)
            : (Encoding.UTF8.GetByteCount(text) + next.Utf8SequenceLength + 2) / 3 * 4;
    }

    private static StringBuilder Close(StringBuilder result, StringBuilder word, bool q)
    {
        result.Append(Prefix).Append(q ? "q?" : "b?");
        if (q)
            foreach (var rune in word.ToString().EnumerateRunes()) AppendQ(result, rune);
        else
            result.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString())));
        word.Clear();
        return result.Append("?=");
    }

    // Only what is safe in names too (RFC 2047 §5, rule 3).
    private static bool IsPlain(Rune rune) => rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || "!*+-/".Contains((char)rune.Value, StringComparison.Ordinal));

    private static int QLength(Rune rune) => IsPlain(rune) || rune.Value == ' ' ? 1 : rune.Utf8SequenceLength * 3;

    private static void AppendQ(StringBuilder result, Rune rune)
    {
        if (rune.Value == ' ') result.Append('_');
        else if (IsPlain(rune)) result.Append((char)rune.Value);
        else
        {
            Span<byte> bytes = stackalloc byte[4];
            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) result.Append(CultureInfo.InvariantCulture, $"={b:X2}");
        }
    }
}
