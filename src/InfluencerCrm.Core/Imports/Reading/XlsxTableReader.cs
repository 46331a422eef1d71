using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// Reads the first sheet of an .xlsx workbook, forward only. Own reader rather than MiniExcel: that one keeps no limits on what
/// unpacks, and gives typed values where a contact file needs the text as shown (phones, postal codes).
/// </summary>
internal sealed class XlsxTableReader : ITableReader
{
    private const int StringMemoryBytes = 16 * 1024 * 1024;

    private readonly XlsxArchive _archive;
    private readonly TableLimits _limits;
    private XlsxSharedStrings? _strings;
    private XlsxCells? _cellReader;
    private XmlReader? _sheet;
    private GuardedStream? _guard;
    private long _length;
    private string[] _cells = new string[32];
    private int _count;
    private int _line;
    private string? _fault;

    private XlsxTableReader(XlsxArchive archive, TableLimits limits) => (_archive, _limits) = (archive, limits);

    public TableFormat Format => TableFormat.Xlsx;

    public string Description { get; private set; } = "";

    public IReadOnlyList<string> Headings { get; private set; } = [];

    public int HeadingLine { get; private set; }

    public double Progress => _guard is null || _length <= 0 ? 0 : Math.Min(1, (double)_guard.Total / _length);

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
        // Unpacking a local file has nothing to wait for; the one await lets others run now and then.
        for (var rows = 1; ; rows++)
        {
            if (rows % 1024 == 0)
            {
                await Task.Yield();
            }

            ct.ThrowIfCancellationRequested();
            if (!Guard(this, r => r.ReadRow()))
            {
                yield break;
            }

            if (_fault is { } fault)
            {
                yield return TableRow.Faulty(_line, _cells.AsSpan(0, _count).ToArray(), fault, FaultMessage(fault));
            }
            else if (!TableFile.IsBlank(_cells.AsSpan(0, _count)))
            {
                yield return TableFile.Fit(_line, _cells.AsSpan(0, _count), Headings.Count);
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

        _cellReader = new XlsxCells(formats, _strings, _limits);
        _sheet = _archive.OpenXml(workbook.SheetPart, out _guard, out _length);
        Description = $"sheet “{workbook.SheetName}”";
        while (ReadRow())
        {
            if (_fault is { } fault)
            {
                throw new Malformed("importHeader", $"The heading line (line {_line}) cannot be read. {FaultMessage(fault)}");
            }

            if (!TableFile.IsBlank(_cells.AsSpan(0, _count)))
            {
                Headings = TableFile.TrimHeadings(_cells.AsSpan(0, _count));
                HeadingLine = _line;
                return true;
            }
        }

        throw TableFile.NoHeader();
    }

    private string FaultMessage(string fault) => fault switch
    {
        "cellTooLong" => $"A cell is longer than {_limits.CellCharacters:N0} characters.",
        "rowTooLong" => $"The row is longer than {_limits.RowCharacters:N0} characters.",
        _ => $"The row has cells beyond column {_limits.Columns}.",
    };

    private bool ReadRow()
    {
        var xml = _sheet!;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row")
            {
                continue;
            }

            _line = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : _line + 1;
            (_count, _fault) = (0, null);
            if (xml.IsEmptyElement)
            {
                return true;
            }

            var depth = xml.Depth;
            var characters = 0;
            var column = -1;
            while (xml.Read() && xml.Depth > depth)
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
                {
                    var text = _cellReader!.Read(xml, _line, ref column);
                    characters += text.Length;
                    Put(column, text, characters);
                }
            }

            return true;
        }

        return false;
    }

    private void Put(int column, string text, int characters)
    {
        if (text.Length > _limits.CellCharacters)
        {
            (_fault, text) = ("cellTooLong", text[..100]);
        }
        else if (characters > _limits.RowCharacters)
        {
            (_fault, text) = ("rowTooLong", "");
        }

        if (column >= _limits.Columns)
        {
            _fault = text.Length > 0 ? "tooManyCells" : _fault;
            return;
        }

        if (column >= _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(_cells.Length * 2, column + 1));
        }

        while (_count <= column)
        {
            _cells[_count++] = "";
        }

        _cells[column] = text;
    }
}
