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
            if (!await db.Suppressions.IgnoreQueryFilters().AnyAsync(s => s.LiftedAt == null && s.Scope == SuppressionScope.All && s.Reason != SuppressionReason.Bounce && s.AddressHash == addressHash, ct))
            {
                db.Add(new Suppression(null, addressHash, influencerId, SuppressionScope.All, null, SuppressionReason.Erasure, null));
            }
        }

        await db.SaveChangesAsync(ct);
        keys.AddRange(await FormerAsync(influencerId, ct));
        var theirs = db.Suppressions.IgnoreQueryFilters().Where(s => s.InfluencerId == influencerId || keys.Contains(s.Address!));
        var now = clock.GetUtcNow().UtcDateTime;
        await db.AuditEntries.IgnoreQueryFilters().Where(e => e.Entity == nameof(Suppression) && theirs.Any(s => s.Id == e.Key))
            .UpdateRowsAsync(now, set => set.SetProperty(e => e.Changes, (string?)null).SetProperty(e => e.Note, (string?)null), ct);
        await theirs.UpdateRowsAsync(
            now,
            set => set.SetProperty(s => s.Address, (string?)null).SetProperty(s => s.Source, (string?)null).SetProperty(s => s.LiftReason, (string?)null),
            ct);
    }

    /// <summary>Addresses that mails to the person went to and that nobody has now: a bounce may stand against one, and names no person.</summary>
    private async Task<List<string>> FormerAsync(int influencerId, CancellationToken ct)
    {
        var written = await db.Messages.IgnoreQueryFilters().Where(m => m.InfluencerId == influencerId && m.ToAddress != null).Select(m => m.ToAddress!).Distinct().ToListAsync(ct);
        var keys = written.Select(AddressKey.Of).OfType<string>().Distinct().ToList();
        var held = new List<string?>();
        foreach (var chunk in keys.Chunk(500))
        {
            held.AddRange(await db.ContactPoints.IgnoreQueryFilters().Where(p => chunk.Contains(p.AddressKey!)).Select(p => p.AddressKey).ToListAsync(ct));
        }

        return [.. keys.Except(held.OfType<string>())];
    }
}
