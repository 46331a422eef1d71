using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Stories;

/// <summary>What may be sent for a story.</summary>
public sealed record StoryChanges
{
    public Optional<int?> ClientId { get; init; }

    public Optional<int?> CampaignId { get; init; }

    public Optional<string> Title { get; init; }

    public Optional<string?> Angle { get; init; }

    public Optional<StoryKind> Kind { get; init; }

    public Optional<StoryStatus> Status { get; init; }

    public Optional<DateTime?> EmbargoUntil { get; init; }

    public Optional<int?> ExclusiveOutletId { get; init; }

    public Optional<DateTime?> ExclusiveUntil { get; init; }

    /// <summary>The story this one takes the place of.</summary>
    public Optional<int?> ReplacesStoryId { get; init; }

    public Optional<List<int>> TopicIds { get; init; }
}
