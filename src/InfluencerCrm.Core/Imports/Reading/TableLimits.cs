namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>How much of a foreign file is taken before it is refused; keeps memory flat whatever is uploaded.</summary>
public sealed record TableLimits
{
    public static TableLimits Default { get; } = new();

    public int CellCharacters { get; init; } = 64 * 1024;

    /// <summary>Also the longest line: a longer one means that the file is not a table, and reading stops there.</summary>
    public int RowCharacters { get; init; } = 1024 * 1024;

    public int Columns { get; init; } = 512;

    public int ArchiveEntries { get; init; } = 10_000;

    /// <summary>What a packed file may grow to. One million rows of twelve columns are about 700 MB of XML.</summary>
    public long InflatedBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Deflate reaches 1,032; sheets that people make stay under 60.</summary>
    public int InflateRatio { get; init; } = 200;

    /// <summary>Under this size the ratio is not looked at: a tiny part may be all repetition.</summary>
    public long RatioFreeBytes { get; init; } = 16 * 1024 * 1024;
}
