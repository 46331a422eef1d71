using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Imports;

namespace InfluencerCrm.Api.Imports;

internal sealed class ImportsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<ImportJob>("imports", i => new
        {
            i.FileName, i.Format, i.Kind, i.DryRun, i.Status, i.Total, i.Processed, i.Created, i.Updated, i.Unchanged, i.Refused, i.Error, i.StartedAt, i.FinishedAt, i.RequestedById,
        })
        .Contains(i => new { i.Rows });
        edm.Type<ImportRow>(r => new { r.Line, r.Outcome, r.InfluencerId, r.Code, r.Message });
    }
}
