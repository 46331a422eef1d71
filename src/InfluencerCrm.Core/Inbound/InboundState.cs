namespace InfluencerCrm.Core.Inbound;

/// <summary>What became of a mail that came in.</summary>
public enum InboundState
{
    /// <summary>It did what it may do by itself, or there was nothing to do.</summary>
    Done,

    /// <summary>A person has to look: nothing was changed.</summary>
    Waiting,

    /// <summary>A person has looked, and it did what it says.</summary>
    Applied,

    /// <summary>A person has looked, and it changes nothing.</summary>
    Dismissed,
}

/// <summary>Why a mail waits for a person.</summary>
public enum InboundProblem
{
    /// <summary>It names no mail of ours, neither by Message-ID nor by the address it came to.</summary>
    NoMessage,

    /// <summary>It answers a mail of ours, but comes from another address than that was sent to.</summary>
    OtherSender,

    /// <summary>It reports on a mail of ours, but not about the address that was sent to.</summary>
    OtherRecipient,

    /// <summary>It reports on a mail of ours that was sent more than 14 days ago.</summary>
    TooLate,

    /// <summary>It came to a user's logging address, but nothing proves that it is the user's own: another From, or no signature of that domain that our server vouches for.</summary>
    UnprovenSender,

    /// <summary>A user had it logged, but nobody in To and Cc is known.</summary>
    NobodyKnown,

    /// <summary>It lies in the mailbox and is larger than is taken: only its header was read.</summary>
    TooLarge,

    /// <summary>It lies in the mailbox and could not be read, several times.</summary>
    Unreadable,
}
