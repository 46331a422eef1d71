using System.Runtime.CompilerServices;
using System.Xml;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// Reads one sheet of an .xlsx workbook, forward only. Own reader rather than MiniExcel: that one keeps no limits on what
/// unpacks, and gives typed values where a contact file needs the text as shown (phones, postal codes).
/// </summary>
internal sealed class XlsxTableReader : ITableReader
{
    private const int StringMemoryBytes = 16 * 1024 * 1024;

    /// <summary>Of how many sheets the first rows are read to find the one with people.</summary>
    private const int MostSheets = 50;

    private readonly XlsxArchive _archive;
    private readonly TableLimits _limits;
    private readonly Queue<TableRow> _first = [];
    private XlsxSharedStrings? _strings;
    private XlsxSheet? _sheet;
    private XlsxMerges? _merges;

    private XlsxTableReader(XlsxArchive archive, TableLimits limits) => (_archive, _limits) = (archive, limits);

    public TableFormat Format => TableFormat.Xlsx;

    public string Description { get; private set; } = "";

    public IReadOnlyList<string> Headings { get; private set; } = [];

    public int HeadingLine { get; private set; }

    public double Progress => _sheet?.Progress ?? 0;

    public static XlsxTableReader Open(Stream source, TableLimits limits, CancellationToken ct, string? sheet = null, int stringMemoryBytes = StringMemoryBytes)
    {
        var reader = new XlsxTableReader(XlsxArchive.Open(source, limits), limits);
        try
        {
            Guard(reader, r => r.Start(sheet, stringMemoryBytes, ct));
            return reader;
        }
        catch
        {
            reader.Close();
            throw;
        }
    }

    public async IAsyncEnumerable<TableRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (_first.TryDequeue(out var first))
        {
            yield return first;
        }

