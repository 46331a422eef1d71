using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Campaigns;

namespace InfluencerCrm.Api.Campaigns;

internal sealed class CampaignsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Client>("clients", c => new
        {
            c.Name, c.Website, c.Country, c.Languages, c.WatchWords, c.Competitors, c.ToneOfVoice, c.BannedWords, c.Boilerplate, c.TimeZone, c.DataRole,
        })
        .Contains(c => new { c.Members, c.Contacts })
        .Action("restore");
        edm.Type<ClientMember>(m => new { m.UserId, m.Role });
        edm.Type<ClientContact>(c => new { c.Name, c.Function, c.Email, c.Phone });
        edm.Set<Campaign>("campaigns", c => new
        {
            c.ClientId, c.Name, c.Status, c.Decision, c.DecisionReason, c.Aim, c.Intention, c.Register, c.Who, c.What, c.Where, c.When, c.How,
            c.HowMuch, c.Why, c.StartsAt, c.EndsAt, c.Confidential, c.LeadId, c.Budget, c.UtmCampaign,
        })
        .Contains(c => new { c.Objectives, c.KeyMessages, c.Members })
        .Links(c => new { c.Client });
        edm.Type<CampaignObjective>(o => new { o.Kind, o.Kpi, o.Target, o.By }).Contains(o => new { o.Measurements });
        edm.Type<ObjectiveMeasurement>(m => new { m.MeasuredAt, m.Value, m.Note });
        edm.Type<KeyMessage>(m => new { m.Text, m.Position });
        edm.Type<CampaignMember>(m => new { m.UserId });
    }
}
