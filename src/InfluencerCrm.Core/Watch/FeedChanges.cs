using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Watch;

/// <summary>What may be sent for a feed.</summary>
public sealed record FeedChanges
{
    public Optional<string> Url { get; init; }

    public Optional<string?> Title { get; init; }

    public Optional<int?> OutletId { get; init; }

    public Optional<int?> InfluencerId { get; init; }

    public Optional<bool> Active { get; init; }
}
