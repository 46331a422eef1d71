namespace InfluencerCrm.Core.Exports;

/// <summary>A table that leaves the product: headings, and rows that are read while they are written.</summary>
/// <param name="Name">What the table holds, for the file's name and the workbook's sheet: <c>influencers</c>.</param>
/// <param name="Headings">One for each cell of a row. Those of people are headings that the import knows.</param>
/// <param name="Rows">Cells are null, <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="DateTime"/> in UTC.</param>
public sealed record Sheet(string Name, IReadOnlyList<string> Headings, IAsyncEnumerable<IReadOnlyList<object?>> Rows);
