using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for an objective of a campaign.</summary>
public sealed record CampaignObjectiveChanges
{
    public Optional<string> Kind { get; init; }

    public Optional<string?> Kpi { get; init; }

    public Optional<decimal?> Target { get; init; }

    public Optional<DateTime?> By { get; init; }
}
