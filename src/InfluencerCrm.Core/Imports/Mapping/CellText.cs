using System.Buffers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>Cleans the text of a cell without changing what it says.</summary>
internal static class CellText
{
    /// <summary>White space and the invisible characters that copying from Word and the web leaves behind.</summary>
    private const string Invisible = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff\u202f\u2009\u3000";

    private static readonly SearchValues<char> Suspect = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(c => (char)c)) + "\u2028\u2029");

    private static readonly SearchValues<char> ListSeparators = SearchValues.Create(";|\n\r•");

    /// <summary>The trimmed text, null where nothing is left.</summary>
    public static string? Trim(string cell)
    {
        if (cell.Length == 0)
        {
            return null;
        }

        // Nearly all cells need nothing.
        if (cell[0] is > ' ' and < '\u007f' and not '\'' && cell[^1] is > ' ' and < '\u007f')
        {
            return cell;
        }

        var trimmed = cell.AsSpan().Trim(Invisible).Trim();
        if (trimmed is ['\'', '=' or '+' or '-' or '@' or '\'', ..])
        {
            // Put there by an export, ours or another's, so that no spreadsheet takes the text for a formula.
            trimmed = trimmed[1..];
        }

        return trimmed.IsEmpty ? null : trimmed.Length == cell.Length ? cell : new string(trimmed);
    }

    /// <summary>Null where the text may be stored; else what it holds that it may not.</summary>
    public static string? Problem(string text, bool oneLine)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return null;
        }

        var rest = text.AsSpan();
        int found;
        while ((found = rest.IndexOfAny(Suspect)) >= 0)
        {
            var c = rest[found];
            if (oneLine || c is not ('\n' or '\r' or '\t' or '\u0085' or '\u2028' or '\u2029'))
            {
                return c is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029' ? "a line break" : $"a control character (U+{(int)c:X4})";
            }

            rest = rest[(found + 1)..];
        }

        return text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0 && !IsWellFormed(text) ? "half a character" : null;
    }

    public static string UnixLines(string text) =>
        text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    /// <summary>The texts of a cell that lists several: by semicolon, bar, slash between spaces, bullet or line, or by comma where it has none of these.</summary>
    public static List<string> List(string text)
    {
        var result = new List<string>();
        var plain = text.AsSpan();
        if (plain.Contains(":::", StringComparison.Ordinal) || plain.Contains(" / ", StringComparison.Ordinal))
        {
            plain = text.Replace(":::", ";", StringComparison.Ordinal).Replace(" / ", ";", StringComparison.Ordinal);
        }

        var byComma = !plain.ContainsAny(ListSeparators);
        while (!plain.IsEmpty)
        {
            var end = byComma ? plain.IndexOf(',') : plain.IndexOfAny(ListSeparators);
            var item = (end < 0 ? plain : plain[..end]).Trim(Invisible);
            plain = end < 0 ? default : plain[(end + 1)..];
            if (!item.IsEmpty)
            {
                Add(result, new string(item));
            }
        }

        return result;
    }

    public static void Add(List<string> list, string text)
    {
        foreach (var other in list)
        {
            if (string.Equals(other, text, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        list.Add(text);
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
