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
}

/// <summary>What became of one row of the file.</summary>
public enum ImportOutcome
{
    Created,
    Updated,
    Unchanged,
    Refused,
}
