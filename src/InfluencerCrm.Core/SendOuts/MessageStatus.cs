namespace InfluencerCrm.Core.SendOuts;

/// <summary>What became of one message.</summary>
public enum MessageStatus
{
    Queued,
    Sending,
    Sent,

    /// <summary>The server asked us to come again; it is due once more at its new time.</summary>
    Deferred,

    Failed,
    Bounced,

    /// <summary>The connection was lost when the server had the mail and had not answered: nobody knows, and it is never sent again by itself.</summary>
    Unconfirmed,

    Skipped,
    Cancelled,
}

/// <summary>How a message reaches its person.</summary>
public enum MessageChannel
{
    Email,

    /// <summary>A task for somebody of the team, where the person has no e-mail.</summary>
    Manual,
}

/// <summary>Why a person on the list gets no mail.</summary>
public enum SkipReason
{
    Suppressed,
    DoNotContact,
    NoAddress,
    DuplicateAddress,
    Bounced,
    Embargo,
    ContactPressure,
    Away,

    /// <summary>The person has answered, or met us, or published, since the mail that this one follows up.</summary>
    Answered,

    /// <summary>The address was changed after the list was frozen.</summary>
    AddressChanged,

    Erased,

    /// <summary>The person was archived after the list was frozen.</summary>
    Archived,
}
