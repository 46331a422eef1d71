using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// An address wrote to us, so it lives: it is valid, and a bounce that stands against it is lifted. What a person opposes, or complained
/// of, stays. The caller holds the transaction.
/// </summary>
public sealed class ReviveAddress(CrmDbContext db, AddressHash hash, MarkAddress mark)
{
    internal const string LiftReason = "A mail came from this address.";

    /// <param name="key">In normal form; null: there is no address, and nothing to do.</param>
    public async Task ExecuteAsync(string? key, DateTime now, CancellationToken ct)
    {
        if (key is null)
        {
            return;
        }

        var addressHash = hash.Of(key);
        await db.Suppressions.IgnoreQueryFilters([Filters.Wall]).Where(s => s.LiftedAt == null && s.Reason == SuppressionReason.Bounce && s.AddressHash == addressHash)
            .UpdateRowsAsync(now, set => set.SetProperty(s => s.LiftedAt, now).SetProperty(s => s.LiftReason, LiftReason), ct);
        await mark.ExecuteAsync(key, EmailStatus.Valid, now, ct);
    }
}
