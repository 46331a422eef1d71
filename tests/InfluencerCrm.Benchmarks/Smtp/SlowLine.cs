using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>A line to a server on this machine that takes its time in each direction, and counts how often the client waited for an answer.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly int _target;
    private readonly TimeSpan _oneWay;
    private readonly Task _accepting;
    private long _roundTrips;

    public SlowLine(int target, TimeSpan roundTrip)
    {
        _target = target;
        _oneWay = roundTrip / 2;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopped.Token);
                _ = Task.Run(() => CarryAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException || _stopped.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using (client)
        {
            using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _target);

            // A client that speaks after the server did has waited for it.
            var answered = true;
            await Task.WhenAll(
                CopyAsync(client, server, () =>
                {
                    if (answered)
                    {
                        answered = false;
                        Interlocked.Increment(ref _roundTrips);
                    }
                }),
                CopyAsync(server, client, () => answered = true));
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Action seen)
    {
        var line = Channel.CreateUnbounded<(byte[] Bytes, long At)>();
        var reading = Task.Run(async () =>
        {
            var buffer = new byte[65_536];
            try
            {
                int count;
                while ((count = await from.ReceiveAsync(buffer, SocketFlags.None, _stopped.Token)) > 0)
                {
                    seen();
                    line.Writer.TryWrite((buffer[..count], TimeProvider.System.GetTimestamp()));
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side is gone.
            }

            line.Writer.Complete();
        });
        try
        {
            await foreach (var (bytes, at) in line.Reader.ReadAllAsync(_stopped.Token))
            {
                var wait = _oneWay - TimeProvider.System.GetElapsedTime(at);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, TimeProvider.System, _stopped.Token);
                }

                await to.SendAsync(bytes, SocketFlags.None, _stopped.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone.
        }

        await reading;
    }
}
