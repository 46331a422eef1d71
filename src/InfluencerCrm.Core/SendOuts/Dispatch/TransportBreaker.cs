using InfluencerCrm.Core.Work;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>
/// Stands between the connections and a server that is away or drops them: after a failure nobody begins anything, later one connection
/// tries one mail, and all go on when that is answered. Without it each connection would defer, or lose, mail after mail of a list.
/// In memory: another host finds out by itself, and a new one may well try.
/// </summary>
internal sealed class TransportBreaker(string server, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private int _failures;
    private long _failedAt;
    private TimeSpan _wait;
    private bool _probing;

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _failures > 0;
            }
        }
    }

    /// <summary>Waits while the server is given time.</summary>
    /// <returns>True: this connection is the one that tries; it must say what came of it, or that it found nothing to try.</returns>
    public async Task<bool> PassAsync(CancellationToken stop)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_failures == 0)
                {
                    return false;
                }

                if (!_probing && clock.GetElapsedTime(_failedAt) >= _wait)
                {
                    return _probing = true;
                }
            }

            await Task.Delay(Look, clock, stop);
        }
    }

    public void Report(DeliveryAnswer answer)
    {
        // Any answer to a mail shows that the server works; one that closes down says that it does not.
        var failed = answer is { Outcome: DeliveryOutcome.Deferred or DeliveryOutcome.Unconfirmed, ReplyCode: null } or { RefusesSession: true } or { ReplyCode: 421, SlowsDomain: false };
        lock (_lock)
        {
            if (failed && (_failures == 0 || _probing))
            {
                _failures++;
                _failedAt = clock.GetTimestamp();
                _wait = BackOff.After(_failures, FirstWait, LongestWait);
                Log.TransportFails(logger, server, _failures, _wait.TotalSeconds);
            }
            else if (!failed && _failures > 0)
            {
                _failures = 0;
                Log.TransportWorks(logger, server);
            }

            _probing = false;
        }
    }

    /// <summary>There was nothing to try it with.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _probing = false;
        }
    }
}
