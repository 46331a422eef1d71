namespace InfluencerCrm.Core.Imports.Columns;

/// <summary>What one column of a file is taken as.</summary>
/// <param name="Field">The field's word; null: the column is not taken.</param>
public sealed record ColumnUse(string Heading, string? Field);
