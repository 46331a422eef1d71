namespace InfluencerCrm.Core.SendOuts;

/// <summary>Where a send-out stands.</summary>
public enum SendOutStatus
{
    Draft,
    Scheduled,
    Sending,
    Paused,
    Completed,
    Cancelled,
}

/// <summary>What a send-out is for; decides which interaction a sent mail leaves.</summary>
public enum SendOutPurpose
{
    Pitch,
    Release,
    Invitation,
    Statement,
    Correction,
    EmbargoTeaser,
    EmbargoContent,
    FollowUp,
    Notice,
}

/// <summary>When each recipient's mail leaves.</summary>
public enum SendOutTiming
{
    /// <summary>All at the scheduled moment, as fast as the pace allows.</summary>
    Instant,

    /// <summary>At the same time of day in each recipient's own zone.</summary>
    RecipientLocalTime,
}

/// <summary>What happens to people who are away when their mail would leave. A correction goes to them all the same.</summary>
public enum AwayRule
{
    /// <summary>They get no mail.</summary>
    Skip,

    /// <summary>Their mail leaves when they are back.</summary>
    Wait,
}

/// <summary>How files travel.</summary>
public enum AssetMode
{
    Link,
    Attach,
}
