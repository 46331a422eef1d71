namespace InfluencerCrm.Core.Coverage;

/// <summary>Where a piece appeared.</summary>
public enum CoverageMedium
{
    Online,
    Print,
    Tv,
    Radio,
    Podcast,
    Newsletter,
    Social,
    Wire,
}

/// <summary>How a piece came about.</summary>
public enum CoverageMedia
{
    Earned,
    Paid,
    Owned,
    Shared,
}

/// <summary>Whether a piece is about us, and who says so.</summary>
public enum CoverageStatus
{
    /// <summary>Published by people we follow; not about us as far as we know.</summary>
    Observed,

    /// <summary>Perhaps about us; somebody has to say so.</summary>
    Suggested,
    Confirmed,
    Rejected,
}

/// <summary>How much of a piece a mention is.</summary>
public enum Prominence
{
    Passing,
    Secondary,
    Main,
    Headline,
}
