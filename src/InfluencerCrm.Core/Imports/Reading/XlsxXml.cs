using System.Text;
using System.Xml;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Reads texts out of sheets in bounded memory.</summary>
internal sealed class XlsxXml(int limit)
{
    private const int EscapeLength = 7;

    private readonly char[] _chunk = new char[4096];
    private char[] _text = new char[256];
    private int _length;

    /// <summary>What was read last; one character more than the limit stands for any longer text.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Stands on the start of an element without children; adds its text and moves to its end.</summary>
    public void AppendElement(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                int count;
                while ((count = xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0)
                {
                    Append(_chunk.AsSpan(0, count));
                }
            }
        }
    }

    /// <summary>Stands on <c>si</c> or <c>is</c>; takes the text of its runs, without phonetic readings, and moves to its end.</summary>
    public void ReadRichText(XmlReader xml)
    {
        Clear();
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var more = xml.Read();
        while (more && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                xml.Skip();
                continue;
            }

            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t")
            {
                AppendElement(xml);
            }

            more = xml.Read();
        }
    }

    /// <summary>The text with its <c>_x000D_</c> escapes undone; line breaks as <c>\n</c>.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        var first = text.IndexOf("_x");
        if (first < 0)
        {
            return new string(text);
        }

        var result = new StringBuilder(text.Length).Append(text[..first]);
        for (var i = first; i < text.Length; i++)
        {
            // Some programs write an emoji as the escapes of its two halves; half of one alone is no text.
            if (Code(text[i..]) is not { } c || (char.IsSurrogate(c) && !char.IsSurrogatePair(c, Code(text[(i + EscapeLength)..]) ?? ' ')))
            {
                result.Append(text[i]);
                continue;
            }

            result.Append(c);
            i += EscapeLength - 1;
            if (char.IsSurrogate(c))
            {
                result.Append(Code(text[(i + 1)..])!.Value);
                i += EscapeLength;
            }
        }

        return result.Replace("\r\n", "\n").ToString();
    }

    /// <summary>The character of an escape such as <c>_x000D_</c> at the beginning of a text.</summary>
    private static char? Code(ReadOnlySpan<char> text) =>
        text.Length >= EscapeLength && text[0] == '_' && text[1] == 'x' && text[EscapeLength - 1] == '_'
        && ushort.TryParse(text.Slice(2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code)
            ? (char)code
            : null;

    private void Append(ReadOnlySpan<char> text)
    {
        var taken = Math.Min(text.Length, limit + 1 - _length);
        if (taken <= 0)
        {
            return;
        }

        if (_length + taken > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + taken));
        }

        text[..taken].CopyTo(_text.AsSpan(_length));
        _length += taken;
    }
}
