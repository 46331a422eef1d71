using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Api.Stories;

internal sealed class StoriesEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Story>("stories", s => new
        {
            s.ClientId, s.CampaignId, s.Title, s.Angle, s.Kind, s.Status, s.EmbargoUntil, s.ExclusiveOutletId, s.ExclusiveUntil, s.ReplacesStoryId, s.TopicIds, s.PublicHash,
        })
        .Contains(s => new { s.Versions, s.Assets })
        .Links(s => new { s.Client, s.Campaign })
        .Action("restore")
        .CollectionFunction<EmbargoAgreement>("lapsedAgreements", "embargoAgreements");
        edm.Type<StoryVersion>(v => new { v.Language, v.Title, v.Body });
        edm.Type<StoryAsset>(a => new { a.FileName, a.MediaType, a.Size });
        edm.Set<EmbargoAgreement>("embargoAgreements", a => new { a.StoryId, a.InfluencerId, a.Status, a.At, a.AcceptedUntil, a.EvidenceId }).Links(a => new { a.Story, a.Influencer });
        var promises = edm.Set<Promise>("promises", p => new { p.Kind, p.StoryId, p.InfluencerId, p.OutletId, p.Until, p.Status }).Links(p => new { p.Story, p.Influencer, p.Outlet });

        // Promise is a word of JavaScript: clients generated from $metadata did not compile with a type of that name.
        promises.Configuration.Name = "PressPromise";
    }
}
