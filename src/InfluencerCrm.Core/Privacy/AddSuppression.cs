using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>What to suppress.</summary>
public sealed record AddSuppressionRequest
{
    /// <summary>In normal form, as contact points keep it.</summary>
    public string? AddressKey { get; init; }

    public int? InfluencerId { get; init; }

    public SuppressionScope Scope { get; init; }

    public int? ClientId { get; init; }

    public required SuppressionReason Reason { get; init; }

    public string? Source { get; init; }
}

/// <summary>Adds a suppression; one that already stands is given back instead of a second.</summary>
public sealed class AddSuppression(CrmDbContext db, CurrentActor scope, AddressHash hash)
{
    public async Task<Suppression> ExecuteAsync(AddSuppressionRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        var addressHash = request.AddressKey is { Length: > 0 } key ? hash.Of(key) : null;
        var added = new Suppression(request.AddressKey, addressHash, request.InfluencerId, request.Scope, request.ClientId, request.Reason, request.Source);
        var standing = await db.Suppressions.FirstOrDefaultAsync(
            s => s.LiftedAt == null && s.Scope == added.Scope && s.ClientId == added.ClientId && s.InfluencerId == added.InfluencerId && s.AddressHash == addressHash, ct);
        if (standing is not null)
        {
            return standing;
        }

        db.Add(added);
        await db.SaveChangesAsync(ct);
        return added;
    }
}
