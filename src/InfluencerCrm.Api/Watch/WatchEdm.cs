using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Watch;

namespace InfluencerCrm.Api.Watch;

internal sealed class WatchEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Feed>("feeds", f => new { f.Url, f.Title, f.OutletId, f.InfluencerId, f.Active, f.LastReadAt, f.LastError });
        edm.Set<MediaWatch>("watches", w => new { w.Name, w.ClientId, w.Words, w.TopicIds, w.Active });
    }
}
