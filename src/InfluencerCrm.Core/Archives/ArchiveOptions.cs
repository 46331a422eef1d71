using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Core.Archives;

/// <summary>Section <c>Archive</c>.</summary>
public sealed record ArchiveOptions
{
    /// <summary>The largest archive that is taken in.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; init; } = 16L * 1024 * 1024 * 1024;
}
