using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// Lifts a suppression; an admin's act, with a reason that is kept. Lifting a bounce gives its address another try: no other bounce of it
/// stands either, and whoever has it is marked as unknown instead of bounced.
/// </summary>
public sealed class LiftSuppression(CrmDbContext db, CurrentActor scope, AddressHash hash, MarkAddress mark, TimeProvider clock)
{
    public async Task<Suppression> ExecuteAsync(int id, Guid? version, string reason, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RuleViolation("required", "liftReason must be given.", "liftReason");
        }

        var suppression = await db.Suppressions.FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound("suppression", id);
        if (version is not null && version != suppression.Version)
        {
            throw new VersionMismatch();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        suppression.Lift(scope.Required.UserId, reason, now);
        await using var unit = await db.BeginUnitAsync(ct);
        if (suppression is { Reason: SuppressionReason.Bounce, AddressHash: { } addressHash })
        {
            var others = db.Suppressions.Where(s => s.Id != id && s.LiftedAt == null && s.Reason == SuppressionReason.Bounce && s.AddressHash == addressHash);
            (await others.ToListAsync(ct)).ForEach(s => s.Lift(scope.Required.UserId, reason, now));
            await mark.ExecuteAsync(suppression.Address ?? await MarkedAsync(addressHash, ct), EmailStatus.Unknown, EmailStatus.Bounced, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await unit.CommitAsync(ct);
        return suppression;
    }

    /// <summary>An erasure has left the hash alone; the address may have come back by an import.</summary>
    private async Task<string?> MarkedAsync(byte[] addressHash, CancellationToken ct)
    {
        var marked = await db.ContactPoints.IgnoreQueryFilters().Where(p => p.Status == EmailStatus.Bounced && p.AddressKey != null).Select(p => p.AddressKey!).Distinct().ToListAsync(ct);
        return marked.Find(k => hash.Of(k).AsSpan().SequenceEqual(addressHash));
    }
}
