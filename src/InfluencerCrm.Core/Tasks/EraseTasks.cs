using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tasks;

/// <summary>Tasks about the person stay without their words, which mostly hold the name.</summary>
internal sealed class EraseTasks(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public async Task EraseAsync(int influencerId, CancellationToken ct) =>
        await db.Tasks.IgnoreQueryFilters().Where(t => t.InfluencerId == influencerId).UpdateRowsAsync(
            clock.GetUtcNow().UtcDateTime, set => set.SetProperty(t => t.Title, Influencer.ErasedName), ct);
}
