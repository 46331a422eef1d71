using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Core.Inbound.Mailboxes;

/// <summary>
/// A mailbox while this host holds it: what is written about it is written under the claim, so that a host that was taken for dead, and
/// comes back, changes nothing. Each member is a unit of work of its own.
/// </summary>
internal sealed class HeldMailbox(IServiceScopeFactory scopes, TimeProvider clock, Mailbox row, Guid token)
{
    /// <summary>As it was when it was claimed.</summary>
    public Mailbox Row => row;

    /// <summary>The position of the folder; from its beginning when its UIDs mean something else now.</summary>
    public async Task<long> BeginAsync(long validity, CancellationToken ct)
    {
        if (row.Validity == validity)
        {
            return row.LastUid;
        }

        await ChangeAsync((held, now) => held.UpdateRowsAsync(now, set => set.SetProperty(m => m.Validity, validity).SetProperty(m => m.LastUid, 0L), ct));
        return 0;
    }

    public Task AdvanceAsync(long uid, CancellationToken ct) =>
        ChangeAsync((held, now) => held.UpdateRowsAsync(now, set => set.SetProperty(m => m.LastUid, uid), ct));

    /// <summary>All is well, and nothing is left to do.</summary>
    public Task LookedAsync(CancellationToken ct) =>
        ChangeAsync((held, now) => held.UpdateRowsAsync(
            now, set => set.SetProperty(m => m.LookedAt, now).SetProperty(m => m.Fault, (string?)null).SetProperty(m => m.FaultSince, (DateTime?)null), ct));

    public Task FailAsync(string fault, CancellationToken ct)
    {
        var words = fault.Length <= MailboxConfiguration.FaultLength ? fault : fault[..MailboxConfiguration.FaultLength];
        return ChangeAsync((held, now) => held.UpdateRowsAsync(now, set => set.SetProperty(m => m.Fault, words).SetProperty(m => m.FaultSince, m => m.FaultSince ?? now), ct));
    }

    /// <summary>Holds it for longer.</summary>
    /// <exception cref="MailboxLost">Another host holds it.</exception>
    public Task RenewAsync(CancellationToken ct) =>
        ChangeAsync((held, now) =>
        {
            var until = now + MailboxHolder.Lease;
            return held.UpdateLeasesAsync(set => set.SetProperty(m => m.LeaseUntil, until), ct);
        });

    public Task ReleaseAsync(CancellationToken ct) =>
        InScopeAsync(db => db.Mailboxes.Where(m => m.Id == row.Id && m.ClaimToken == token)
            .UpdateLeasesAsync(set => set.SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null), ct));

    private async Task ChangeAsync(Func<IQueryable<Mailbox>, DateTime, Task<int>> change)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await InScopeAsync(db => change(db.Mailboxes.Where(m => m.Id == row.Id && m.ClaimToken == token), now)) == 0)
        {
            throw new MailboxLost();
        }
    }

    private async Task<int> InScopeAsync(Func<CrmDbContext, Task<int>> act)
    {
        await using var scope = scopes.CreateProductScope();
        return await act(scope.ServiceProvider.GetRequiredService<CrmDbContext>());
    }
}

/// <summary>Another host works on the mailbox now.</summary>
internal sealed class MailboxLost() : Exception("Another host works on the mailbox now.");
