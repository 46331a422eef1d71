using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Tasks;

/// <summary>What may be sent for a task.</summary>
public sealed record CrmTaskChanges
{
    public Optional<string> Title { get; init; }

    public Optional<DateTime?> DueAt { get; init; }

    public Optional<int?> AssigneeId { get; init; }

    public Optional<int?> InfluencerId { get; init; }

    public Optional<int?> CampaignId { get; init; }

    public Optional<int?> StoryId { get; init; }

    public Optional<int?> RequestId { get; init; }

    /// <summary>Null: still open.</summary>
    public Optional<DateTime?> DoneAt { get; init; }
}
