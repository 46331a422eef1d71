namespace InfluencerCrm.Core.Privacy;

/// <summary>Why an address must not be mailed.</summary>
public enum SuppressionReason
{
    Unsubscribe,

    /// <summary>
    /// Mails to the address come back. It binds the address and never a person: whoever has another one is written to there. Lifting it
    /// unmarks the address, and a reply from the address lifts it.
    /// </summary>
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
