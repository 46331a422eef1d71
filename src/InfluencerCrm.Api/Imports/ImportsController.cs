using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Imports;

namespace InfluencerCrm.Api.Imports;

/// <summary>Imports of files, running and past, with a word on each row; begun with <c>POST /api/imports</c>.</summary>
public sealed class ImportsController : ReadController<ImportJob>;
