using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts.Dispatch;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Work;

/// <summary>
/// The database's time as this host knows it. Leases are times, so hosts whose clocks differ would take each other's rows: each compares its
/// clock with the database's when it begins and every minute, and goes by the difference. In-process deadlines go by the monotonic clock.
/// </summary>
public sealed partial class HostClock(IDatabaseProvider database, IOptions<DispatchOptions> options, TimeProvider clock, ILogger<HostClock> logger)
{
    /// <summary>A clock that is further off is broken, and may be further off still a moment later.</summary>
    public static readonly TimeSpan MostOffset = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _comparedAt;
    private TimeSpan _offset;

    /// <summary>False: nothing may be claimed.</summary>
    public bool IsTrusted
    {
        get
        {
            lock (_lock)
            {
                return _offset.Duration() <= MostOffset;
            }
        }
    }

    public DateTime UtcNow
    {
        get
        {
            lock (_lock)
            {
                return clock.GetUtcNow().UtcDateTime + _offset;
            }
        }
    }

    /// <summary>The time, after a look at the database's clock where the last one is a minute old.</summary>
    public async Task<DateTime> NowAsync(DbContext db, CancellationToken ct)
    {
        if (options.Value.CompareClocks && IsDue())
        {
            var began = clock.GetTimestamp();
            var before = clock.GetUtcNow().UtcDateTime;
            if (await database.UtcNowAsync(db, ct) is { } there)
            {
                Set(there - (before + (clock.GetElapsedTime(began) / 2)));
            }
        }

        return UtcNow;
    }

    private bool IsDue()
    {
        lock (_lock)
        {
            if (_comparedAt is { } at && clock.GetElapsedTime(at) < Every)
            {
                return false;
            }

            _comparedAt = clock.GetTimestamp();
            return true;
        }
    }

    private void Set(TimeSpan offset)
    {
        lock (_lock)
        {
            _offset = offset;
        }

        if (offset.Duration() > MostOffset)
        {
            ClockIsOff(logger, offset.TotalSeconds);
        }
    }

    [LoggerMessage(EventId = 3013, Level = LogLevel.Error, Message = "This machine's clock differs from the database's by {Seconds} s: nothing is sent until it is set right")]
    private static partial void ClockIsOff(ILogger logger, double seconds);
}
