namespace InfluencerCrm.Core.Imports;

/// <summary>What sort of file is imported.</summary>
public enum ImportFormat
{
    Csv,
    Xlsx,
    Vcard,
    Opml,
}

/// <summary>What its rows become.</summary>
public enum ImportKind
{
    Influencers,
    Outlets,
    Coverage,
    Suppressions,
}

/// <summary>Where an import stands.</summary>
public enum ImportStatus
{
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,

    /// <summary>What it did is being taken back.</summary>
    Reverting,
    Reverted,
}

/// <summary>What became of one row of the file.</summary>
public enum ImportOutcome
{
    Created,
    Updated,
    Unchanged,
    Refused,
}

/// <summary>What became of a row when its import was reverted.</summary>
public enum RevertOutcome
{
    /// <summary>The record the row had created is gone.</summary>
    Removed,

    /// <summary>The values are those of before; the note names what was left.</summary>
    PutBack,

    /// <summary>Left as it is; the note says why.</summary>
    Kept,
}
