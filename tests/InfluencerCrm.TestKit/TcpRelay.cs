using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace InfluencerCrm.TestKit;

/// <summary>A line between a client and a server on this machine, that can be cut and mended.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly LoopbackListener listener;
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly IPEndPoint target;
    private volatile bool cut;

    public TcpRelay(int targetPort)
    {
        target = new IPEndPoint(IPAddress.Loopback, targetPort);
        listener = new LoopbackListener(client => Task.Run(() => CarryAsync(client)));
    }

    public int Port => listener.Port;

    /// <summary>Every connection breaks in the middle of whatever it carries, and new ones break at once.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var socket in open.Keys)
        {
            Break(socket);
        }
    }

    public void Mend() => cut = false;

    public ValueTask DisposeAsync()
    {
        Cut();
        return listener.DisposeAsync();
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            open.TryAdd(client, 0);
            open.TryAdd(server, 0);
            try
            {
                if (!cut)
                {
                    await server.ConnectAsync(target, listener.Stopped);
                    await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Cut, or one side is gone.
            }
            finally
            {
                Break(client);
                Break(server);
                open.TryRemove(client, out _);
                open.TryRemove(server, out _);
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16_384];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, SocketFlags.None, listener.Stopped)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None, listener.Stopped);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The line is cut.
        }
    }

    // A reset, as when a cable is pulled and the other side gives up; no orderly end.
    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        socket.Dispose();
    }
}
