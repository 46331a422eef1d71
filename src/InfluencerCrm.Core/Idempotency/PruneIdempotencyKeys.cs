using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Idempotency;

/// <summary>Removes keys whose answers are no longer kept, a few at a time, so that no write waits for it.</summary>
public sealed class PruneIdempotencyKeys(CrmDbContext db, TimeProvider clock)
{
    private const int Batch = 500;

    /// <returns>How many went.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        for (var gone = 0; ;)
        {
            var ids = await db.IdempotencyKeys.Where(k => k.ExpiresAt < now).OrderBy(k => k.ExpiresAt).Select(k => k.Id).Take(Batch).ToListAsync(ct);
            gone += await db.IdempotencyKeys.Where(k => ids.Contains(k.Id) && k.ExpiresAt < now).DeleteRowsAsync(ct);
            if (ids.Count < Batch)
            {
                return gone;
            }
        }
    }
}
