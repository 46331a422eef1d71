using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Coverage;

namespace InfluencerCrm.Api.Coverage;

/// <summary>Published pieces: about us, or what people we follow publish.</summary>
public sealed class CoverageController : WriteController<CoveragePiece, CoverageChanges>;
