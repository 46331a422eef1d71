namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Which character stands between the cells.</summary>
internal static class CsvDialect
{
    private const int SampleRows = 50;
    private const long AllAlike = 1000 * 1000;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>The delimiter that a first line <c>sep=;</c> names (an Excel convention), and the length of that line.</summary>
    public static char? Named(ReadOnlySpan<char> text, out int length)
    {
        length = text.IndexOfAny('\r', '\n');
        var line = (length < 0 ? text : text[..length]).Trim().Trim('"');
        length = length < 0 ? text.Length : length + (text[length] == '\r' && length + 1 < text.Length && text[length + 1] == '\n' ? 2 : 1);
        if (line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            return line[4];
        }

        // A tab as the named delimiter is trimmed away with the line's white space.
        if (line.Length == 4 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text[..length].Contains('\t'))
        {
            return '\t';
        }

        length = 0;
        return null;
    }

    /// <summary>
    /// The candidate by which most rows have as many cells as the first that has several; on a par, the one with more cells. A colon
    /// only where none of the others parts anything, and it parts every row alike: addresses and times have colons.
    /// </summary>
    public static char Guess(ReadOnlySpan<char> sample)
    {
        var best = (Delimiter: ',', Score: 0L);
        foreach (var candidate in Candidates)
        {
            var score = Score(sample, candidate);
            if (score > best.Score)
            {
                best = (candidate, score);
            }
        }

        return best.Score == 0 && Score(sample, ':') >= AllAlike ? ':' : best.Delimiter;
    }

    private static long Score(ReadOnlySpan<char> sample, char delimiter)
    {
        // Titles above the headings count as rows that are not alike, so that a comma in one late remark makes no table.
        int header = 1, cells = 1, rows = 0, alike = 0;
        var quoted = false;
        var content = false;
        foreach (var c in sample)
        {
            if (c == '"')
            {
                quoted = !quoted;
                content = true;
            }
            else if (quoted)
            {
                continue;
            }
            else if (c == delimiter)
            {
                cells++;
                content = true;
            }
            else if (c is not ('\r' or '\n'))
            {
                content = true;
            }
            else if (content)
            {
                (header, alike) = header < 2 ? (cells, 0) : (header, alike + (cells == header ? 1 : 0));
                rows++;
                (cells, content) = (1, false);
                if (rows > SampleRows)
                {
                    break;
                }
            }
        }

        header = header < 2 ? cells : header;

        // A header alone is judged by its own cells.
        return header < 2 ? 0 : (rows < 2 ? 1000 : alike * 1000L / (rows - 1)) * 1000 + header;
    }
}
