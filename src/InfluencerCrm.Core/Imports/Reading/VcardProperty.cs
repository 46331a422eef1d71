using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>One property of a card: <c>item1.EMAIL;TYPE=work;PREF=1:zoe@example.org</c> (RFC 6350 §3.3).</summary>
internal sealed class VcardProperty
{
    private const int NoPreference = 101;

    private static readonly FrozenSet<string> ReadNames = new[]
    {
        "ADR", "CATEGORIES", "EMAIL", "EXPERTISE", "FN", "INTEREST", "KIND", "LANG", "N", "NICKNAME", "NOTE", "ORG", "ROLE", "SOCIALPROFILE", "TEL", "TITLE", "URL", "VERSION",
        "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND", "X-SOCIALPROFILE", "X-TWITTER",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<string> _types = new(StringComparer.OrdinalIgnoreCase);
    private string? _charset;
    private bool _isQuotedPrintable;
    private bool _isBase64;

    private VcardProperty(string name) => Name = name;

    /// <summary>In capitals, without its group.</summary>
    public string Name { get; }

    /// <summary>The smaller, the more preferred: <c>PREF</c> of 2.1, <c>TYPE=pref</c> of 3.0, <c>PREF=1</c> to <c>PREF=100</c> of 4.0.</summary>
    public int Preference { get; private set; } = NoPreference;

    /// <summary>Decoded, its escapes still in it. Null: the bytes are no text in the character set that is named.</summary>
    public string? Value { get; private set; }

    /// <summary>The property for a file of UTF-8 that is to be read again.</summary>
    public string Source { get; private set; } = "";

    public static bool IsRead(string name) => ReadNames.Contains(name);

    public bool Is(string type) => _types.Contains(type);

    /// <summary>Null for a text that is no property: a line break that somebody forgot to escape.</summary>
    public static string? NameOf(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)':', (byte)';');
        var name = end < 0 ? default : line[..end];
        name = name[(name.LastIndexOf((byte)'.') + 1)..].Trim((byte)' ');
        foreach (var b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'-' or (byte)'_'))
            {
                return null;
            }
        }

        return name.IsEmpty ? null : Encoding.ASCII.GetString(name).ToUpperInvariant();
    }

    public static bool IsQuotedPrintable(ReadOnlySpan<byte> line)
    {
        var head = line[..Math.Max(0, ValueAt(line))];
        return head.Contains((byte)';') && Encoding.ASCII.GetString(head).Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
    }

    public static VcardProperty? Parse(ReadOnlySpan<byte> line, bool isUnicode)
    {
        var at = ValueAt(line);
        if (at < 0 || NameOf(line) is not { } name)
        {
            return null;
        }

        var property = new VcardProperty(name);
        var head = Encoding.Latin1.GetString(line[..at]);
        foreach (var parameter in Unquoted(head, ';').Skip(1))
        {
            property.Take(parameter);
        }

        property.Decode(head, line[(at + 1)..], isUnicode);
        return property;
    }

    /// <summary>The texts of a list, cleaned of their escapes.</summary>
    public IEnumerable<string> Texts(char separator) => VcardText.Split(Value ?? "", separator).Select(t => VcardText.Unescape(t).Trim()).Where(t => t.Length > 0);

    /// <summary>One part of a structured value, itself perhaps a list; empty where there is none.</summary>
    public string Part(int index)
    {
        var parts = VcardText.Split(Value ?? "", ';');
        return index >= parts.Count ? "" : string.Join(' ', VcardText.Split(parts[index], ',').Select(p => VcardText.Unescape(p).Trim()).Where(p => p.Length > 0));
    }

    /// <summary>The text of a line that belongs to this property, though nothing says so.</summary>
    public void GoOn(string text) => Value = $"{Value}\n{text}";

    /// <summary>The first colon outside quotes; where a quote is never closed, the first.</summary>
    private static int ValueAt(ReadOnlySpan<byte> line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ':' && !quoted)
            {
                return i;
            }
        }

        return line.IndexOf((byte)':');
    }

    private static IEnumerable<string> Unquoted(string text, char separator)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (text[i] == separator && !quoted)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private void Take(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "TYPE" : parameter[..equals].Trim().ToUpperInvariant();
        var value = parameter[(equals + 1)..].Trim().Trim('"');
        switch (name)
        {
            case "CHARSET":
                _charset = value;
                break;
            case "PREF" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var preference):
                Preference = Math.Min(Preference, preference);
                break;

            // Version 2.1 leaves the name out: TEL;WORK;VOICE and NOTE;QUOTED-PRINTABLE.
            case "TYPE" or "ENCODING" or "SERVICE-TYPE":
                foreach (var word in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    TakeWord(word.Trim('"').ToUpperInvariant());
                }

                break;
        }
    }

    private void TakeWord(string word)
    {
        switch (word)
        {
            case "QUOTED-PRINTABLE":
                _isQuotedPrintable = true;
                break;
            case "BASE64" or "B":
                _isBase64 = true;
                break;
            case "PREF":
                Preference = Math.Min(Preference, 1);
                break;
            default:
                _types.Add(word);
                break;
        }
    }

    private void Decode(string head, ReadOnlySpan<byte> value, bool isUnicode)
    {
        var plain = value;
        if (_isQuotedPrintable)
        {
            plain = VcardText.QuotedPrintable(value);
        }
        else if (_isBase64 && IsRead(Name))
        {
            plain = VcardText.Base64(value);
            if (plain.IsEmpty && !value.IsEmpty)
            {
                Source = $"{head}:{Encoding.Latin1.GetString(value)}";
                return;
            }
        }

        // A text in quoted-printable keeps its own character set, whatever the file's.
        Value = VcardText.Decode(plain, _charset, isUnicode && !_isQuotedPrintable && !_isBase64);
        if (Ascii.IsValid(value))
        {
            Source = $"{head}:{Encoding.ASCII.GetString(value)}";
        }
        else
        {
            var kept = Unquoted(head, ';').Where(p => !p.StartsWith("CHARSET=", StringComparison.OrdinalIgnoreCase));
            Source = $"{string.Join(';', kept)}:{VcardText.Decode(value, _charset, isUnicode) ?? Encoding.Latin1.GetString(value)}";
        }
    }
}
