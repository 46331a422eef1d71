using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>Blanks what the rows of imported files said of the person; the counts of the import stay.</summary>
internal sealed class EraseImportRows(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public async Task EraseAsync(int influencerId, CancellationToken ct) =>
        await db.ImportRows.IgnoreQueryFilters().Where(r => r.InfluencerId == influencerId).UpdateRowsAsync(
            clock.GetUtcNow().UtcDateTime, set => set.SetProperty(r => r.Message, (string?)null).SetProperty(r => r.Source, (string?)null)
                .SetProperty(r => r.Changes, (string?)null).SetProperty(r => r.RevertNote, (string?)null), ct);
}
