using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Requests;

namespace InfluencerCrm.Api.Requests;

internal sealed class RequestsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm) =>
        edm.Set<PressRequest>("requests", r => new
        {
            r.InfluencerId, r.OutletId, r.ClientId, r.ReceivedAt, r.DeadlineAt, r.Kind, r.Question, r.Status, r.AssignedToId, r.Answer, r.CoverageId,
        })
        .Links(r => new { r.Influencer, r.Outlet, r.Client });
}
