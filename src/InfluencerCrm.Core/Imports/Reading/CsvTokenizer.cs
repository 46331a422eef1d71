namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// Cuts text into the cells of one row after another (RFC 4180, any delimiter, any line end). CsvHelper is not used here: a quote
/// that is never closed makes it take the rest of the file for one cell; this one gives that row up and goes on with the next line.
/// </summary>
internal sealed class CsvTokenizer(TableLimits limits)
{
    private const int ExcerptCharacters = 2000;

    private char[] _buffer = new char[128 * 1024];
    private string[] _cells = new string[16];
    private int _start;
    private int _end;
    private bool _final;
    private int _nextLine = 1;

    public enum Outcome
    {
        Row,
        Fault,
        NeedMore,
        End,
    }

    public char Delimiter { get; set; } = ',';

    /// <summary>What was decoded and not yet cut.</summary>
    public ReadOnlySpan<char> Unread => _buffer.AsSpan(_start, _end - _start);

    public bool IsFinal => _final;

    public int Line { get; private set; }

    public RowFault? Fault { get; private set; }

    /// <summary>Cells of the row that was read; overwritten by the next.</summary>
    public ReadOnlySpan<string> Cells => _cells.AsSpan(0, Count);

    /// <summary>The row's own text, quotes and delimiters included.</summary>
    public ReadOnlySpan<char> Text => _buffer.AsSpan(TextStart, TextLength);

    private int Count { get; set; }

    private int TextStart { get; set; }

    private int TextLength { get; set; }

    /// <summary>Free room to decode into; call <see cref="Added"/> afterwards.</summary>
    public Span<char> Room(int atLeast)
    {
        if (_buffer.Length - _end < atLeast)
        {
            var rest = _end - _start;
            var target = rest + atLeast > _buffer.Length ? new char[Math.Max(_buffer.Length * 2, rest + atLeast)] : _buffer;
            _buffer.AsSpan(_start, rest).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, rest);
        }

