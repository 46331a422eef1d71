namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>What is wrong with a row.</summary>
/// <param name="Column">The file's own heading; null for the row as a whole.</param>
/// <param name="Code">Stable slug: <c>badAddress</c>, <c>controlCharacter</c>, <c>tooLong</c>, <c>noName</c>, <c>unknownCountry</c>, <c>unknownLanguage</c>, <c>unknownKind</c>, <c>notAPhone</c>, or the code of a <see cref="Reading.RowFault"/>.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="Refuses">True: the row is not imported. False: it is, without this value.</param>
public sealed record RowProblem(string? Column, string Code, string Message, bool Refuses);
