using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Imports.Rows;

/// <summary>A row as it was read, before anybody looked into the database.</summary>
/// <param name="Problems">What is wrong with it, whether it is refused for it or loses a value.</param>
internal record ReadRow(TableRow Row, IReadOnlyList<RowProblem> Problems);
