using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Interactions;

/// <summary>What may be sent for an interaction. Who logged it is the user of the request.</summary>
public sealed record InteractionChanges
{
    public Optional<int?> InfluencerId { get; init; }

    public Optional<InteractionKind> Kind { get; init; }

    /// <summary>Not given: planned if it lies ahead, else done.</summary>
    public Optional<InteractionStatus> Status { get; init; }

    public Optional<InteractionDirection> Direction { get; init; }

    public Optional<string?> Channel { get; init; }

    /// <summary>Not given: now.</summary>
    public Optional<DateTime> OccurredAt { get; init; }

    public Optional<DateTime?> EndsAt { get; init; }

    public Optional<string?> Location { get; init; }

    public Optional<string?> Subject { get; init; }

    public Optional<string?> Notes { get; init; }

    public Optional<InteractionOutcome> Outcome { get; init; }

    public Optional<int?> RedirectedToId { get; init; }

    public Optional<Sentiment?> Sentiment { get; init; }

    public Optional<int?> ClientId { get; init; }

    public Optional<int?> CampaignId { get; init; }

    public Optional<int?> StoryId { get; init; }

    public Optional<int?> SendOutId { get; init; }

    public Optional<long?> MessageId { get; init; }

    public Optional<int?> CoverageId { get; init; }

    public Optional<int?> RequestId { get; init; }

    public Optional<int?> OutletId { get; init; }

    public Optional<string?> NextStep { get; init; }

    public Optional<DateTime?> NextStepDueAt { get; init; }
}
