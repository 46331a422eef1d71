namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>Why one row of a file cannot be read, while the rows after it can.</summary>
/// <param name="Code">Stable slug: <c>unclosedQuote</c>, <c>badQuotes</c>, <c>tooManyCells</c>, <c>cellTooLong</c>, <c>rowTooLong</c>, <c>undecodable</c>; of a sheet also <c>mergedTitle</c>;
/// of a vCard also <c>unclosedCard</c>, <c>strayLines</c>, <c>groupCard</c>, <c>notAPerson</c>.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record RowFault(string Code, string Message);
