using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>Keeps the person's addresses as keyed hashes, so that the same person imported anew is not written to, and forgets the addresses themselves.</summary>
internal sealed class EraseSuppressions(CrmDbContext db, AddressHash hash, TimeProvider clock) : IErasureStep
{
    public int Order => -20;

    public async Task EraseAsync(int influencerId, CancellationToken ct)
    {
        var keys = await db.ContactPoints.IgnoreQueryFilters().Where(p => p.InfluencerId == influencerId && p.Kind == ContactKind.Email && !p.Shared)
            .Select(p => p.AddressKey!).Distinct().ToListAsync(ct);
        foreach (var key in keys)
        {
            var addressHash = hash.Of(key);
            if (!await db.Suppressions.IgnoreQueryFilters().AnyAsync(s => s.LiftedAt == null && s.Scope == SuppressionScope.All && s.AddressHash == addressHash, ct))
            {
                db.Add(new Suppression(null, addressHash, influencerId, SuppressionScope.All, null, SuppressionReason.Erasure, null));
            }
        }

        await db.SaveChangesAsync(ct);
        await db.Suppressions.IgnoreQueryFilters().Where(s => s.InfluencerId == influencerId || keys.Contains(s.Address!)).UpdateRowsAsync(
            clock.GetUtcNow().UtcDateTime,
            set => set.SetProperty(s => s.Address, (string?)null).SetProperty(s => s.Source, (string?)null).SetProperty(s => s.LiftReason, (string?)null),
            ct);
    }
}
