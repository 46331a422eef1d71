using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Coverage;

/// <summary>Keeps <c>lastCoverageAt</c> of people: the newest piece they are an author of, rejected ones too (they wrote it, only not about us).</summary>
public sealed class LastCoverage(CrmDbContext db, TimeProvider clock)
{
    /// <summary>Called, in the transaction of the write, by whoever writes coverage without its rules (watch, import).</summary>
    public async Task UpdateAsync(int influencerId, CancellationToken ct)
    {
        var last = await db.Coverage.IgnoreQueryFilters()
            .Where(c => c.InfluencerId == influencerId || c.Authors.Any(a => a.InfluencerId == influencerId))
            .MaxAsync(c => (DateTime?)c.PublishedAt, ct);
        await db.Influencers.IgnoreQueryFilters([Filters.Archived])
            .Where(i => i.Id == influencerId && i.LastCoverageAt != last)
            .UpdateRowsAsync(clock.GetUtcNow().UtcDateTime, set => set.SetProperty(i => i.LastCoverageAt, last), ct);
    }
}
