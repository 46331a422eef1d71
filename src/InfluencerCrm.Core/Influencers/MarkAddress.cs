using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Influencers;

/// <summary>What mail servers, or mails that came home, tell of an address: its contact points, and whoever has it as their first, show it.</summary>
public sealed class MarkAddress(CrmDbContext db)
{
    /// <param name="key">In normal form; null: there is no address, and nothing to do.</param>
    /// <returns>How many contact points show it that did not before.</returns>
    public Task<int> ExecuteAsync(string? key, EmailStatus status, DateTime now, CancellationToken ct) => ExecuteAsync(key, status, null, now, ct);

    /// <param name="only">Those that show this now; null: any.</param>
    internal async Task<int> ExecuteAsync(string? key, EmailStatus status, EmailStatus? only, DateTime now, CancellationToken ct)
    {
        if (key is null)
        {
            return 0;
        }

        // Who has complained stays so: that a later mail bounced, or that they wrote, takes nothing back.
        var marked = await db.ContactPoints.IgnoreQueryFilters()
            .Where(p => p.AddressKey == key && p.Status != status && p.Status != EmailStatus.Complained && (only == null || p.Status == only))
            .UpdateRowsAsync(now, set => set.SetProperty(p => p.Status, status), ct);
        await db.Influencers.IgnoreQueryFilters()
            .Where(i => i.EmailStatus != status && i.EmailStatus != EmailStatus.Complained && (only == null || i.EmailStatus == only) && db.ContactPoints.Any(p => p.InfluencerId == i.Id && p.Primary && p.AddressKey == key))
            .UpdateRowsAsync(now, set => set.SetProperty(i => i.EmailStatus, status), ct);
        return marked;
    }
}
