using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace InfluencerCrm.TestKit;

/// <summary>Takes connections on a free port of this machine until it is disposed, which ends when those who serve them have.</summary>
public sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly ConcurrentDictionary<Task, byte> serving = new();
    private readonly Task accepting;

    /// <param name="serve">Called for one connection after the other; what it returns goes on beside the next. It closes the socket.</param>
    public LoopbackListener(Func<Socket, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(serve);
    }

    public int Port { get; }

    /// <summary>Ends what is being served.</summary>
    public CancellationToken Stopped => stopped.Token;

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(serving.Keys);
        listener.Dispose();
        stopped.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, Task> serve)
    {
        try
        {
            while (true)
            {
                var served = serve(await listener.AcceptSocketAsync(stopped.Token));
                serving.TryAdd(served, 0);
                _ = served.ContinueWith(t => serving.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException || stopped.IsCancellationRequested)
        {
            // The test is over.
        }
    }
}
