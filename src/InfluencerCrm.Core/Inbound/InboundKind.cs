namespace InfluencerCrm.Core.Inbound;

/// <summary>What a mail that came in is.</summary>
public enum InboundKind
{
    /// <summary>A person answers.</summary>
    Reply,

    /// <summary>A mail of ours was not delivered, finally.</summary>
    Bounce,

    /// <summary>A machine answers for the person: away, changed address, received.</summary>
    AutoReply,

    /// <summary>The recipient, or their provider for them, calls a mail of ours spam.</summary>
    Complaint,

    /// <summary>Somebody wants no more mails.</summary>
    Unsubscribe,

    /// <summary>A mail of ours waits at a server that goes on trying.</summary>
    Delay,

    /// <summary>Anything else: mails that answer nothing, reports of delivery, receipts, newsletters.</summary>
    Other,
}

/// <summary>Whether a bounce is the address's fault.</summary>
public enum BounceType
{
    /// <summary>There is no such mailbox, and there will be none tomorrow.</summary>
    Hard,

    /// <summary>A full mailbox, a server that is down, a filter that dislikes the mail: the address may be good.</summary>
    Soft,
}

/// <summary>What became of a mail at one recipient (RFC 3464 §2.3.3).</summary>
public enum ReportedAction
{
    Failed,
    Delayed,

    /// <summary>Delivered, relayed or expanded: the mail left us and was taken.</summary>
    Delivered,
}
