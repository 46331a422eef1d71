using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace InfluencerCrm.TestKit.Smtp;

/// <summary>
/// A server that takes every mail and writes down each one it has taken, before it says so: what the database is compared with after a
/// crash. It lives in the test's own process, which nobody kills, so its log needs no disk.
/// </summary>
public sealed class LoggingSmtpServer : IAsyncDisposable
{
    private readonly LoopbackListener listener;
    private readonly ConcurrentQueue<string> log = new();
    private int taken;

    public LoggingSmtpServer()
    {
        listener = new LoopbackListener(socket => Task.Run(() => ConverseAsync(socket)));
    }

    public int Port => listener.Port;

    /// <summary>How many mails were taken.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>Message-IDs without brackets, in the order of taking.</summary>
    public IReadOnlyCollection<string> Log => log;

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task ConverseAsync(Socket socket)
    {
        socket.NoDelay = true;
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.Latin1, false, 16_384);
        try
        {
            await SayAsync("220 logging ESMTP");
            while (await reader.ReadLineAsync(listener.Stopped) is { } line)
            {
                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await SayAsync("250-logging\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES");
                        break;
                    case "DATA":
                        await SayAsync("354 go on");
                        if (await TakeAsync() is not { } id)
                        {
                            return;
                        }

                        log.Enqueue(id);
                        Interlocked.Increment(ref taken);
                        await SayAsync("250 2.0.0 taken");
                        break;
                    case "QUIT":
                        await SayAsync("221 2.0.0 bye");
                        return;
                    default:
                        await SayAsync("250 2.0.0 ok");
                        break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone, or the test is over.
        }

        async Task SayAsync(string reply) => await stream.WriteAsync(Encoding.Latin1.GetBytes(reply + "\r\n"), listener.Stopped);

        // Null: the client was gone before its final dot, so nothing was taken.
        async Task<string?> TakeAsync()
        {
            string? id = null;
            while (await reader.ReadLineAsync(listener.Stopped) is { } line)
            {
                if (line == ".")
                {
                    return id ?? "";
                }

                if (id is null && line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))
                {
                    id = line["Message-Id:".Length..].Trim().Trim('<', '>');
                }
            }

            return null;
        }
    }
}
