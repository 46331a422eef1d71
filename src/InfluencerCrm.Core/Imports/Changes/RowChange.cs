using System.Text.Json;

namespace InfluencerCrm.Core.Imports.Changes;

/// <summary>One thing that a row of a file changed, as it is kept with the row's word.</summary>
/// <param name="Entity">The kind of record: <c>influencer</c>, <c>contactPoint</c>, <c>affiliation</c>, <c>influencerTopic</c>, <c>outlet</c>, <c>coveragePiece</c> …</param>
/// <param name="Id">Null in a dry run where the record would be new.</param>
/// <param name="Member">The member that got another value; null where the whole record is new, and <paramref name="After"/> says what it is.</param>
public sealed record RowChange(string Entity, long? Id, string? Member, JsonElement Before, JsonElement After);
