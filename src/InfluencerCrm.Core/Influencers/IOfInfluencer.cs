using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// A row that cannot be without its person. The id is nullable in the model all the same: EF joins a required parent
/// inwardly, and the row would vanish from lists where its person is archived.
/// </summary>
public interface IOfInfluencer
{
    int? InfluencerId { get; }

    /// <summary>Ties a row that was created under its owner's address (<c>influencers(1)/affiliations</c>).</summary>
    void BelongTo(int influencerId);
}

internal sealed class InfluencerRequired : IRowRule<IOfInfluencer>
{
    public Task CheckAsync(IOfInfluencer row, CancellationToken ct) => row.InfluencerId is null
        ? throw new RuleViolation("required", "influencerId must be given.", "influencerId")
        : Task.CompletedTask;
}
