using System.Buffers;
using System.Globalization;
using System.Text;

namespace InfluencerCrm.Core.Exports;

/// <summary>Writes a table as CSV (RFC 4180) in UTF-8 with the mark that Excel needs to know it by.</summary>
public static class CsvSheet
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n");

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789 .,-+()/");

    /// <summary>Characters that go to the target at once: a response takes each write to the socket.</summary>
    private const int BufferLength = 32 * 1024;

    public static async Task WriteAsync(Sheet sheet, Stream target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sheet);

        // A query that the database refuses is refused before the first byte has left.
        await using var rows = sheet.Rows.GetAsyncEnumerator(ct);
        var more = await rows.MoveNextAsync();
        await using var csv = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), BufferLength, leaveOpen: true);
        var line = new StringBuilder();
        await csv.WriteAsync(Line(line, sheet.Headings), ct);
        for (; more; more = await rows.MoveNextAsync())
        {
            await csv.WriteAsync(Line(line, rows.Current), ct);
        }
    }

    /// <summary>One line of raw cells, quoted where needed.</summary>
    internal static StringBuilder Line(StringBuilder line, IEnumerable<object?> cells, bool harmless = true)
    {
        line.Clear();
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                line.Append(',');
            }

            first = false;
            switch (cell)
            {
                case null or false:
                    break;
                case string text:
                    Append(line, harmless ? Harmless(text) : text);
                    break;
                case true:
                    line.Append("yes");
                    break;
                case DateTime time:
                    line.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}");
                    break;
                case IFormattable value:
                    line.Append(CultureInfo.InvariantCulture, $"{value}");
                    break;
                default:
                    Append(line, cell.ToString() ?? "");
                    break;
            }
        }

        return line.Append("\r\n");
    }

    /// <summary>
    /// A spreadsheet runs a text that begins like a formula (OWASP, "CSV injection"); an apostrophe before it makes it a text, and the
    /// import takes it away again. A phone number or a negative number is no formula and stays as it is.
    /// </summary>
    internal static string Harmless(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'' && text.AsSpan().ContainsAnyExcept(OfNumbers) ? $"'{text}" : text;

    private static void Append(StringBuilder line, string text)
    {
        if (!text.AsSpan().ContainsAny(Quoted) && (text.Length == 0 || (text[0] != ' ' && text[^1] != ' ')))
        {
            line.Append(text);
            return;
        }

        line.Append('"');
        var start = line.Length;
        line.Append(text);
        if (text.Contains('"', StringComparison.Ordinal))
        {
            line.Replace("\"", "\"\"", start, text.Length);
        }

        line.Append('"');
    }
}
