using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Imports.Columns;

namespace InfluencerCrm.Api.Imports;

/// <summary>Imports of files, running and past, with a word on each row; begun with <c>POST /api/imports</c>.</summary>
public sealed class ImportsController : ReadController<ImportJob>;

/// <summary>Choices of columns, kept by name for files that come again.</summary>
public sealed class ImportPresetsController : WriteController<ImportPreset, ImportPresetChanges>;
