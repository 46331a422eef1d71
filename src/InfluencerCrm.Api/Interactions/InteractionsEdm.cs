using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Interactions;

namespace InfluencerCrm.Api.Interactions;

internal sealed class InteractionsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Interaction>("interactions", i => new
        {
            i.InfluencerId, i.Kind, i.Status, i.Direction, i.Channel, i.OccurredAt, i.EndsAt, i.Location, i.Subject, i.Notes, i.Outcome,
            i.RedirectedToId, i.Sentiment, i.ClientId, i.CampaignId, i.StoryId, i.SendOutId, i.MessageId, i.CoverageId, i.RequestId, i.OutletId,
            i.NextStep, i.NextStepDueAt, i.LoggedBy,
        })
        .Contains(i => new { i.Participants })
        .Links(i => new { i.Influencer, i.Outlet, i.Client, i.Campaign, i.Story });
        edm.Type<InteractionParticipant>(p => new { p.InfluencerId, p.UserId }).Links(p => new { p.Influencer });
    }
}
