using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for a campaign.</summary>
public sealed record CampaignChanges
{
    public Optional<int?> ClientId { get; init; }

    public Optional<string> Name { get; init; }

    public Optional<CampaignStatus> Status { get; init; }

    public Optional<CampaignDecision?> Decision { get; init; }

    public Optional<string?> DecisionReason { get; init; }

    public Optional<RelationshipAim?> Aim { get; init; }

    public Optional<CampaignIntention?> Intention { get; init; }

    public Optional<CampaignRegister?> Register { get; init; }

    public Optional<string?> Who { get; init; }

    public Optional<string?> What { get; init; }

    public Optional<string?> Where { get; init; }

    public Optional<string?> When { get; init; }

    public Optional<string?> How { get; init; }

    public Optional<string?> HowMuch { get; init; }

    public Optional<string?> Why { get; init; }

    public Optional<DateTime?> StartsAt { get; init; }

    public Optional<DateTime?> EndsAt { get; init; }

    /// <summary>Hides the campaign, and every row that bears its id, from all but its members and admins.</summary>
    public Optional<bool> Confidential { get; init; }

    public Optional<int?> LeadId { get; init; }

    public Optional<decimal?> Budget { get; init; }

    public Optional<string?> UtmCampaign { get; init; }
}
