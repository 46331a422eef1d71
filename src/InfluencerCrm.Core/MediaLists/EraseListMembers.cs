using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>Takes the person off every list, with what was said to them alone.</summary>
internal sealed class EraseListMembers(CrmDbContext db) : IErasureStep
{
    public async Task EraseAsync(int influencerId, CancellationToken ct) =>
        await db.MediaListMembers.IgnoreQueryFilters().Where(m => m.InfluencerId == influencerId).DeleteRowsAsync(ct);
}
