using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Core.Imports;

/// <summary>Section <c>Imports</c>.</summary>
public sealed record ImportOptions
{
    /// <summary>Where uploaded files wait until they are read in; then they are removed. All hosts of one installation share it.</summary>
    [Required]
    public string Folder { get; init; } = "data/imports";

    [Range(1, long.MaxValue)]
    public long MaxBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>Rows of one transaction: others wait for it to end, so it should take a few tenths of a second at most.</summary>
    [Range(1, 2000)]
    public int BatchRows { get; init; } = 1500;
}
