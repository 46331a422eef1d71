using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>What may be sent for a member of a media list.</summary>
public sealed record MediaListMemberChanges
{
    public Optional<int> InfluencerId { get; init; }

    public Optional<string?> Angle { get; init; }

    public Optional<string?> PersonalLine { get; init; }

    public Optional<string?> Reason { get; init; }
}
