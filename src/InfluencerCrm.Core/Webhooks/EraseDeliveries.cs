using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>What was told of the person, and what was answered, is cleared; what was not told yet is not told any more. That they were erased is.</summary>
internal sealed class EraseDeliveries(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public async Task EraseAsync(int influencerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var deliveries = db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.InfluencerId == influencerId);
        await deliveries.Where(d => d.Status == WebhookDeliveryStatus.Pending).UpdateRowsAsync(
            now, set => set.SetProperty(d => d.Status, WebhookDeliveryStatus.Cancelled).SetProperty(d => d.DueAt, (DateTime?)null), ct);
        await deliveries.UpdateRowsAsync(now, set => set.SetProperty(d => d.Payload, (string?)null).SetProperty(d => d.LastResponse, (string?)null), ct);
    }
}

/// <summary>Removes the log of deliveries after 30 days.</summary>
public sealed class PruneDeliveries(CrmDbContext db, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int Batch = 2000;

    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        var removed = 0;
        while (true)
        {
            var last = await db.WebhookDeliveries.Where(d => d.CreatedAt < before).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id)
                .Select(d => (DateTime?)d.CreatedAt).Take(Batch).MaxAsync(ct);
            if (last is null)
            {
                return removed;
            }

            removed += await db.WebhookDeliveries.Where(d => d.CreatedAt <= last).DeleteRowsAsync(ct);
        }
    }
}
