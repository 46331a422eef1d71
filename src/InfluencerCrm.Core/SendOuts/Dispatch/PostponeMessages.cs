using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Gives claimed messages back to be due later, with what was taken of their budgets.</summary>
public sealed class PostponeMessages(CrmDbContext db, RateBudgets budgets, HostClock clock)
{
    internal async Task ExecuteAsync(IReadOnlyList<ClaimedMessage> messages, TimeSpan rest, CancellationToken ct)
    {
        var now = clock.UtcNow;
        var due = now + rest;
        foreach (var claim in messages.GroupBy(m => m.Token))
        {
            var (token, ids) = (claim.Key, claim.Select(m => m.Id).ToList());
            await db.Messages.IgnoreQueryFilters()
                .Where(m => ids.Contains(m.Id) && m.ClaimToken == token && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred))
                .UpdateRowsAsync(now, set => set.SetProperty(m => m.DueAt, due).SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null), ct);
        }

        foreach (var taken in messages.GroupBy(m => (m.Limits, m.TakenAt)))
        {
            await budgets.ReturnAsync(taken.Key.Limits, taken.Count(), taken.Key.TakenAt, ct);
        }
    }
}
