using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Influencers;

/// <summary>What mail servers, or mails that came home, tell of an address: its contact points, and whoever has it as their first, show it.</summary>
public sealed class MarkAddress(CrmDbContext db)
{
    /// <param name="key">In normal form; null: there is no address, and nothing to do.</param>
    public async Task ExecuteAsync(string? key, EmailStatus status, DateTime now, CancellationToken ct)
    {
        if (key is null)
        {
            return;
        }

        // Who has complained stays so: that a later mail bounced, or that they wrote, takes nothing back.
        await db.ContactPoints.IgnoreQueryFilters().Where(p => p.AddressKey == key && p.Status != status && p.Status != EmailStatus.Complained)
            .UpdateRowsAsync(now, set => set.SetProperty(p => p.Status, status), ct);
        await db.Influencers.IgnoreQueryFilters().Where(i => i.EmailStatus != status && i.EmailStatus != EmailStatus.Complained && db.ContactPoints.Any(p => p.InfluencerId == i.Id && p.Primary && p.AddressKey == key))
            .UpdateRowsAsync(now, set => set.SetProperty(i => i.EmailStatus, status), ct);
    }
}
