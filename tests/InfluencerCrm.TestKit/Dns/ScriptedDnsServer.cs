using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace InfluencerCrm.TestKit.Dns;

/// <summary>A name server on loopback, UDP and TCP on one port, with a zone of TXT records and faults on order.</summary>
public sealed class ScriptedDnsServer : IAsyncDisposable
{
    private const int MaxMessage = 65535;

    private readonly Socket udp;
    private readonly TcpListener tcp;
    private readonly CancellationTokenSource stopped = new();
    private readonly ConcurrentDictionary<string, string[]> zone = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, DnsReply> faults = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> questions = new();
    private readonly Task[] running;
    private int overTcp;

    public ScriptedDnsServer()
    {
        (udp, tcp) = Bind();
        Port = ((IPEndPoint)tcp.LocalEndpoint).Port;
        running = [ServeUdpAsync(), ServeTcpAsync()];
    }

    public int Port { get; }

    /// <summary>Names asked for, over UDP or TCP, in order.</summary>
    public IReadOnlyList<string> Questions => [.. questions];

    public int QuestionsOverTcp => overTcp;

    /// <summary>What every name gets that has no reply of its own.</summary>
    public DnsReply Default { get; set; }

    /// <summary>How the product finds it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Mail:Dns:Servers"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"),
        ["Mail:Dns:TimeoutSeconds"] = "1",
    };

    public ScriptedDnsServer Text(string name, params string[] texts)
    {
        zone[name] = texts;
        return this;
    }

    public ScriptedDnsServer Reply(string name, DnsReply reply)
    {
        faults[name] = reply;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        udp.Dispose();
        tcp.Stop();
        await Task.WhenAll(running);
        tcp.Dispose();
        stopped.Dispose();
    }

    /// <summary>A port that is free for both.</summary>
    private static (Socket Udp, TcpListener Tcp) Bind()
    {
        for (var attempt = 0; ; attempt++)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.Bind(tcp.LocalEndpoint);
                return (udp, tcp);
            }
            catch (SocketException) when (attempt < 20)
            {
                udp.Dispose();
                tcp.Dispose();
            }
        }
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[MaxMessage];
        try
        {
            while (true)
            {
                var received = await udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Loopback, 0), stopped.Token);
                if (Answer(buffer[..received.ReceivedBytes], datagram: true) is { } answer)
                {
                    await udp.SendToAsync(answer, received.RemoteEndPoint, stopped.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync()
    {
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                using var client = await tcp.AcceptTcpClientAsync(stopped.Token);
                await ConverseAsync(client.GetStream());
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task ConverseAsync(NetworkStream stream)
    {
        var length = new byte[2];
        while (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false, stopped.Token) == 2)
        {
            var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(query, stopped.Token);
            Interlocked.Increment(ref overTcp);
            if (Answer(query, datagram: false) is not { } answer)
            {
                return;
            }

            await stream.WriteAsync(DnsMessages.Framed(answer), stopped.Token);
        }
    }

    private byte[]? Answer(byte[] query, bool datagram)
    {
        var (name, _) = DnsMessages.Question(query);
        questions.Enqueue(name);
        var texts = zone.GetValueOrDefault(name);
        byte[] Whole() => DnsMessages.Answer(query, texts is null ? 3 : 0, truncated: false, texts ?? []);
        var reply = faults.TryGetValue(name, out var own) ? own : Default;
        return reply switch
        {
            DnsReply.Empty => DnsMessages.Answer(query, 0, truncated: false, []),
            DnsReply.ServerFailure => DnsMessages.Answer(query, 2, truncated: false, []),
            DnsReply.Refused => DnsMessages.Answer(query, 5, truncated: false, []),
            DnsReply.Silence => null,
            DnsReply.TruncatedOverUdp or DnsReply.TruncatedAndNoTcp when datagram => DnsMessages.Answer(query, 0, truncated: true, []),
            DnsReply.TruncatedAndNoTcp => null,
            DnsReply.Garbage => Noise(0),
            DnsReply.GarbageWithTheRightId => [query[0], query[1], .. Noise(2)],
            DnsReply.AnotherId => [(byte)~query[0], .. Whole()[1..]],
            DnsReply.AnotherName => Renamed(Whole()),
            _ => Whole(),
        };
    }

    private static byte[] Noise(int from) => [.. Enumerable.Range(from, 300).Select(i => (byte)((i * 151) ^ (i >> 3) ^ 0x5A))];

    /// <summary>The first letter of the name becomes another.</summary>
    private static byte[] Renamed(byte[] answer)
    {
        answer[13] = answer[13] == (byte)'x' ? (byte)'y' : (byte)'x';
        return answer;
    }
}
