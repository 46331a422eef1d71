using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Tasks;

namespace InfluencerCrm.Api.Tasks;

internal sealed class TasksEdm : IEdmPart
{
    public void Describe(EdmBuilder edm) =>
        edm.Set<CrmTask>("tasks", t => new { t.Title, t.DueAt, t.AssigneeId, t.InfluencerId, t.CampaignId, t.StoryId, t.RequestId, t.DoneAt })
            .Links(t => new { t.Influencer, t.Campaign, t.Story });
}
