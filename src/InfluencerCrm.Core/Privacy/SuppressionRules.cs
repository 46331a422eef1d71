using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Privacy;

/// <summary>An opposition is never deleted.</summary>
public sealed class SuppressionRules : IRowRule<Suppression>
{
    public Task CheckAsync(Suppression row, CancellationToken ct) => Task.CompletedTask;

    public Task CheckDeleteAsync(Suppression row, CancellationToken ct) =>
        throw new Conflict("neverDeleted", "A suppression is never deleted; an admin may lift it, with a reason.");
}
