using System.Text;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// The content lines of a vCard file, unfolded (RFC 6350 §3.2). Folds are undone on bytes, because old programs fold within a
/// character. Of a property that is not read, a photo for example, no more than the beginning is kept.
/// </summary>
internal sealed class VcardLines(Stream source, TableLimits limits)
{
    /// <summary>Enough for the name and the parameters of any property.</summary>
    private const int HeadBytes = 2048;

    private static readonly byte[] Border = "BEGIN:VCARD"u8.ToArray();

    private readonly byte[] _buffer = new byte[64 * 1024];
    private byte[] _text = new byte[HeadBytes];
    private int _start;
    private int _end;
    private bool _final;
    private int _nextLine = 1;
    private int _length;
    private long _physical;
    private byte _last;
    private bool? _grows;
    private bool _begun;

    /// <summary>Where the content line begins.</summary>
    public int Line { get; private set; }

    /// <summary>More of it came than was kept.</summary>
    public bool IsCut { get; private set; }

    public ReadOnlySpan<byte> Text
    {
        get
        {
            var text = _text.AsSpan(0, _length);

            // Files that were joined have marks in their middle.
            return (text.StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text).Trim(" \t"u8);
        }
    }

    public bool IsBegin => Ascii.EqualsIgnoreCase(Text, Border);

    public bool IsEnd => Ascii.EqualsIgnoreCase(Text, "END:VCARD"u8);

    /// <summary>Goes to the next content line; false at the end of the file.</summary>
    /// <param name="foldsAtSpaces">vCard 2.1 folds where a space is, and the space stays; later versions fold anywhere, and it goes.</param>
    /// <exception cref="Errors.Malformed">A line is longer than any line of a contact file.</exception>
    public async ValueTask<bool> ReadAsync(bool foldsAtSpaces, CancellationToken ct)
    {
        _begun |= IsBegin;
        (_length, IsCut, _grows) = (0, false, null);
        Line = _nextLine;
        if (!await EnsureAsync(1, ct))
        {
            return false;
        }

        while (true)
        {
            await TakeLineAsync(ct);
            if (!await EnsureAsync(1, ct))
            {
                return true;
            }

            if (_last == '=' && VcardProperty.IsQuotedPrintable(Text))
            {
                // A value that ends with a stray "=" must not swallow the end of its card.
                if (await StandsAtBorderAsync(ct))
                {
                    return true;
                }

                _length = IsCut ? _length : _text.AsSpan(0, _length).LastIndexOf((byte)'=');
            }
            else if (_buffer[_start] is (byte)' ' or (byte)'\t')
            {
                await SkipFoldAsync(foldsAtSpaces, ct);
            }
            else
            {
                return true;
            }
        }
    }

    private async ValueTask TakeLineAsync(CancellationToken ct)
    {
        (_physical, _last) = (0, 0);
        while (await EnsureAsync(1, ct))
        {
            if (TakeUnread() is not { } lineBreak)
            {
                continue;
            }

            if (lineBreak == '\r' && await EnsureAsync(1, ct) && _buffer[_start] == '\n')
            {
                _start++;
            }

            _nextLine++;
            return;
        }
    }

    /// <summary>Takes what is in memory up to the line's end and gives the character that ends it, null where it goes on.</summary>
    private byte? TakeUnread()
    {
        var unread = _buffer.AsSpan(_start, _end - _start);
        var end = unread.IndexOfAny((byte)'\n', (byte)'\r');
        Append(end < 0 ? unread : unread[..end]);
        _start = end < 0 ? _end : _start + end + 1;
        return end < 0 ? null : unread[end];
    }

    private async ValueTask SkipFoldAsync(bool foldsAtSpaces, CancellationToken ct)
    {
        if (!foldsAtSpaces)
        {
            _start++;
            return;
        }

        while (await EnsureAsync(1, ct) && _buffer[_start] is (byte)' ' or (byte)'\t')
        {
            _start++;
        }

        Append(" "u8);
    }

    private async ValueTask<bool> StandsAtBorderAsync(CancellationToken ct)
    {
        await EnsureAsync(Border.Length, ct);
        var unread = _buffer.AsSpan(_start, Math.Min(Border.Length, _end - _start));
        return Ascii.EqualsIgnoreCase(unread, Border) || (unread.Length >= 9 && Ascii.EqualsIgnoreCase(unread[..9], "END:VCARD"u8));
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        _physical += part.Length;
        var last = part.TrimEnd(" \t"u8);
        _last = last.IsEmpty ? _last : last[^1];
        if (!IsCut)
        {
            var head = part[..Math.Min(part.Length, Math.Max(0, HeadBytes - _length))];
            Store(head);
            var rest = part[head.Length..];
            if (!rest.IsEmpty)
            {
                // Each character is at most four bytes, in quoted-printable each of these three.
                var room = Grows ? (12 * limits.CellCharacters) + HeadBytes - _length : 0;
                Store(rest[..Math.Min(rest.Length, Math.Max(0, room))]);
                IsCut = rest.Length > room;
            }
        }

        if (_physical > 4L * limits.RowCharacters && Grows)
        {
            throw CsvEncoding.LineTooLong(limits);
        }
    }

    /// <summary>Before the first card nothing is skipped: a file of something else ends early.</summary>
    private bool Grows => _grows ??= !_begun || VcardProperty.NameOf(Text) is not { } name || VcardProperty.IsRead(name);

    private void Store(ReadOnlySpan<byte> part)
    {
        if (_length + part.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + part.Length));
        }

        part.CopyTo(_text.AsSpan(_length));
        _length += part.Length;
    }

    private async ValueTask<bool> EnsureAsync(int count, CancellationToken ct)
    {
        while (_end - _start < count && !_final)
        {
            ct.ThrowIfCancellationRequested();
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await source.ReadAsync(_buffer.AsMemory(_end), ct);
            _final = read == 0;
            _end += read;
        }

        return _end - _start >= count;
    }
}
