using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// The merged cells of a sheet. An outlet merged over the rows of three people is the outlet of each; a text merged across the columns
/// is a title between the people.
/// </summary>
internal sealed partial class XlsxMerges
{
    /// <summary>The ranges stand behind the rows; more text than this is no list of ranges that people made.</summary>
    private const int LongestTail = 4 * 1024 * 1024;
    private const int BlockBytes = 64 * 1024;

    private readonly List<(int Column, int LastLine, string Text)> _open = [];
    private readonly List<Range> _ranges;
    private int _next;

    private XlsxMerges(List<Range> ranges) => _ranges = ranges;

    private readonly record struct Range(int Line, int LastLine, int Column, int LastColumn);

    public bool IsEmpty => _ranges.Count == 0;

    public static XlsxMerges Read(XlsxArchive archive, string part, CancellationToken ct)
    {
        var ranges = new List<Range>();
        foreach (Match match in RangeOf().Matches(Tail(archive, part, ct)))
        {
            var (line, lastLine) = (Number("line"), Number("lastLine"));
            if (XlsxCells.Column(match.Groups["column"].Value) is { } column && XlsxCells.Column(match.Groups["lastColumn"].Value) is { } lastColumn)
            {
                ranges.Add(new Range(line, lastLine, column, lastColumn));
            }

            int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        }

        ranges.Sort((a, b) => a.Line.CompareTo(b.Line));
        return new XlsxMerges(ranges);
    }

    /// <summary>Fills into a row what is merged into it from above; call with each row in turn.</summary>
    /// <returns>True where the row is nothing but a text merged across columns.</returns>
    public bool Apply(int line, Span<string> cells)
    {
        var isTitle = false;
        for (; _next < _ranges.Count && _ranges[_next].Line <= line; _next++)
        {
            var range = _ranges[_next];
            if (range.Line < line || range.Column >= cells.Length || string.IsNullOrWhiteSpace(cells[range.Column]))
            {
                continue;
            }

            if (range.LastColumn > range.Column)
            {
                isTitle |= TableFile.IsBlank(cells[..range.Column]) && TableFile.IsBlank(cells[(range.Column + 1)..]);
            }
            else if (range.LastLine > line)
            {
                _open.Add((range.Column, range.LastLine, cells[range.Column]));
            }
        }

        if (_open.Count > 0)
        {
            _open.RemoveAll(o => o.LastLine < line);
            if (!TableFile.IsBlank(cells))
            {
                foreach (var (column, _, text) in _open)
                {
                    if (column < cells.Length && string.IsNullOrWhiteSpace(cells[column]))
                    {
                        cells[column] = text;
                    }
                }
            }
        }

        return isTitle;
    }

    /// <summary>What stands behind the last row. The sheet is unpacked for it once more, but not parsed.</summary>
    private static string Tail(XlsxArchive archive, string part, CancellationToken ct)
    {
        using var sheet = archive.OpenPart(part);
        var tail = new StringBuilder();
        var block = new byte[BlockBytes];
        var mark = "sheetData>"u8;
        var found = false;
        var kept = 0;
        while (sheet is not null)
        {
            ct.ThrowIfCancellationRequested();
            var read = sheet.ReadAtLeast(block.AsSpan(kept), block.Length - kept, throwOnEndOfStream: false);
            var bytes = block.AsSpan(0, kept + read);

            // The first such mark opens the rows, the last closes them.
            var at = bytes.LastIndexOf(mark);
            if (at >= 0)
            {
                (found, _) = (true, tail.Clear());
                bytes = bytes[(at + mark.Length)..];
            }

            kept = read == 0 ? 0 : Math.Min(bytes.Length, mark.Length - 1);
            if (found && tail.Length < LongestTail)
            {
                tail.Append(Encoding.Latin1.GetString(bytes[..^kept]));
            }

            if (read == 0)
            {
                break;
            }

            bytes[^kept..].CopyTo(block);
        }

        return tail.Length < LongestTail ? tail.ToString() : "";
    }

    [GeneratedRegex("mergeCell\\s[^<>]*?ref\\s*=\\s*[\"'](?<column>[A-Za-z]{1,3})(?<line>[0-9]{1,7}):(?<lastColumn>[A-Za-z]{1,3})(?<lastLine>[0-9]{1,7})[\"']", RegexOptions.NonBacktracking)]
    private static partial Regex RangeOf();
}
