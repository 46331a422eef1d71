using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for a member of a campaign.</summary>
public sealed record CampaignMemberChanges
{
    public Optional<int> UserId { get; init; }
}
