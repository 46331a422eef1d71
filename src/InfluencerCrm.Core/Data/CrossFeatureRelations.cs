using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Tasks;
using InfluencerCrm.Core.Watch;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// Foreign keys between features; those with a navigation can be followed from the row that holds the key. All of them restrict: what they point to has history, and SQL Server
/// takes one cascade path into a table only.
/// </summary>
internal static class CrossFeatureRelations
{
    public static void Configure(ModelBuilder builder)
    {
        Refer<Relationship, Client>(builder, nameof(Relationship.ClientId), nameof(Relationship.Client));
        Refer<Interaction, Client>(builder, nameof(Interaction.ClientId), nameof(Interaction.Client));
        Refer<Interaction, Campaign>(builder, nameof(Interaction.CampaignId), nameof(Interaction.Campaign));
        Refer<Interaction, Story>(builder, nameof(Interaction.StoryId), nameof(Interaction.Story));
        Refer<Interaction, SendOut>(builder, nameof(Interaction.SendOutId));
        Refer<Interaction, Message>(builder, nameof(Interaction.MessageId));
        Refer<PressRequest, Client>(builder, nameof(PressRequest.ClientId), nameof(PressRequest.Client));
        Refer<CoveragePiece, Campaign>(builder, nameof(CoveragePiece.CampaignId), nameof(CoveragePiece.Campaign));
        Refer<CoveragePiece, Story>(builder, nameof(CoveragePiece.StoryId), nameof(CoveragePiece.Story));
        Refer<CoverageMention, Client>(builder, nameof(CoverageMention.ClientId), nameof(CoverageMention.Client));
        Refer<EmbargoAgreement, Influencer>(builder, nameof(EmbargoAgreement.InfluencerId), nameof(EmbargoAgreement.Influencer));
        Refer<EmbargoAgreement, Interaction>(builder, nameof(EmbargoAgreement.EvidenceId));
        Refer<Promise, Influencer>(builder, nameof(Promise.InfluencerId), nameof(Promise.Influencer));
        Refer<Promise, Outlet>(builder, nameof(Promise.OutletId), nameof(Promise.Outlet));
        Refer<Story, Outlet>(builder, nameof(Story.ExclusiveOutletId));
        Refer<Suppression, Influencer>(builder, nameof(Suppression.InfluencerId));
        Refer<CrmTask, Influencer>(builder, nameof(CrmTask.InfluencerId), nameof(CrmTask.Influencer));
        Refer<CrmTask, PressRequest>(builder, nameof(CrmTask.RequestId));
        Refer<Feed, Outlet>(builder, nameof(Feed.OutletId));
        Refer<Feed, Influencer>(builder, nameof(Feed.InfluencerId));
        builder.Entity<MediaListMember>().HasOne(m => m.Influencer).WithMany().HasForeignKey(m => m.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.Entity<Message>().HasOne(m => m.Influencer).WithMany().HasForeignKey(m => m.InfluencerId).OnDelete(DeleteBehavior.Restrict);
    }

    private static void Refer<T, TPrincipal>(ModelBuilder builder, string property, string? navigation = null)
        where T : class
        where TPrincipal : class =>
        builder.Entity<T>().HasOne(typeof(TPrincipal), navigation).WithMany().HasForeignKey(property).OnDelete(DeleteBehavior.Restrict);
}
