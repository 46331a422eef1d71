using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>What this host has claimed for a lane and not begun; the lane's connections take from it, and it claims more when it runs dry.</summary>
internal sealed class ClaimedQueue(
    IServiceScopeFactory scopes, LaneScope lane, DispatchSignal signal, RecipientDomains domains, TimeSpan lease, TimeProvider clock, ILogger<ClaimedQueue> logger) : IDisposable
{
    /// <summary>Small enough that a host which dies strands little until its leases end, large enough that claiming costs little a message.</summary>
    public const int Batch = 100;

    private const int MostHeld = 3 * Batch;

    /// <summary>Connections that find nothing do not all ask again.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly LinkedList<ClaimedMessage> _queue = new();
    private Task? _seen;
    private long _emptyAt;
    private long _leasedAt;
    private volatile bool _isBlocked;

    public async Task<ClaimedMessage?> TakeAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_queue.Count > 0 && clock.GetElapsedTime(_leasedAt) > lease / 3)
            {
                await RenewAsync(ct);
            }

            var next = await NextAsync(ct);

            // Mails whose domain is busy keep nobody else waiting, up to a point.
            if (next is null && _queue.Count < MostHeld && !IsQuiet())
            {
                await ClaimAsync(ct);
                next = await NextAsync(ct);
            }

            return next;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The connection is done with a message it took.</summary>
    /// <param name="answer">Null: it never began.</param>
    public void Leave(ClaimedMessage message, DeliveryAnswer? answer)
    {
        domains.Leave(RecipientDomains.Of(message.Message), answer);
        if (_isBlocked)
        {
            _isBlocked = false;
            signal.WakeConnections();
        }
    }

    /// <summary>A message that was taken and is not begun is the next again.</summary>
    public async Task PutBackAsync(ClaimedMessage message)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            _queue.AddFirst(message);
        }
        finally
        {
            _gate.Release();
        }

        Leave(message, null);
    }

    /// <summary>The first whose domain may be written to now. Those whose domain rests go back, to be due when it has rested.</summary>
    private async Task<ClaimedMessage?> NextAsync(CancellationToken ct)
    {
        Dictionary<string, List<ClaimedMessage>>? resting = null;
        ClaimedMessage? next = null;
        for (var node = _queue.First; node is not null && next is null;)
        {
            var (message, following) = (node.Value, node.Next);
            var domain = RecipientDomains.Of(message.Message);
            if (domains.TryEnter(domain))
            {
                next = message;
                _queue.Remove(node);
            }
            else if (domains.Rest(domain) > TimeSpan.Zero)
            {
                ((resting ??= []).TryGetValue(domain, out var list) ? list : resting[domain] = []).Add(message);
                _queue.Remove(node);
            }
            else
            {
                _isBlocked = true;
            }

            node = following;
        }

        foreach (var (domain, messages) in resting ?? [])
        {
            await PostponeAsync(messages, domains.Rest(domain), ct);
        }

        return next;
    }

    private async Task PostponeAsync(List<ClaimedMessage> messages, TimeSpan rest, CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        await scope.ServiceProvider.GetRequiredService<PostponeMessages>().ExecuteAsync(messages, rest, ct);
        Log.Postponed(logger, messages.Count, rest.TotalSeconds);
    }

    /// <summary>Slow connections may take longer for a batch than a lease lasts; as long as one of them comes back for more, the rest stays ours.</summary>
    private async Task RenewAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateProductScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var leasedAt = clock.GetTimestamp();
        foreach (var claim in _queue.GroupBy(c => c.Token))
        {
            var ids = claim.Select(c => c.Id).ToList();
            await db.Messages.Where(m => ids.Contains(m.Id)).RenewAsync(claim.Key, scope.ServiceProvider.GetRequiredService<HostClock>().UtcNow, lease, ct);
        }

        _leasedAt = leasedAt;
    }

    /// <summary>Gives back what was not begun, so that another host, or this one after its restart, has it at once.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateProductScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            foreach (var claim in _queue.GroupBy(c => c.Token))
            {
                foreach (var ids in claim.Select(c => c.Id).Chunk(500))
                {
                    await db.Messages.Where(m => ids.Contains(m.Id)).ReleaseAsync(claim.Key, ct);
                }
            }

            var budgets = scope.ServiceProvider.GetRequiredService<RateBudgets>();
            foreach (var taken in _queue.GroupBy(c => (c.Limits, c.TakenAt)))
            {
                await budgets.ReturnAsync(taken.Key.Limits, taken.Count(), taken.Key.TakenAt, ct);
            }

            _queue.Clear();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Gives back the allowance of a message that did not leave.</summary>
    public async Task ReturnAsync(ClaimedMessage claimed, CancellationToken ct)
    {
        if (claimed.Limits.Count > 0)
        {
            await using var scope = scopes.CreateProductScope();
            await scope.ServiceProvider.GetRequiredService<RateBudgets>().ReturnAsync(claimed.Limits, 1, claimed.TakenAt, ct);
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool IsQuiet() => _seen is { IsCompleted: false } && clock.GetElapsedTime(_emptyAt) < Quiet;

    private async Task ClaimAsync(CancellationToken ct)
    {
        // Taken before the look: what is scheduled meanwhile makes the next look worth while.
        var seen = signal.NextWork;
        _leasedAt = clock.GetTimestamp();
        await using var scope = scopes.CreateProductScope();
        var claimed = await scope.ServiceProvider.GetRequiredService<ClaimMessages>().ExecuteAsync(lane, Batch, ct);
        foreach (var message in claimed)
        {
            _queue.AddLast(message);
        }

        _seen = claimed.Count == 0 ? seen : null;
        _emptyAt = clock.GetTimestamp();
        if (claimed.Count > 1)
        {
            signal.WakeConnections();
        }
    }
}
