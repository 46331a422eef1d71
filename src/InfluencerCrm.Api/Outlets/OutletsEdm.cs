using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Api.Outlets;

internal sealed class OutletsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm) =>
        edm.Set<Outlet>("outlets", o => new
        {
            o.Name, o.Kind, o.ParentId, o.Unit, o.Scope, o.Country, o.Language, o.TimeZone, o.Url, o.Audience, o.AudienceSource, o.Periodicity, o.ClosingDay,
        }).Links(o => new { o.Parent });
}
