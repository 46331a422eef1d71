using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.Work;

namespace InfluencerCrm.Host.Workers;

/// <summary>
/// Runs the dispatcher: one loop that tends the send-outs and keeps the lanes that there is work for, one for each connection that a
/// lane's transport allows. A fault is logged and tried again, later each time; it never ends the host.
/// </summary>
internal sealed partial class DispatchWorker(SendOutDispatcher dispatcher, DispatchSignal signal, TimeProvider clock, ILogger<DispatchWorker> logger) : BackgroundService
{
    /// <summary>Messages in flight get this long when the host stops; less than the host itself waits for its services.</summary>
    public static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>An idle connection is closed after so many looks, before the server loses patience.</summary>
    private const int IdleLooks = 15;

    private readonly Dictionary<DispatchLane, RunningLane> _running = [];

    private readonly List<Task> _ending = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var cut = new CancellationTokenSource();
        using var deadline = stoppingToken.UnsafeRegister(static s => ((CancellationTokenSource)s!).CancelAfter(StopDeadline), cut);
        var first = RunAsync(dispatcher.Default, stoppingToken, cut.Token);
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            var changed = signal.NextChange;
            failures = await TryAsync(() => TendAsync(stoppingToken, cut.Token), failures, stoppingToken);
            await WaitAsync(failures, changed, stoppingToken);
        }

        await Task.WhenAll(_running.Values.Select(EndAsync).Concat(_ending).Append(first));
    }

    private async Task TendAsync(CancellationToken stop, CancellationToken cut)
    {
        await dispatcher.TendAsync(stop);
        var lanes = (await dispatcher.LanesAsync(stop)).Where(lane => lane != dispatcher.Default).ToHashSet();
        _ending.RemoveAll(lane => lane.IsCompleted);
        foreach (var (lane, running) in _running.Where(r => !lanes.Contains(r.Key)).ToList())
        {
            _running.Remove(lane);
            _ending.Add(EndAsync(running));
        }

        foreach (var lane in lanes.Where(lane => !_running.ContainsKey(lane)))
        {
            var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            LaneBegins(logger, lane.Transport.Destination, lane.Transport.MaxConnections);
            _running[lane] = new RunningLane(end, RunAsync(lane, end.Token, cut));
        }
    }

    /// <summary>Begins nothing more; what is in flight gets its answer.</summary>
    private static async Task EndAsync(RunningLane lane)
    {
        await lane.End.CancelAsync();
        await lane.Work;
        lane.End.Dispose();
    }

    private async Task RunAsync(DispatchLane lane, CancellationToken stop, CancellationToken cut)
    {
        await Task.WhenAll(Enumerable.Range(0, lane.Transport.MaxConnections).Select(_ => Task.Run(() => ConnectionLoopAsync(lane, stop, cut), CancellationToken.None)));
        try
        {
            await lane.ReleaseAsync(cut);
        }
        catch (Exception exception)
        {
            // The leases end by themselves.
            LoopFailed(logger, exception, 1);
        }

        if (lane != dispatcher.Default)
        {
            lane.Dispose();
        }
    }

    private async Task ConnectionLoopAsync(DispatchLane lane, CancellationToken stop, CancellationToken cut)
    {
        var connection = lane.Transport.Open();
        var idle = 0;
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            var scheduled = signal.NextWork;
            var sent = 0;
            failures = await TryAsync(async () => sent = await lane.WorkAsync(connection, stop, cut), failures, stop);
            idle = sent > 0 ? 0 : idle + 1;
            if (idle == IdleLooks)
            {
                await connection.DisposeAsync();
                connection = lane.Transport.Open();
            }

            await WaitAsync(failures, scheduled, stop);
        }

        await connection.DisposeAsync();
    }

    private async Task<int> TryAsync(Func<Task> act, int failures, CancellationToken stop)
    {
        try
        {
            await act();
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return failures;
        }
        catch (Exception exception)
        {
            LoopFailed(logger, exception, failures + 1);
            return failures + 1;
        }
    }

    /// <summary>Until the next look, or until woken; after a fault nothing shortens the wait.</summary>
    private async Task WaitAsync(int failures, Task woken, CancellationToken stop)
    {
        var wait = Task.Delay(BackOff.After(failures + 1, Poll, LongestWait), clock, stop);
        await (failures == 0 ? Task.WhenAny(wait, woken) : wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(EventId = 3100, Level = LogLevel.Error, Message = "The dispatcher's loop failed {Failures} times in a row and tries again")]
    private static partial void LoopFailed(ILogger logger, Exception exception, int failures);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Mails go to {Server} over {Connections} connections")]
    private static partial void LaneBegins(ILogger logger, string server, int connections);

    /// <param name="End">Asks it to begin nothing more.</param>
    private sealed record RunningLane(CancellationTokenSource End, Task Work);
}
