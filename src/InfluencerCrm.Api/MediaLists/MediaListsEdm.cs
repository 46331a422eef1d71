using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.MediaLists;

namespace InfluencerCrm.Api.MediaLists;

internal sealed class MediaListsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<MediaList>("mediaLists", l => new { l.Name, l.ClientId, l.CampaignId, l.Kind, l.Filter })
            .Contains(l => new { l.Members })
            .Links(l => new { l.Client, l.Campaign })
            .Action("restore")
            .Action("addMembers")
            .Action("removeMembers")
            .CollectionFunction<Influencer>("resolve", "influencers");
        edm.Type<MediaListMember>(m => new { m.InfluencerId, m.Angle, m.PersonalLine, m.Reason, m.AddedAt }).Links(m => new { m.Influencer });
    }
}
