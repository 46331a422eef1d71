using System.Text;
using System.Text.Unicode;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Finds out how the bytes of a text file are to be read, by looking at all of them once.</summary>
internal sealed record CsvEncoding(Encoding Encoding, int PreambleBytes)
{
    private const int BlockBytes = 256 * 1024;
    private const int Windows = 1252;
    private const int Macintosh = 10000;

    /// <summary>Bytes that are not valid come out as U+FFFD, by which the row is known.</summary>
    public bool MayReplace => Encoding is UTF8Encoding or UnicodeEncoding;

    /// <exception cref="Malformed">A line is longer than the limit: reading stops at once, however large the file is.</exception>
    public static async Task<CsvEncoding> DetectAsync(Stream source, TableLimits limits, CancellationToken ct)
    {
        source.Position = 0;
        var block = new byte[BlockBytes];
        var length = await source.ReadAtLeastAsync(block, BlockBytes, throwOnEndOfStream: false, ct);
        if (ByPreamble(block.AsSpan(0, length)) is { } known)
        {
            return known;
        }

        // Each character of a permitted line is at most four bytes.
        var longest = 4L * limits.RowCharacters;
        long line = 0;
        var carry = 0;
        var utf8 = true;
        var letters = new ByteLetters();
        while (length > 0)
        {
            var bytes = block.AsSpan(0, length);
            var lastBreak = bytes.LastIndexOfAny((byte)'\n', (byte)'\r');
            line = lastBreak < 0 ? line + length - carry : length - lastBreak - 1;
            if (line > longest)
            {
                throw LineTooLong(limits);
            }

            var whole = utf8 ? length - IncompleteTail(bytes) : length;
            utf8 = utf8 && Utf8.IsValid(bytes[..whole]);
            letters.Add(bytes[..whole]);
            carry = utf8 ? length - whole : 0;
            bytes[(length - carry)..].CopyTo(block);
            var read = await source.ReadAtLeastAsync(block.AsMemory(carry), BlockBytes - carry, throwOnEndOfStream: false, ct);
            if (read == 0)
            {
                utf8 = utf8 && carry == 0;
                break;
            }

            length = carry + read;
        }

        // Of a file pasted together from two, the lines that are not UTF-8 are refused rather than all the others garbled.
        return new CsvEncoding(
            utf8 || letters.IsMostlyUtf8 ? new UTF8Encoding(false) : CodePagesEncodingProvider.Instance.GetEncoding(letters.IsMacintosh ? Macintosh : Windows)!, 0);
    }

    public static Malformed LineTooLong(TableLimits limits) =>
        new("importLineTooLong", $"A line of the file is longer than {limits.RowCharacters:N0} characters: this is no table of contacts.");

    /// <summary>By the mark at the file's beginning or, without one, by the zeros of UTF-16.</summary>
    internal static CsvEncoding? ByPreamble(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            return new CsvEncoding(new UTF8Encoding(true), 3);
        }

        if (bytes.StartsWith(Encoding.Unicode.Preamble))
        {
            return new CsvEncoding(Encoding.Unicode, 2);
        }

        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return new CsvEncoding(Encoding.BigEndianUnicode, 2);
        }

        // UTF-16 without its mark: in Latin text every second byte is zero, in any other encoding none is.
        var (even, odd) = (0, 0);
        var sample = bytes[..Math.Min(bytes.Length, 4096)];
        for (var i = 0; i + 1 < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var many = sample.Length / 4;
        return (odd > many && even <= many / 8, even > many && odd <= many / 8) switch
        {
            (true, _) => new CsvEncoding(Encoding.Unicode, 0),
            (_, true) => new CsvEncoding(Encoding.BigEndianUnicode, 0),
            _ => null,
        };
    }

    /// <summary>Bytes at the end that begin a character whose rest is in the next block.</summary>
    private static int IncompleteTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if (b < 0x80)
            {
                return 0;
            }

            if (b >= 0xC0)
            {
                var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return needed > back ? back : 0;
            }
        }

        return 0;
    }
}
