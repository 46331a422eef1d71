using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.Work;

namespace InfluencerCrm.Host.Workers;

/// <summary>
/// Runs the dispatcher: one loop that tends the send-outs, one for each connection the transport allows. A fault is logged and tried
/// again, later each time; it never ends the host.
/// </summary>
internal sealed partial class DispatchWorker(
    SendOutDispatcher dispatcher, DispatchSignal signal, IMailTransport transport, TimeProvider clock, ILogger<DispatchWorker> logger) : BackgroundService
{
    /// <summary>Messages in flight get this long when the host stops; less than the host itself waits for its services.</summary>
    public static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>An idle connection is closed after so many looks, before the server loses patience.</summary>
    private const int IdleLooks = 15;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var cut = new CancellationTokenSource();
        using var deadline = stoppingToken.UnsafeRegister(static s => ((CancellationTokenSource)s!).CancelAfter(StopDeadline), cut);
        await Task.WhenAll(Enumerable.Range(0, transport.MaxConnections).Select(_ => ConnectionLoopAsync(stoppingToken, cut.Token)).Append(TendLoopAsync(stoppingToken)));
        try
        {
            await dispatcher.ReleaseAsync(cut.Token);
        }
        catch (Exception exception)
        {
            // The leases end by themselves.
            LoopFailed(logger, exception, 1);
        }
    }

    private async Task TendLoopAsync(CancellationToken stop)
    {
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            var changed = signal.NextChange;
            failures = await TryAsync(() => dispatcher.TendAsync(stop), failures, stop);
            await WaitAsync(failures, changed, stop);
        }
    }

    private async Task ConnectionLoopAsync(CancellationToken stop, CancellationToken cut)
    {
        var connection = transport.Open();
        var idle = 0;
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            var scheduled = signal.NextWork;
            var sent = 0;
            failures = await TryAsync(async () => sent = await dispatcher.WorkAsync(connection, stop, cut), failures, stop);
            idle = sent > 0 ? 0 : idle + 1;
            if (idle == IdleLooks)
            {
                await connection.DisposeAsync();
                connection = transport.Open();
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
}
