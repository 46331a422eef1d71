using System.Runtime.CompilerServices;
using System.Text;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// Reads vCards of versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as a table: each card is a row under headings that are always the
/// same. Own reader: a broken card must cost one row, and a photo of megabytes no memory.
/// </summary>
internal sealed class VcardTableReader : ITableReader
{
    private readonly Stream _source;
    private readonly TableLimits _limits;
    private readonly VcardLines _lines;
    private readonly bool _isUnicode;
    private readonly long _length;
    private long _read;
    private VcardCard _card;
    private bool _hasLine;

    private VcardTableReader(Stream source, VcardLines lines, bool isUnicode, TableLimits limits)
    {
        (_source, _lines, _isUnicode, _limits) = (source, lines, isUnicode, limits);
        _card = new VcardCard(lines.Line, limits, isUnicode);
        _length = source.Length;
    }

    private enum State
    {
        Between,
        InCard,

        /// <summary>In lines that stand between cards.</summary>
        Astray,
    }

    public TableFormat Format => TableFormat.Vcard;

    public string Description { get; private set; } = "vCard";

    public IReadOnlyList<string> Headings => VcardPerson.Headings;

    public int HeadingLine => 0;

    public double Progress => _length == 0 ? 1 : (double)Interlocked.Read(ref _read) / _length;

    public static async Task<VcardTableReader> OpenAsync(Stream source, TableLimits limits, CancellationToken ct)
    {
        source.Position = 0;
        var head = new byte[4096];
        var length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var known = CsvEncoding.ByPreamble(head.AsSpan(0, length));
        source.Position = known?.PreambleBytes ?? 0;

        // Disposing of it would do nothing: it only reads, and leaves the file open.
        var bytes = known is { Encoding: UnicodeEncoding utf16 } ? Encoding.CreateTranscodingStream(source, utf16, Encoding.UTF8, leaveOpen: true) : source;
        var lines = new VcardLines(bytes, limits);
        do
        {
            if (!await lines.ReadAsync(false, ct))
            {
                throw new Malformed("importEmpty", "The file holds no card.");
            }
        }
        while (lines.Text.IsEmpty);
        if (!lines.IsBegin)
        {
            throw NotVcard();
        }

        var reader = new VcardTableReader(source, lines, known is not null, limits);
        await reader.DescribeAsync(ct);
        return reader;
    }

    public async IAsyncEnumerable<TableRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // The first card was begun when the file was opened, and its next line, if there is one, is read.
        var state = State.InCard;
        var nested = 0;
        var agentComes = false;
        for (var more = _hasLine; more; more = await NextAsync(ct))
        {
            if (_lines.Text.IsEmpty)
            {
                continue;
            }

            if (nested > 0 && !_lines.IsBegin)
            {
                // An assistant's card within the card (2.1): another person, known to nobody as such.
                nested -= _lines.IsEnd ? 1 : 0;
                agentComes = IsAgent(out var begun);
                nested += begun ? 1 : 0;
            }
            else if (_lines.IsBegin && agentComes)
            {
                nested++;
                agentComes = false;
            }
            else if (_lines.IsBegin)
            {
                if (state != State.Between)
                {
                    yield return state == State.InCard ? _card.Unclosed() : _card.Stray();
                }

                (_card, state, nested) = (new VcardCard(_lines.Line, _limits, _isUnicode), State.InCard, 0);
            }
            else if (_lines.IsEnd && state == State.InCard)
            {
                yield return _card.ToRow();
                (state, agentComes) = (State.Between, false);
            }
            else
            {
                if (state == State.Between)
                {
                    (_card, state) = (new VcardCard(_lines.Line, _limits, _isUnicode), State.Astray);
                }

                agentComes = IsAgent(out var begun);
                nested += begun ? 1 : 0;
                if (!agentComes && !begun && !_lines.IsEnd)
                {
                    _card.Add(_lines);
                }
            }
        }

        if (state != State.Between)
        {
            yield return state == State.InCard ? _card.Unclosed() : _card.Stray();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static Malformed NotVcard() =>
        new("importNotVcard", "This is no vCard file: it does not begin with BEGIN:VCARD.");

    private async Task DescribeAsync(CancellationToken ct)
    {
        _hasLine = await NextAsync(ct);
        if (_hasLine && VcardProperty.Parse(_lines.Text, _isUnicode) is { Name: "VERSION", Value: { Length: > 0 and <= 10 } version })
        {
            Description = $"vCard {version.Trim()}";
        }
    }

    private async ValueTask<bool> NextAsync(CancellationToken ct)
    {
        var more = await _lines.ReadAsync(foldsAtSpaces: _card.Version == "2.1", ct);
        Interlocked.Exchange(ref _read, _source.Position);
        return more;
    }

    /// <summary>An AGENT whose card follows, or begins in the same line.</summary>
    private bool IsAgent(out bool begun)
    {
        begun = false;
        if (VcardProperty.NameOf(_lines.Text) != "AGENT" || _lines.IsCut)
        {
            return false;
        }

        var value = VcardProperty.Parse(_lines.Text, _isUnicode)?.Value?.Trim();
        begun = string.Equals(value, "BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);
        return value is { Length: 0 };
    }
}
