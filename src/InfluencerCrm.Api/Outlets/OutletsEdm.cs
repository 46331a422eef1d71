using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Api.Outlets;

internal sealed class OutletsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Outlet>("outlets", o => new
        {
            o.Name, o.Kind, o.ParentId, o.Unit, o.Scope, o.Country, o.Language, o.TimeZone, o.Url, o.Audience, o.AudienceSource, o.Periodicity, o.ClosingDay,
        })
        .Links(o => new { o.Parent, o.Affiliations, o.ContactPoints });
        edm.Set<Affiliation>("affiliations", a => new
        {
            a.InfluencerId, a.OutletId, a.Function, a.Beat, a.Employment, a.From, a.To, a.Primary, a.Source,
        })
        .Links(a => new { a.Influencer, a.Outlet });
    }
}
