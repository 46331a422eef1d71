using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>One kept-alive connection that asks and throws the answers away: the load driver shares the processors with the servers, so it does as little as it can.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 120_000 };
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _from;
    private int _to;

    public Wire(int port) => _socket.Connect(IPAddress.Loopback, port);

    public static byte[] Request(string path, int port, string? prefer = null) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Api-Key: {ProductServer.Key}\r\nAccept: application/json\r\n{(prefer is null ? "" : $"Prefer: {prefer}\r\n")}\r\n"));

    /// <returns>The status, when the whole answer has come.</returns>
    public int Ask(byte[] request)
    {
        Send(request);
        int end;
        while ((end = _buffer.AsSpan(_from, _to - _from).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Receive();
        }

        var head = _buffer.AsSpan(_from, end + 2);
        var status = (head[9] - '0') * 100 + (head[10] - '0') * 10 + (head[11] - '0');
        var chunked = head.IndexOf("Transfer-Encoding: chunked\r\n"u8) >= 0;
        var length = 0;
        if (head.IndexOf("Content-Length: "u8) is var at and >= 0)
        {
            var digits = head[(at + 16)..];
            length = int.Parse(digits[..digits.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        _from += end + 4;
        if (!chunked)
        {
            Skip(length);
            return status;
        }

        while (ChunkSize() is var size and > 0)
        {
            Skip(size + 2);
        }

        Skip(2);
        return status;
    }

    public void Send(byte[] request) => _socket.Send(request);

    public void Dispose() => _socket.Dispose();

    private int ChunkSize()
    {
        int end;
        while ((end = _buffer.AsSpan(_from, _to - _from).IndexOf("\r\n"u8)) < 0)
        {
            Receive();
        }

        var size = int.Parse(_buffer.AsSpan(_from, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _from += end + 2;
        return size;
    }

    private void Skip(int bytes)
    {
        while (_to - _from < bytes)
        {
            bytes -= _to - _from;
            _from = _to = 0;
            Receive();
        }

        _from += bytes;
    }

    private void Receive()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            _to -= _from;
            _from = 0;
        }

        var received = _socket.Receive(_buffer, _to, _buffer.Length - _to, SocketFlags.None);
        _to += received > 0 ? received : throw new IOException("The server closed the connection.");
    }
}
