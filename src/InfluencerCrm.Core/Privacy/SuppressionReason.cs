namespace InfluencerCrm.Core.Privacy;

/// <summary>Why an address must not be mailed.</summary>
public enum SuppressionReason
{
    Unsubscribe,
    Bounce,
    Complaint,
    Manual,
    Erasure,
}

/// <summary>Who must not mail it.</summary>
public enum SuppressionScope
{
    /// <summary>Nobody here.</summary>
    All,

    /// <summary>Nobody for this client.</summary>
    Client,
}
