using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>What to suppress.</summary>
public sealed record AddSuppressionRequest
{
    /// <summary>In normal form, as contact points keep it.</summary>
    public string? AddressKey { get; init; }

    /// <summary>Not kept of a bounce that names an address.</summary>
    public int? InfluencerId { get; init; }

    public SuppressionScope Scope { get; init; }

    public int? ClientId { get; init; }

    public required SuppressionReason Reason { get; init; }

    public string? Source { get; init; }
}

/// <summary>
/// Adds a suppression; one that already stands is given back instead of a second. A bounce and an opposition never stand for each
/// other, since a bounce may be lifted by the address itself. A bounce for all marks the address too.
/// </summary>
public sealed class AddSuppression(CrmDbContext db, CurrentActor scope, AddressHash hash, MarkAddress mark, TimeProvider clock)
{
    public async Task<Suppression> ExecuteAsync(AddSuppressionRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        var addressHash = request.AddressKey is { Length: > 0 } key ? hash.Of(key) : null;
        var added = new Suppression(request.AddressKey, addressHash, request.InfluencerId, request.Scope, request.ClientId, request.Reason, request.Source);
        await using var unit = await db.JoinUnitAsync(ct);
        if (added is { Reason: SuppressionReason.Bounce, Scope: SuppressionScope.All, Address: { } dead })
        {
            await MarkAsync(dead, ct);
        }

        if (await StandingAsync(added, ct) is { } standing)
        {
            await unit.CommitAsync(ct);
            return standing;
        }

        db.Add(added);
        await db.SaveChangesAsync(ct);
        await unit.CommitAsync(ct);
        return added;
    }

    private async Task MarkAsync(string key, CancellationToken ct)
    {
        // Of two bounces at one moment the second waits for the first at the address's contact points, and then finds its row. Where
        // nobody has the address any more both may write one; who lifts one lifts both.
        if (await mark.ExecuteAsync(key, EmailStatus.Bounced, clock.GetUtcNow().UtcDateTime, ct) == 0)
        {
            await db.ContactPoints.IgnoreQueryFilters().Where(p => p.AddressKey == key).HoldRowsAsync(ct);
        }
    }

    private Task<Suppression?> StandingAsync(Suppression added, CancellationToken ct)
    {
        var alike = added.Reason == SuppressionReason.Bounce
            ? db.Suppressions.Where(s => s.Reason == SuppressionReason.Bounce)
            : db.Suppressions.Where(s => s.Reason != SuppressionReason.Bounce);
        return alike.FirstOrDefaultAsync(
            s => s.LiftedAt == null && s.Scope == added.Scope && s.ClientId == added.ClientId && s.InfluencerId == added.InfluencerId && s.AddressHash == added.AddressHash, ct);
    }
}