        return _buffer.AsSpan(_end);
    }

    public void Added(int characters, bool final)
    {
        _end += characters;
        _final = final;
    }

    public void Skip(int characters, int lines)
    {
        _start += characters;
        _nextLine += lines;
    }

    public Outcome Read()
    {
        Count = 0;
        Fault = null;
        Line = _nextLine;
        if (_start == _end)
        {
            return _final ? Outcome.End : Outcome.NeedMore;
        }

        var position = _start;
        var breaks = 0;
        while (true)
        {
            var result = position < _end && _buffer[position] == '"'
                ? Quoted(ref position, ref breaks)
                : Plain(ref position);
            switch (result)
            {
                case Cell.NeedMore: return Starve();
                case Cell.Unclosed: return GiveUpLine("unclosedQuote", "A quote opened in this line is never closed.");
                case Cell.Stray when breaks > 0: return GiveUpLine("unclosedQuote", "A quote opened in this line is not closed before the next line.");
                case Cell.Stray: return GiveUpLine("badQuotes", "A text in quotes holds a quote that is not doubled.");
                case Cell.Last: return Finish(position, breaks);
            }
        }
    }

    private enum Cell
    {
        Next,
        Last,
        NeedMore,
        Unclosed,
        Stray,
    }

    private Cell Plain(ref int position)
    {
        var rest = _buffer.AsSpan(position, _end - position);
        var length = rest.IndexOfAny(Delimiter, '\r', '\n');
        if (length < 0)
        {
            if (!_final)
            {
                return Cell.NeedMore;
            }

            length = rest.Length;
        }

        Add(rest[..length]);
        position += length;
        return EndOfCell(ref position);
    }

    private Cell Quoted(ref int position, ref int breaks)
    {
        var first = position + 1;
        var from = first;
        var doubled = false;
        while (true)
        {
            var found = _buffer.AsSpan(from, _end - from).IndexOf('"');
            var close = from + found;
            if (found < 0 || (close + 1 == _end && !_final))
            {
                return _final ? Cell.Unclosed : Cell.NeedMore;
            }

            if (close + 1 < _end && _buffer[close + 1] == '"')
            {
                doubled = true;
                from = close + 2;
                continue;
            }

            var text = _buffer.AsSpan(first, close - first);
            breaks += LineBreaks(text);
            position = close + 1;
            while (position < _end && _buffer[position] == ' ' && Delimiter != ' ')
            {
                position++;
            }

            if (position == _end && !_final)
            {
                return Cell.NeedMore;
            }

            if (position < _end && _buffer[position] != Delimiter && _buffer[position] is not ('\r' or '\n'))
            {
                return Cell.Stray;
            }

            if (doubled)
            {
                AddText(text.ToString().Replace("\"\"", "\"", StringComparison.Ordinal));
            }
            else
            {
                Add(text);
            }

            return EndOfCell(ref position);
        }
    }

    /// <summary>Stands on a delimiter, a line break or the end; moves behind it.</summary>
    private Cell EndOfCell(ref int position)
    {
        if (position == _end)
        {
            return Cell.Last;
        }

        if (_buffer[position] == Delimiter)
        {
            position++;
            if (position == _end && _final)
            {
                AddText("");
                return Cell.Last;
            }

            return position == _end ? Cell.NeedMore : Cell.Next;
        }

        return _buffer[position] == '\r' && position + 1 == _end && !_final ? Cell.NeedMore : Cell.Last;
    }

    private void Add(ReadOnlySpan<char> text)
    {
        if (text.Length > limits.CellCharacters)
        {
            Fault ??= new RowFault("cellTooLong", $"Cell {Count + 1} is {text.Length:N0} characters long; {limits.CellCharacters:N0} are allowed.");
            AddText(text[..ExcerptCharacters].ToString());
            return;
        }

        AddText(text.IsEmpty ? "" : new string(text));
    }

    private void AddText(string text)
    {
        if (Count == _cells.Length)
        {
            if (Count >= limits.Columns * 4)
            {
                Fault ??= new RowFault("tooManyCells", $"The row has more than {Count} cells.");
                return;
            }

            Array.Resize(ref _cells, _cells.Length * 2);
        }

        _cells[Count++] = text;
    }

    private Outcome Finish(int position, int breaks)
    {
        (TextStart, TextLength) = (_start, position - _start);
        _start = AfterBreak(position);
        _nextLine += breaks + 1;
        if (TextLength > limits.RowCharacters)
        {
            Fault ??= new RowFault("rowTooLong", $"The row is {TextLength:N0} characters long; {limits.RowCharacters:N0} are allowed.");
        }

        return Fault is null ? Outcome.Row : Outcome.Fault;
    }

    /// <summary>More text is wanted, unless the row has had all it may have.</summary>
    private Outcome Starve()
    {
        if (_end - _start <= limits.RowCharacters)
        {
            return Outcome.NeedMore;
        }

        return _buffer.AsSpan(_start, _end - _start).ContainsAny('\r', '\n')
            ? GiveUpLine("unclosedQuote", $"A quote opened in this line is not closed within {limits.RowCharacters:N0} characters.")
            : throw CsvEncoding.LineTooLong(limits);
    }

    /// <summary>Reports the line where the row began and goes on behind it.</summary>
    private Outcome GiveUpLine(string code, string message)
    {
        var length = _buffer.AsSpan(_start, _end - _start).IndexOfAny('\r', '\n');
        if (length < 0 || (length + 1 == _end - _start && _buffer[_start + length] == '\r'))
        {
            if (!_final)
            {
                return _end - _start > limits.RowCharacters ? throw CsvEncoding.LineTooLong(limits) : Outcome.NeedMore;
            }

            length = length < 0 ? _end - _start : length;
        }

        (TextStart, TextLength) = (_start, length);
        Count = 0;
        AddText(new string(_buffer, _start, Math.Min(length, ExcerptCharacters)));
        Fault = new RowFault(code, message);
        _start = AfterBreak(_start + length);
        _nextLine++;
        return Outcome.Fault;
    }

    private int AfterBreak(int position) =>
        position >= _end ? _end
        : _buffer[position] == '\r' && position + 1 < _end && _buffer[position + 1] == '\n' ? position + 2
        : position + 1;

    private static int LineBreaks(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('\r', '\n'))
        {
            return 0;
        }

        var feeds = text.Count('\n');
        return feeds > 0 ? feeds : text.Count('\r');
    }
}
