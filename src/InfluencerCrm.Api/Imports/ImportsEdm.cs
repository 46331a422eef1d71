using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Imports.Columns;

namespace InfluencerCrm.Api.Imports;

internal sealed class ImportsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<ImportJob>("imports", i => new
        {
            i.FileName, i.Format, i.Kind, i.DryRun, i.Status, i.Total, i.Processed, i.Created, i.Updated, i.Unchanged, i.Refused, i.Undone, i.Kept, i.Description, i.Columns, i.Error, i.StartedAt, i.FinishedAt, i.RequestedById,
        })
        .Contains(i => new { i.Rows });
        edm.Type<ImportRow>(r => new { r.Line, r.Outcome, r.InfluencerId, r.TargetId, r.Code, r.Message, r.Changes, r.Reverted, r.RevertNote });
        edm.Set<ImportPreset>("importPresets", p => new { p.Name, p.Kind }).Contains(p => new { p.Columns });
        edm.Type<ImportPresetColumn>(c => new { c.Heading, c.Field });
    }
}
