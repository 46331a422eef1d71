using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Changes;

/// <summary>Removes changes that no reader may still ask for.</summary>
public sealed class PruneChanges(CrmDbContext db, TimeProvider clock)
{
    /// <summary>How long a reader may stay away.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // The clock of a host and that of the database may differ, and a transaction may be long.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    /// <summary>Short statements: nobody who writes waits for long.</summary>
    private const int Batch = 5000;

    /// <returns>How many were removed.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept - Margin;
        var removed = 0;
        while (true)
        {
            // Times follow the sequence nearly; there is no index by time.
            var last = await db.Changes.OrderBy(c => c.Seq).Take(Batch).Where(c => c.At < before).MaxAsync(c => (long?)c.Seq, ct);
            if (last is null)
            {
                return removed;
            }

            removed += await db.Changes.Where(c => c.Seq <= last && c.At < before).DeleteRowsAsync(ct);
        }
    }
}
