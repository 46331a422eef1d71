using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Idempotency;

/// <summary>Kept answers may show the person. Which do cannot be told, and they are a day old at most: all go.</summary>
internal sealed class EraseKeptAnswers(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public async Task EraseAsync(int influencerId, CancellationToken ct) =>
        await db.IdempotencyKeys.IgnoreQueryFilters().Where(k => k.BodyKept).UpdateRowsAsync(
            clock.GetUtcNow().UtcDateTime, set => set.SetProperty(k => k.Body, (byte[]?)null).SetProperty(k => k.BodyKept, false), ct);
}
