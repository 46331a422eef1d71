namespace InfluencerCrm.Core.Influencers;

/// <summary>What sort of person we write to.</summary>
public enum InfluencerKind
{
    Journalist,
    Blogger,
    Expert,
    Creator,

    /// <summary>Elected, association, analyst.</summary>
    Stakeholder,
}

/// <summary>What is known of an address.</summary>
public enum EmailStatus
{
    Unknown,
    Valid,
    Bounced,
    Complained,
}
