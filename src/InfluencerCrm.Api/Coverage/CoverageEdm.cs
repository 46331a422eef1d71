using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Coverage;

namespace InfluencerCrm.Api.Coverage;

internal sealed class CoverageEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<CoveragePiece>("coverage", c => new
        {
            c.Url, c.Title, c.Excerpt, c.PublishedAt, c.Medium, c.Edition, c.Page, c.DurationSeconds, c.Language, c.OutletId, c.InfluencerId,
            c.CampaignId, c.StoryId, c.Media, c.Sentiment, c.Reach, c.Engagement, c.Status, c.SyndicatedFromId, c.DiscoveredBy,
        })
        .Contains(c => new { c.Mentions, c.Authors })
        .Links(c => new { c.Influencer, c.Outlet, c.Campaign, c.Story });
        edm.Type<CoverageMention>(m => new { m.ClientId, m.Competitor, m.Tone, m.Prominence, m.KeyMessages }).Links(m => new { m.Client });
        edm.Type<CoverageAuthor>(a => new { a.InfluencerId, a.Position }).Links(a => new { a.Influencer });
    }
}
