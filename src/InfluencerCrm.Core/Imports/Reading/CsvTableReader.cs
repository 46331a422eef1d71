using System.Runtime.CompilerServices;
using System.Text;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Reads CSV as people's programs write it: any of five delimiters, UTF-8, UTF-16, Windows-1252 or Mac Roman, quoted line breaks.</summary>
internal sealed class CsvTableReader : ITableReader
{
    private const int BlockBytes = 64 * 1024;

    private readonly Stream _source;
    private readonly CsvEncoding _encoding;
    private readonly Decoder _decoder;
    private readonly TableLimits _limits;
    private readonly byte[] _bytes = new byte[BlockBytes];
    private readonly long _length;
    private readonly CsvTokenizer _tokenizer;
    private readonly Queue<TableRow> _first = [];
    private long _read;

    private CsvTableReader(Stream source, CsvEncoding encoding, TableLimits limits)
    {
        (_source, _encoding, _limits) = (source, encoding, limits);
        _decoder = encoding.Encoding.GetDecoder();
        _tokenizer = new CsvTokenizer(limits);
        _length = source.Length;
    }

    public TableFormat Format => TableFormat.Csv;

    public string Description { get; private set; } = "";

    public IReadOnlyList<string> Headings { get; private set; } = [];

    public int HeadingLine { get; private set; }

    public double Progress => _length == 0 ? 1 : (double)Interlocked.Read(ref _read) / _length;

    public static async Task<CsvTableReader> OpenAsync(Stream source, TableLimits limits, CancellationToken ct)
    {
        var encoding = await CsvEncoding.DetectAsync(source, limits, ct);
        source.Position = encoding.PreambleBytes;
        var reader = new CsvTableReader(source, encoding, limits);
        await reader.ReadHeadingsAsync(ct);
        return reader;
    }

    public async IAsyncEnumerable<TableRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (_first.TryDequeue(out var first))
        {
            yield return first;
        }

        while (true)
        {
            switch (_tokenizer.Read())
            {
                case CsvTokenizer.Outcome.End:
                    yield break;
                case CsvTokenizer.Outcome.NeedMore:
                    await FillAsync(ct);
                    break;
                case CsvTokenizer.Outcome.Fault:
                    yield return TableRow.Faulty(_tokenizer.Line, _tokenizer.Cells.ToArray(), _tokenizer.Fault!.Code, _tokenizer.Fault.Message);
                    break;
                default:
                    if (Row() is { } row)
                    {
                        yield return row;
                    }

                    break;
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TableRow? Row() => TableFile.IsBlank(_tokenizer.Cells) ? null : Fit(_tokenizer.Line, _tokenizer.Cells, _tokenizer.Text);

    private TableRow Fit(int line, ReadOnlySpan<string> cells, ReadOnlySpan<char> text) =>
        _encoding.MayReplace && text.Contains('\uFFFD')
            ? TableRow.Faulty(line, cells.ToArray(), "undecodable", $"The row holds bytes that are no {_encoding.Encoding.WebName} text.")
            : TableFile.Fit(line, cells, Headings.Count);

    private async Task ReadHeadingsAsync(CancellationToken ct)
    {
        while (!_tokenizer.IsFinal && _tokenizer.Unread.Length < BlockBytes / 2)
        {
            await FillAsync(ct);
        }

        var named = CsvDialect.Named(_tokenizer.Unread, out var namedLength);
        _tokenizer.Skip(namedLength, named is null ? 0 : 1);
        _tokenizer.Delimiter = named ?? CsvDialect.Guess(_tokenizer.Unread);
        var rows = await FirstRowsAsync(ct);
        var readable = rows.FindAll(r => r.Fault is null);
        var (index, headings) = HeadingRows.Find([.. readable.Select(r => r.Cells)]);
        Headings = TableFile.TrimHeadings(headings);
        if (Headings.Count > _limits.Columns)
        {
            throw TableFile.TooManyColumns(_limits);
        }

        HeadingLine = readable[index].Line;
        Description = $"{_encoding.Encoding.WebName}, {NameOf(_tokenizer.Delimiter)}{(index > 0 ? $", headings in line {HeadingLine}" : "")}";
        foreach (var row in rows.Where(r => r.Line > HeadingLine))
        {
            _first.Enqueue(row.Fault is null ? Fit(row.Line, row.Cells, row.Source!) : row);
        }
    }

    /// <summary>The first rows that are not blank, as far as the headings may be among them; with their own text as source.</summary>
    private async Task<List<TableRow>> FirstRowsAsync(CancellationToken ct)
    {
        var rows = new List<TableRow>();
        var cells = new List<string[]>();
        while (!HeadingRows.IsEnough(cells))
        {
            switch (_tokenizer.Read())
            {
                case CsvTokenizer.Outcome.End:
                    return cells.Count == 0 ? throw TableFile.NoHeader() : rows;
                case CsvTokenizer.Outcome.NeedMore:
                    await FillAsync(ct);
                    break;
                case CsvTokenizer.Outcome.Fault when cells.Count == 0:
                    throw new Malformed("importHeader", $"The heading line (line {_tokenizer.Line}) cannot be read. {_tokenizer.Fault!.Message}");
                case CsvTokenizer.Outcome.Fault:
                    rows.Add(TableRow.Faulty(_tokenizer.Line, _tokenizer.Cells.ToArray(), _tokenizer.Fault!.Code, _tokenizer.Fault.Message));
                    break;
                case var _ when !TableFile.IsBlank(_tokenizer.Cells):
                    cells.Add(_tokenizer.Cells.ToArray());
                    rows.Add(TableRow.Of(_tokenizer.Line, cells[^1], new string(_tokenizer.Text)));
                    break;
            }
        }

        return rows;
    }

    private static string NameOf(char delimiter) => delimiter switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "pipe",
        ':' => "colon",
        _ => $"delimiter {delimiter}",
    };

    private async ValueTask FillAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var count = await _source.ReadAsync(_bytes, ct);
        Interlocked.Add(ref _read, count);
        var room = _tokenizer.Room(_encoding.Encoding.GetMaxCharCount(count));
        var characters = _decoder.GetChars(_bytes.AsSpan(0, count), room, flush: count == 0);
        _tokenizer.Added(characters, final: count == 0);
    }
}
