using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// What comes out of one packed part, or of a file of XML. It counts what really comes, whatever the archive declares, and refuses runs without any
/// markup, which the XML reader would have to hold in memory (an attribute of a gigabyte).
/// </summary>
internal sealed class GuardedStream(Stream inflated, long packedBytes, TableLimits limits, Func<Malformed> noMarkup) : Stream
{
    private const int LongestRun = 16 * 1024 * 1024;

    private long _total;
    private long _run;

    public long Total => Interlocked.Read(ref _total);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _total;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inflated.Read(buffer);
        var total = Interlocked.Add(ref _total, count);
        if (total > limits.InflatedBytes || (total > limits.RatioFreeBytes && total / Math.Max(1, packedBytes) > limits.InflateRatio))
        {
            throw XlsxArchive.Bomb();
        }

        var lastMarkup = buffer[..count].LastIndexOf((byte)'<');
        _run = lastMarkup < 0 ? _run + count : count - lastMarkup;
        return _run > LongestRun ? throw noMarkup() : count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }
}
