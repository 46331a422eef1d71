using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Api.Limits;

/// <summary>Whose requests are counted together, and by which of the limits.</summary>
/// <param name="Policy">The limit's name in the RateLimit headers.</param>
/// <param name="Subject">The API key or address.</param>
internal readonly record struct Client(LimitPolicy Policy, string Subject);

/// <summary>The kinds of limits.</summary>
internal enum LimitPolicy
{
    Key,
    Anonymous,
    SignIn,
}

/// <summary>A limit with its numbers.</summary>
/// <param name="Quota">Requests at once.</param>
/// <param name="PerSecond">What comes back.</param>
internal sealed record Limit(string Name, int Quota, double PerSecond)
{
    /// <summary>Seconds in which an empty bucket is full again.</summary>
    public int Window => (int)Math.Ceiling(Quota / PerSecond);
}

/// <summary>The buckets of all clients of this process. Several hosts have buckets of their own: the limits keep one host answering, they are no tariff.</summary>
internal sealed class ClientLimits : IDisposable
{
    private readonly Dictionary<LimitPolicy, Limit> _limits = [];
    private readonly PartitionedRateLimiter<Client> _rate;
    private readonly PartitionedRateLimiter<string>? _concurrency;

    public ClientLimits(IOptions<LimitsOptions> options)
    {
        var limits = options.Value;
        Add(LimitPolicy.Key, "requests", limits.RequestsPerMinute, Math.Max(limits.Burst, 1));
        Add(LimitPolicy.Anonymous, "anonymous", limits.AnonymousPerMinute, limits.AnonymousPerMinute);
        Add(LimitPolicy.SignIn, "signIn", limits.SignInsPerMinute, 3 * limits.SignInsPerMinute);
        _rate = PartitionedRateLimiter.Create<Client, Client>(client => RateLimitPartition.GetTokenBucketLimiter(client, c => Bucket(_limits[c.Policy])));
        _concurrency = limits.ConcurrentPerKey == 0 ? null : PartitionedRateLimiter.Create<string, string>(subject => RateLimitPartition.GetConcurrencyLimiter(
            subject,
            _ => new ConcurrencyLimiterOptions { PermitLimit = limits.ConcurrentPerKey, QueueLimit = limits.QueuePerKey, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
    }

    /// <summary>Null: not limited.</summary>
    public Limit? Of(LimitPolicy policy) => _limits.GetValueOrDefault(policy);

    public RateLimitLease Take(Client client) => _rate.AttemptAcquire(client);

    public long Left(Client client) => _rate.GetStatistics(client)?.CurrentAvailablePermits ?? 0;

    /// <summary>Waits for a place among what is worked on; null where that is not limited.</summary>
    public async ValueTask<RateLimitLease?> EnterAsync(string subject, CancellationToken ct) => _concurrency is null ? null : await _concurrency.AcquireAsync(subject, 1, ct);

    public void Dispose()
    {
        _rate.Dispose();
        _concurrency?.Dispose();
    }

    private void Add(LimitPolicy policy, string name, int perMinute, int quota)
    {
        if (perMinute > 0)
        {
            _limits[policy] = new Limit(name, quota, perMinute / 60.0);
        }
    }

    private static TokenBucketRateLimiterOptions Bucket(Limit limit)
    {
        // One at a time where they come slowly, a second's worth where they come fast.
        var slow = limit.PerSecond < 10;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.Quota,
            TokensPerPeriod = slow ? 1 : (int)Math.Round(limit.PerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(slow ? 1 / limit.PerSecond : 1),
            QueueLimit = 0,
            AutoReplenishment = true,
        };
    }
}
