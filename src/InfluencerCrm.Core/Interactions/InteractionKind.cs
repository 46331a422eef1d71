namespace InfluencerCrm.Core.Interactions;

/// <summary>What happened, or is to happen.</summary>
public enum InteractionKind
{
    Pitch,
    Meeting,
    Call,
    Email,
    Reply,
    Coverage,
    SocialExchange,
    Event,
    Interview,
    Note,
}

/// <summary>Whether it happened.</summary>
public enum InteractionStatus
{
    Planned,
    Done,
    Cancelled,
    NoShow,
}

/// <summary>Who came to whom.</summary>
public enum InteractionDirection
{
    Outbound,
    Inbound,
}

/// <summary>What came of it.</summary>
public enum InteractionOutcome
{
    None,
    NoReply,
    Interested,
    NeedsInfo,
    Declined,
    Redirected,
    Agreed,
    Covered,
}

/// <summary>The tone of an interaction, a piece or a mention.</summary>
public enum Sentiment
{
    Negative,
    Neutral,
    Positive,
}
