using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>HTTP/1.1 over a bare socket: an ordinary client refuses to send most of what the fuzz test asks.</summary>
internal sealed class RawConnection(Uri address) : IDisposable
{
    private TcpClient? _client;
    private NetworkStream? _stream;
    private byte[] _buffer = new byte[16 * 1024];
    private int _from;
    private int _to;

    public async Task<FuzzAnswer> SendAsync(byte[] request, bool isHead, bool closes, CancellationToken ct)
    {
        var used = _client is not null;
        var answer = await TryAsync(request, isHead, ct);
        if (answer.Status == 0 && used)
        {
            // The server may end a kept connection at any moment (RFC 9112 §9.5); a new one shows whether it was the request.
            answer = await TryAsync(request, isHead, ct);
        }

        if (closes || answer.Status == 0 || answer.Header("Connection").Equals("close", StringComparison.OrdinalIgnoreCase))
        {
            Dispose();
        }

        return answer;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _client?.Dispose();
        _client = null;
    }

    private async Task<FuzzAnswer> TryAsync(byte[] request, bool isHead, CancellationToken ct)
    {
        try
        {
            if (_client is null)
            {
                _client = new TcpClient { NoDelay = true };
                _from = _to = 0;
                await _client.ConnectAsync(address.Host, address.Port, ct);
                _stream = _client.GetStream();
            }

            // A refusal comes before the whole of a large body has been sent.
            var sent = WriteAsync(_stream!, request, ct);
            var answer = await ReadAsync(isHead, ct);
            if (!sent.IsCompleted)
            {
                Dispose();
            }

            await sent;
            return answer;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            Dispose();
            return FuzzAnswer.None;
        }
    }

    private static async Task WriteAsync(NetworkStream stream, byte[] request, CancellationToken ct)
    {
        try
        {
            await stream.WriteAsync(request, ct);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // What it answered before is read all the same.
        }
    }

    private async Task<FuzzAnswer> ReadAsync(bool isHead, CancellationToken ct)
    {
        while (true)
        {
            var status = int.Parse((await LineAsync(ct)).Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var line = await LineAsync(ct); line.Length > 0; line = await LineAsync(ct))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }

            if (status >= 200 && headers.GetValueOrDefault("Content-Type")?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
            {
                // It ends with what it follows, which here goes on for ever; the rest would be the next answer's.
                Dispose();
                return new FuzzAnswer(status, headers, []);
            }

            if (status >= 200)
            {
                var body = isHead || status is 204 or 304 ? [] : await BodyAsync(headers, ct);
                return new FuzzAnswer(status, headers, body);
            }
        }
    }

    private async Task<byte[]> BodyAsync(Dictionary<string, string> headers, CancellationToken ct)
    {
        using var body = new MemoryStream();
        if (headers.TryGetValue("Transfer-Encoding", out var coding) && coding == "chunked")
        {
            for (var size = await SizeAsync(ct); size > 0; size = await SizeAsync(ct))
            {
                await CopyAsync(body, size, ct);
                await LineAsync(ct);
            }

            await LineAsync(ct);
        }
        else if (headers.TryGetValue("Content-Length", out var length))
        {
            await CopyAsync(body, int.Parse(length, CultureInfo.InvariantCulture), ct);
        }

        return body.ToArray();
    }

    private async Task<int> SizeAsync(CancellationToken ct) => int.Parse(await LineAsync(ct), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private async Task CopyAsync(MemoryStream body, int count, CancellationToken ct)
    {
        while (count > 0)
        {
            if (_from == _to)
            {
                await FillAsync(ct);
            }

            var some = Math.Min(count, _to - _from);
            body.Write(_buffer, _from, some);
            _from += some;
            count -= some;
        }
    }

    private async Task<string> LineAsync(CancellationToken ct)
    {
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _from, _to - _from);
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _from, end - _from).TrimEnd('\r');
                _from = end + 1;
                return line;
            }

            await FillAsync(ct);
        }
    }

    private async Task FillAsync(CancellationToken ct)
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var some = await _stream!.ReadAsync(_buffer.AsMemory(_to), ct);
        _to += some > 0 ? some : throw new IOException("The connection ended.");
    }
}
