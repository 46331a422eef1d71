using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Stories;

/// <summary>What may be sent for a promise.</summary>
public sealed record PromiseChanges
{
    public Optional<PromiseKind> Kind { get; init; }

    public Optional<int?> StoryId { get; init; }

    public Optional<int?> InfluencerId { get; init; }

    public Optional<int?> OutletId { get; init; }

    public Optional<DateTime?> Until { get; init; }

    public Optional<PromiseStatus> Status { get; init; }
}
