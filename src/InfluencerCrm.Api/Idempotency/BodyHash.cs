using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.Idempotency;

/// <summary>
/// Hashes a body while somebody else reads it, so that a large file is never held. The boundary of a form is left out: clients draw a new
/// one each time, and the form is the same.
/// </summary>
internal sealed class BodyHash : Stream
{
    private readonly Stream _body;
    private readonly byte[] _boundary;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _held = [];

    private BodyHash(Stream body, byte[] boundary)
    {
        (_body, _boundary) = (body, boundary);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes the place of the request's body; it ends with the request.</summary>
    /// <param name="boundary">Empty: no form.</param>
    /// <param name="before">Hashed first.</param>
    public static BodyHash Over(HttpRequest request, byte[] boundary, ReadOnlySpan<byte> before)
    {
        var body = new BodyHash(request.Body, boundary);
        body._hash.AppendData(before);
        request.HttpContext.Response.RegisterForDispose(body);
        request.Body = body;
        return body;
    }

    /// <summary>Reads what is left of the body and answers the hash of all of it.</summary>
    public async Task<byte[]> FinishAsync(CancellationToken ct)
    {
        await CopyToAsync(Null, ct);
        _hash.AppendData(_held);
        _held = [];
        return _hash.GetCurrentHash();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _body.ReadAsync(buffer, cancellationToken);
        Append(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

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
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Append(ReadOnlySpan<byte> read)
    {
        if (_boundary.Length == 0)
        {
            _hash.AppendData(read);
            return;
        }

        // A boundary may lie across two reads: as much as could be its beginning is held back.
        byte[] joined = [.. _held, .. read];
        ReadOnlySpan<byte> rest = joined;
        for (int at; (at = rest.IndexOf(_boundary)) >= 0; rest = rest[(at + _boundary.Length)..])
        {
            _hash.AppendData(rest[..at]);
        }

        var held = Math.Min(rest.Length, _boundary.Length - 1);
        _hash.AppendData(rest[..^held]);
        _held = rest[^held..].ToArray();
    }
}
