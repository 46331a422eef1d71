using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Imports.Rows;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>A row of people as it was read, before anybody looked into the database.</summary>
/// <param name="Person">Null where the row itself is refused.</param>
/// <param name="NameKey">The name as people are compared by it.</param>
internal sealed record ReadPerson(TableRow Row, PersonRow? Person, IReadOnlyList<RowProblem> Problems, string NameKey) : ReadRow(Row, Problems);
