using System.Buffers;
using System.Globalization;
using System.Xml;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Shows numbers as the sheet shows them where that matters: dates as ISO dates, phone and postal codes with their zeros.</summary>
internal sealed class XlsxFormats
{
    private static readonly SearchValues<char> NoMask = SearchValues.Create("./%,?E*");

    private readonly List<NumberFormat> _byStyle = [];
    private readonly bool _since1904;

    private XlsxFormats(bool since1904) => _since1904 = since1904;

    private enum Shape
    {
        Number,
        Date,
        DateTime,
        Time,
        Digits,
    }

    public static XlsxFormats Read(XmlReader? xml, bool since1904)
    {
        var formats = new XlsxFormats(since1904);
        var codes = new Dictionary<int, string>();
        var inCellFormats = false;
        while (xml is not null && xml.Read())
        {
            if (xml.LocalName == "cellXfs")
            {
                inCellFormats = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            }
            else if (xml.NodeType != XmlNodeType.Element || !int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }
            else if (xml.LocalName == "numFmt")
            {
                codes[id] = xml.GetAttribute("formatCode") ?? "";
            }
            else if (inCellFormats && xml.LocalName == "xf")
            {
                formats._byStyle.Add(codes.TryGetValue(id, out var code) ? ShapeOf(code) : BuiltIn(id));
            }
        }

        return formats;
    }

    /// <summary>The number as text; what is no number stays as it is.</summary>
    public string Show(ReadOnlySpan<char> raw, int style)
    {
        var format = (uint)style < (uint)_byStyle.Count ? _byStyle[style] : default;
        if (format.Shape == Shape.Number)
        {
            return raw.ContainsAny('.', 'E', 'e') ? Plain(raw) : new string(raw);
        }

        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return new string(raw);
        }

        return format.Shape == Shape.Digits ? Digits(number, format.Code!) : Date(number, format.Shape) ?? Plain(raw);
    }

    private static string Plain(ReadOnlySpan<char> raw)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1e27)
        {
            return new string(raw);
        }

        // A spreadsheet keeps 15 digits; the rest is what binary fractions leave behind.
        var rounded = number.ToString("G15", CultureInfo.InvariantCulture);
        return decimal.TryParse(rounded, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
            : rounded;
    }

    private string? Date(double serial, Shape shape)
    {
        // The calendar of 1900 has a 29 February that never was.
        serial += _since1904 ? 1462 : serial is >= 1 and < 60 ? 1 : 0;
        if (serial is < 0 or >= 2_958_466)
        {
            return null;
        }

        var time = DateTime.FromOADate(serial).AddMilliseconds(0.5);
        return shape switch
        {
            Shape.Time when serial < 1 => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            Shape.Date when serial == Math.Floor(serial) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when time.TimeOfDay < TimeSpan.FromSeconds(1) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Fills a mask such as <c>0# ## ## ## ##</c> from the right.</summary>
    private static string Digits(double number, string mask)
    {
        if (number < 0 || number != Math.Floor(number) || number >= 1e15)
        {
            return number.ToString("0.###############", CultureInfo.InvariantCulture);
        }

        var digits = number.ToString("0", CultureInfo.InvariantCulture);
        var result = new List<char>(mask.Length + digits.Length);
        var next = digits.Length - 1;
        var first = mask.AsSpan().IndexOfAny('0', '#');
        for (var i = mask.Length - 1; i >= 0; i--)
        {
            if (mask[i] is not ('0' or '#'))
            {
                if (next >= 0 || i < first || mask.AsSpan(0, i).Contains('0'))
                {
                    result.Add(mask[i]);
                }

                continue;
            }

            if (next >= 0)
            {
                result.Add(digits[next--]);
            }
            else if (mask[i] == '0')
            {
                result.Add('0');
            }

            while (i == first && next >= 0)
            {
                result.Add(digits[next--]);
            }
        }

        result.Reverse();
        return string.Concat(result);
    }

    private static NumberFormat BuiltIn(int id) => id switch
    {
        >= 14 and <= 17 or >= 27 and <= 36 or >= 50 and <= 58 => new NumberFormat(Shape.Date),
        22 => new NumberFormat(Shape.DateTime),
        >= 18 and <= 21 or >= 45 and <= 47 => new NumberFormat(Shape.Time),
        _ => default,
    };

    private static NumberFormat ShapeOf(string code)
    {
        var mask = Mask(code, out var letters);
        var date = letters.AsSpan().IndexOfAny('y', 'd') >= 0;
        var time = letters.AsSpan().IndexOfAny('h', 's') >= 0;
        if (date || time || letters.Contains('m', StringComparison.Ordinal))
        {
            return new NumberFormat(date && time ? Shape.DateTime : time ? Shape.Time : Shape.Date);
        }

        // A mask of digits only, with a leading zero or plus to keep, or separators to show.
        var isMask = mask.AsSpan().IndexOfAny(NoMask) < 0
            && ((mask.StartsWith('0') && mask.Count(c => c == '0' || c == '#') > 1) || (mask.StartsWith('+') && mask.AsSpan().IndexOfAny('0', '#') > 0));
        return isMask ? new NumberFormat(Shape.Digits, mask) : default;
    }

    /// <summary>The first section without colours and conditions; literals as themselves, apart from the letters that mean something.</summary>
    private static string Mask(string code, out string letters)
    {
        var mask = new List<char>();
        var meaning = new List<char>();
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    var close = code.IndexOf('"', i + 1);
                    close = close < 0 ? code.Length : close;
                    mask.AddRange(code.AsSpan(i + 1, close - i - 1));
                    i = close;
                    break;
                case '[':
                    var end = code.IndexOf(']', i);
                    end = end < 0 ? code.Length : end;
                    if (end - i > 1 && code.AsSpan(i + 1, end - i - 1).Trim("hmsHMS").IsEmpty)
                    {
                        meaning.Add('h');
                    }

                    i = end;
                    break;
                case '\\' when i + 1 < code.Length:
                    mask.Add(code[++i]);
                    break;
                case '_' or '*':
                    i++;
                    break;
                default:
                    mask.Add(code[i]);
                    meaning.Add(char.ToLowerInvariant(code[i]));
                    break;
            }
        }

        letters = string.Concat(meaning).Replace("general", "", StringComparison.Ordinal);
        return string.Concat(mask);
    }

    private readonly record struct NumberFormat(Shape Shape, string? Code = null);
}
