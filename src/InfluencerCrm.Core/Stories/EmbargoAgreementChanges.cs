using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Stories;

/// <summary>What may be sent for an embargo agreement.</summary>
public sealed record EmbargoAgreementChanges
{
    public Optional<int> StoryId { get; init; }

    public Optional<int> InfluencerId { get; init; }

    public Optional<EmbargoStatus> Status { get; init; }

    public Optional<DateTime?> At { get; init; }

    /// <summary>Until when the person accepted; null, or not sent where the status becomes `accepted`: the story's `embargoUntil`.</summary>
    public Optional<DateTime?> AcceptedUntil { get; init; }

    public Optional<long?> EvidenceId { get; init; }
}
