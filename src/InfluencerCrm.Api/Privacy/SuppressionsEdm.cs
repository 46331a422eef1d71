using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Privacy;

namespace InfluencerCrm.Api.Privacy;

internal sealed class SuppressionsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm) =>
        edm.Set<Suppression>("suppressions", s => new
        {
            s.Address, s.InfluencerId, s.Scope, s.ClientId, s.Reason, s.Source, s.LiftedAt, s.LiftedById, s.LiftReason,
        })
        .Action("lift");
}
