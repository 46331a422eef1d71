namespace InfluencerCrm.Core.Stories;

/// <summary>What sort of text is pitched.</summary>
public enum StoryKind
{
    Release,
    Pitch,
    Statement,
    Invitation,
    OpEd,
    Alert,
}

/// <summary>Where a story stands.</summary>
public enum StoryStatus
{
    Draft,
    InReview,
    Approved,
    Public,
    Withdrawn,
}
