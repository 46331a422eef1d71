using System.Globalization;
using System.Xml;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>The text of one cell after another, as the sheet shows it.</summary>
internal sealed class XlsxCells(XlsxFormats formats, XlsxSharedStrings strings, TableLimits limits)
{
    private readonly XlsxXml _text = new(limits.CellCharacters);

    /// <summary>Stands on a cell; moves to its end.</summary>
    /// <param name="column">The column before; becomes this one's, which a cell without a reference is next to.</param>
    public string Read(XmlReader xml, int line, ref int column)
    {
        int style = 0, position = column + 1;
        var type = 'n';
        while (xml.MoveToNextAttribute())
        {
            switch (xml.LocalName)
            {
                case "r": position = Column(xml.Value) ?? position; break;
                case "s": _ = int.TryParse(xml.Value, CultureInfo.InvariantCulture, out style); break;
                case "t": type = TypeOf(xml.Value); break;
            }
        }

        column = position;
        xml.MoveToElement();
        if (xml.IsEmptyElement)
        {
            return "";
        }

        _text.Clear();
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != depth + 1)
            {
                continue;
            }

            // Only the value that the program computed is taken, never the formula.
            if (xml.LocalName == "v")
            {
                _text.AppendElement(xml);
            }
            else if (xml.LocalName == "is")
            {
                _text.ReadRichText(xml);
            }
        }

        return Value(type, style, line);
    }

    private string Value(char type, int style, int line)
    {
        var text = _text.Text;
        if (text.IsEmpty)
        {
            return "";
        }

        return type switch
        {
            's' => int.TryParse(text, CultureInfo.InvariantCulture, out var index) ? strings.Get(index) ?? throw XlsxArchive.Broken($"row {line} names a text that is not there.") : "",
            'b' => text is "1" or "true" ? "true" : "false",
            // #N/A and its like are no value.
            'e' => "",
            't' => XlsxXml.Unescape(text),
            'd' => new string(text),
            _ => formats.Show(text, style),
        };
    }

    private static char TypeOf(string type) => type switch
    {
        "s" => 's',
        "b" => 'b',
        "e" => 'e',
        "str" or "inlineStr" => 't',
        "d" => 'd',
        _ => 'n',
    };

    /// <summary>The column of a reference such as <c>AB12</c>, counted from 0.</summary>
    internal static int? Column(string reference)
    {
        var column = 0;
        var i = 0;
        for (; i < reference.Length && i < 4 && char.IsAsciiLetter(reference[i]); i++)
        {
            column = column * 26 + (reference[i] | 0x20) - 'a' + 1;
        }

        return i == 0 ? null : column - 1;
    }
}
