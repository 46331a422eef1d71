namespace InfluencerCrm.Core.Campaigns;

/// <summary>Where a campaign stands.</summary>
public enum CampaignStatus
{
    Draft,
    Planned,
    Active,
    Paused,
    Completed,
    Cancelled,
}

/// <summary>Whether the client is to speak at all.</summary>
public enum CampaignDecision
{
    Go,
    ListenOnly,
    DoNotGo,
}

/// <summary>What a campaign does for its readers.</summary>
public enum CampaignIntention
{
    Amuse,
    Distract,
    Inform,
}

/// <summary>Whom a campaign speaks to.</summary>
public enum CampaignRegister
{
    B2b,
    B2c,
}
