using System.Text;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Opens a contact file, and says plainly what is wrong with one that is something else than it should be.</summary>
public static class TableFile
{
    /// <param name="source">Seekable (a temporary file); stays the caller's and must outlive the reader.</param>
    /// <param name="format">Null: told from the first bytes.</param>
    public static async Task<ITableReader> OpenAsync(Stream source, TableFormat? format, TableLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(limits);
        source.Position = 0;
        var head = new byte[4096];
        var length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        source.Position = 0;
        if (length == 0)
        {
            throw new Malformed("importEmpty", "The file is empty.");
        }

        var start = head.AsSpan(0, length);
        var isZip = start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw await XlsxArchive.IsEncryptedAsync(source, ct)
                ? new Malformed("importEncrypted", "The workbook is protected by a password. Save it without one and import it again.")
                : new Malformed("importOldExcel", "This is a file of an old Excel (.xls). Save it as .xlsx or CSV and import it again.");
        }

        if (format == TableFormat.Csv && isZip)
        {
            throw new Malformed("importNotCsv", "This is no CSV file but a workbook or an archive.");
        }

        if (format == TableFormat.Xlsx && !isZip)
        {
            throw new Malformed("importNotXlsx", "This is no .xlsx workbook.");
        }

        var text = Beginning(start);
        if (format == TableFormat.Csv && IsVcard(text))
        {
            throw new Malformed("importNotCsv", "This is no CSV file but a vCard file (format=vcard).");
        }

        if (format == TableFormat.Opml || (format is null && OpmlTableReader.Begins(text)))
        {
            return isZip ? throw OpmlTableReader.NotOpml() : OpmlTableReader.Open(source, limits, ct);
        }

        if (format is (null or TableFormat.Csv) && IsMarkup(text))
        {
            throw new Malformed("importNotCsv", OpmlTableReader.Begins(text) ? "This is no CSV file but an OPML file (format=opml)." : "This is no CSV file but a web page or another file of XML. Save it as .xlsx or CSV and import it again.");
        }

        if (format == TableFormat.Vcard && isZip)
        {
            throw VcardTableReader.NotVcard();
        }

        if (format == TableFormat.Vcard || (format is null && IsVcard(text)))
        {
            return await VcardTableReader.OpenAsync(source, limits, ct);
        }

        return isZip ? XlsxTableReader.Open(source, limits, ct) : await CsvTableReader.OpenAsync(source, limits, ct);
    }

    private static string Beginning(ReadOnlySpan<byte> start)
    {
        var known = CsvEncoding.ByPreamble(start);
        return (known?.Encoding ?? Encoding.Latin1).GetString(start[(known?.PreambleBytes ?? 0)..]).TrimStart();
    }

    private static bool IsVcard(string text) => text.StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);

    private static bool IsMarkup(string text) =>
        text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<opml", StringComparison.OrdinalIgnoreCase);

    internal static bool IsBlank(ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            if (!string.IsNullOrWhiteSpace(cell))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fits a row to the header: short ones are filled up, empty cells beyond it are dropped, others are a fault.</summary>
    internal static TableRow Fit(int line, ReadOnlySpan<string> cells, int width)
    {
        if (cells.Length > width && !IsBlank(cells[width..]))
        {
            return TableRow.Faulty(line, cells.ToArray(), "tooManyCells", $"The row has {cells.Length} cells, the header {width}: a delimiter too many, or a text without its quotes?");
        }

        var fitted = new string[width];
        var taken = Math.Min(width, cells.Length);
        cells[..taken].CopyTo(fitted);
        fitted.AsSpan(taken).Fill("");
        return TableRow.Of(line, fitted);
    }

    /// <summary>The headings without the empty ones at the end.</summary>
    internal static string[] TrimHeadings(ReadOnlySpan<string> cells)
    {
        var width = cells.Length;
        while (width > 0 && string.IsNullOrWhiteSpace(cells[width - 1]))
        {
            width--;
        }

        return cells[..width].ToArray();
    }

    internal static Malformed TooManyColumns(TableLimits limits) =>
        new("importTooManyColumns", $"The file has more than {limits.Columns} columns.");

    internal static Malformed NoHeader() =>
        new("importEmpty", "The file has no heading line.");
}
