namespace InfluencerCrm.Core.Archives;

/// <summary>
/// Gathers what is written and sends it on asynchronously: the library writes the heads of entries synchronously, which a response does not
/// take. What is gathered stays small, because everything large comes by <see cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>.
/// </summary>
internal sealed class GatheredStream(Stream target) : Stream
{
    private const int SendBytes = 64 * 1024;

    private readonly MemoryStream _gathered = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => _gathered.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _gathered.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _gathered.Write(buffer.Span);
        if (_gathered.Length >= SendBytes)
        {
            await SendAsync(cancellationToken);
        }
    }

    public override void Flush()
    {
        // Nothing is sent synchronously.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task SendAsync(CancellationToken ct)
    {
        await target.WriteAsync(_gathered.GetBuffer().AsMemory(0, (int)_gathered.Length), ct);
        _gathered.SetLength(0);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gathered.Dispose();
        }

        base.Dispose(disposing);
    }
}
