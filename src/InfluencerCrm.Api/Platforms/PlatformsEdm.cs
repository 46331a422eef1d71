using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Platforms;

namespace InfluencerCrm.Api.Platforms;

internal sealed class PlatformsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Platform>("platforms", p => new { p.Name, p.RelationModes, p.ExpressionModes, p.Lifecycle, p.UrlPattern });
        edm.Set<Presence>("presences", p => new { p.InfluencerId, p.PlatformId, p.Handle, p.Url, p.Followers, p.EngagementRate, p.Posts, p.MeasuredAt })
            .Contains(p => new { p.Measurements })
            .Links(p => new { p.Influencer, p.Platform });
        edm.Type<PresenceMeasurement>(m => new { m.Followers, m.EngagementRate, m.Posts, m.MeasuredAt });
    }
}
