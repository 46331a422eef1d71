namespace InfluencerCrm.Core.Tests.Imports.Reading;

/// <summary>A file of one line that need not be on a disk.</summary>
internal sealed class EndlessLine(long length, byte[]? start = null) : Stream
{
    public long Served { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, length - Position);
        for (var i = 0; i < read; i++)
        {
            buffer[offset + i] = start is not null && Position + i < start.Length ? start[Position + i] : (byte)'a';
        }

        Position += read;
        Served += read;
        return read;
    }

    /// <summary>Done at once, on the same thread: tests count what that one allocates.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = new byte[buffer.Length];
        var read = Read(bytes, 0, bytes.Length);
        bytes.AsMemory(0, read).CopyTo(buffer);
        return ValueTask.FromResult(read);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset;

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