        // Unpacking a local file has nothing to wait for; the one await lets others run now and then.
        for (var rows = 1; ; rows++)
        {
            if (rows % 1024 == 0)
            {
                await Task.Yield();
            }

            ct.ThrowIfCancellationRequested();
            if (!Guard(this, r => r._sheet!.Read()))
            {
                yield break;
            }

            if (Row(_sheet!.Line, _sheet.Cells, _sheet.Fault) is { } row)
            {
                yield return row;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _sheet?.Dispose();
        _strings?.Dispose();
        _archive.Dispose();
    }

    private static T Guard<T>(XlsxTableReader reader, Func<XlsxTableReader, T> read)
    {
        try
        {
            return read(reader);
        }
        catch (XmlException broken)
        {
            throw XlsxArchive.Broken($"its XML is not as it should be near line {broken.LineNumber}.");
        }
        catch (InvalidDataException)
        {
            throw XlsxArchive.Broken("a part of it cannot be unpacked.");
        }
    }

    private bool Start(string? sheet, int stringMemoryBytes, CancellationToken ct)
    {
        var workbook = XlsxWorkbook.Read(_archive, sheet);
        XlsxFormats formats;
        using (var styles = workbook.StylesPart is { } part ? _archive.OpenXml(part) : null)
        {
            formats = XlsxFormats.Read(styles, workbook.Since1904);
        }

        using (var strings = workbook.StringsPart is { } part ? _archive.OpenXml(part) : null)
        {
            _strings = XlsxSharedStrings.Read(strings, _limits.CellCharacters, stringMemoryBytes, ct);
        }

        var cells = new XlsxCells(formats, _strings, _limits);
        var (chosen, rows) = Choose(workbook, cells, ct);
        var (index, headings) = HeadingRows.Find([.. rows.Select(r => r.Cells)]);
        Headings = TableFile.TrimHeadings(headings);
        HeadingLine = rows[index].Line;
        Description = Describe(workbook, chosen, index > 0);
        _merges = XlsxMerges.Read(_archive, chosen.Part, ct);
        foreach (var (line, row, fault) in rows[(index + 1)..])
        {
            if (Row(line, row, fault) is { } first)
            {
                _first.Enqueue(first);
            }
        }

        return true;
    }

    /// <summary>The first sheet whose headings are of people; else the first that has any rows.</summary>
    private (XlsxWorkbook.SheetEntry Entry, List<FirstRow> Rows) Choose(XlsxWorkbook workbook, XlsxCells cells, CancellationToken ct)
    {
        var best = (Entry: default(XlsxWorkbook.SheetEntry), Rows: default(List<FirstRow>));
        foreach (var entry in workbook.Candidates.Take(MostSheets))
        {
            ct.ThrowIfCancellationRequested();
            var sheet = new XlsxSheet(_archive, entry.Part, cells, _limits);
            var rows = FirstRows(sheet, out var fault);
            var isOfPeople = rows.Count > 0 && HeadingRows.KnownOfPeople(HeadingRows.Find([.. rows.Select(r => r.Cells)]).Headings) >= 2;
            if (rows.Count == 0 && fault is not null && best.Entry is null && workbook.Candidates.Count == 1)
            {
                sheet.Dispose();
                throw fault;
            }

            if (rows.Count > 0 && (isOfPeople || best.Entry is null))
            {
                _sheet?.Dispose();
                (_sheet, best) = (sheet, (entry, rows));
                if (isOfPeople)
                {
                    break;
                }
            }
            else
            {
                sheet.Dispose();
            }
        }

        return best.Entry is null ? throw TableFile.NoHeader() : (best.Entry, best.Rows!);
    }

    /// <summary>The first rows that are not blank, as far as the headings may be among them.</summary>
    private List<FirstRow> FirstRows(XlsxSheet sheet, out Malformed? fault)
    {
        var rows = new List<FirstRow>();
        var cells = new List<string[]>();
        fault = null;
        while (!HeadingRows.IsEnough(cells) && sheet.Read())
        {
            if (sheet.Fault is { } code && rows.Count == 0)
            {
                fault = new Malformed("importHeader", $"The heading line (line {sheet.Line}) cannot be read. {FaultMessage(code)}");
                break;
            }

            if (sheet.Fault is not null || !TableFile.IsBlank(sheet.Cells))
            {
                cells.Add(sheet.Cells.ToArray());
                rows.Add(new FirstRow(sheet.Line, cells[^1], sheet.Fault));
            }
        }

        return rows;
    }

    private string Describe(XlsxWorkbook workbook, XlsxWorkbook.SheetEntry chosen, bool sayLine)
    {
        var others = workbook.Candidates.Where(s => s != chosen).Concat(workbook.Others).ToList();
        return $"sheet “{chosen.Name}”" + (sayLine ? $", headings in line {HeadingLine}" : "")
            + (others.Count == 0 ? "" : $"; not read: {string.Join(", ", others.Take(10).Select(s => $"“{s.Name}”{(s.Hidden ? " (hidden)" : "")}"))}{(others.Count > 10 ? "…" : "")}");
    }

    private TableRow? Row(int line, Span<string> cells, string? fault)
    {
        if (fault is not null)
        {
            return TableRow.Faulty(line, cells.ToArray(), fault, FaultMessage(fault));
        }

        // A cell at the end that others are merged with may be missing from its row.
        var whole = cells;
        if (!_merges!.IsEmpty && cells.Length < Headings.Count)
        {
            whole = new string[Headings.Count];
            cells.CopyTo(whole);
            whole[cells.Length..].Fill("");
        }

        if (_merges.Apply(line, whole))
        {
            return TableRow.Faulty(line, cells.ToArray(), "mergedTitle", "The row is a title across several columns, not a contact.");
        }

        return TableFile.IsBlank(whole) ? null : TableFile.Fit(line, whole, Headings.Count);
    }

    private string FaultMessage(string fault) => fault switch
    {
        "cellTooLong" => $"A cell is longer than {_limits.CellCharacters:N0} characters.",
        "rowTooLong" => $"The row is longer than {_limits.RowCharacters:N0} characters.",
        _ => $"The row has cells beyond column {_limits.Columns}.",
    };

    private sealed record FirstRow(int Line, string[] Cells, string? Fault);
}
