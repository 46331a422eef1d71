using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>Words on rows about an erased person keep their outcome and lose what is personal.</summary>
internal sealed class EraseImportRows(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public async Task EraseAsync(int influencerId, CancellationToken ct) =>
        await db.ImportRows.IgnoreQueryFilters().Where(r => r.InfluencerId == influencerId).UpdateRowsAsync(
            clock.GetUtcNow().UtcDateTime, set => set.SetProperty(r => r.Message, (string?)null).SetProperty(r => r.Source, (string?)null), ct);
}
