using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Api.Influencers;

internal sealed class InfluencersEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Influencer>("influencers", i => new
        {
            i.Kind, i.IsDesk, i.DisplayName, i.FirstName, i.LastName, i.Email, i.Phone, i.EmailStatus, i.Country, i.City, i.CoverageArea,
            i.Language, i.Languages, i.TimeZone, i.Bio, i.About, i.Vip, i.PhotoUrl, i.Audience, i.InfluenceScore, i.ReachScore, i.ResonanceScore,
            i.RelationshipScore, i.RelationshipStage, i.RelationshipAim, i.LastInteractionAt, i.LastCoverageAt, i.PreferredChannel, i.AwayUntil,
            i.AwayDelegateId, i.DoNotContact, i.DoNotContactReason, i.AcceptsEmbargo, i.LawfulBasis, i.DataSource, i.NoticeSentAt, i.VerifiedAt, i.Tags,
        })
        .Contains(i => new { i.Topics })
        .Links(i => new { i.ContactPoints, i.Presences, i.Affiliations, i.Relationships, i.Interactions, i.Coverage })
        .Action("restore");
        edm.Type<InfluencerTopic>(t => new { t.InfluencerId, t.TopicId, t.Weight, t.Stance, t.Strength, t.Source, t.EvidenceCount, t.LastEvidenceAt })
            .Links(t => new { t.Topic });
        edm.Set<ContactPoint>("contactPoints", c => new
        {
            c.InfluencerId, c.OutletId, c.AffiliationId, c.Kind, c.Value, c.Label, c.Use, c.Shared, c.Primary, c.Status, c.Source, c.VerifiedAt,
        })
        .Links(c => new { c.Influencer, c.Outlet });
        edm.Set<Relationship>("relationships", r => new
        {
            r.InfluencerId, r.ClientId, r.OwnerId, r.Stage, r.StageEvidenceId, r.Aim, r.Formality, r.Salutation,
        })
        .Links(r => new { r.Influencer, r.Client });
    }
}
