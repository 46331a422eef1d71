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
/// Foreign keys between features that need no navigation. All of them restrict: what they point to has history, and SQL Server
/// takes one cascade path into a table only.
/// </summary>
internal static class CrossFeatureRelations
{
    public static void Configure(ModelBuilder builder)
    {
        Refer<Relationship, Client>(builder, nameof(Relationship.ClientId));
        Refer<Interaction, Client>(builder, nameof(Interaction.ClientId));
        Refer<Interaction, Campaign>(builder, nameof(Interaction.CampaignId));
        Refer<Interaction, Story>(builder, nameof(Interaction.StoryId));
        Refer<Interaction, SendOut>(builder, nameof(Interaction.SendOutId));
        Refer<Interaction, Message>(builder, nameof(Interaction.MessageId));
        Refer<PressRequest, Client>(builder, nameof(PressRequest.ClientId));
        Refer<CoveragePiece, Campaign>(builder, nameof(CoveragePiece.CampaignId));
        Refer<CoveragePiece, Story>(builder, nameof(CoveragePiece.StoryId));
        Refer<CoverageMention, Client>(builder, nameof(CoverageMention.ClientId));
        Refer<EmbargoAgreement, Influencer>(builder, nameof(EmbargoAgreement.InfluencerId));
        Refer<EmbargoAgreement, Interaction>(builder, nameof(EmbargoAgreement.EvidenceId));
        Refer<Promise, Influencer>(builder, nameof(Promise.InfluencerId));
        Refer<Promise, Outlet>(builder, nameof(Promise.OutletId));
        Refer<Story, Outlet>(builder, nameof(Story.ExclusiveOutletId));
        Refer<Suppression, Influencer>(builder, nameof(Suppression.InfluencerId));
        Refer<CrmTask, Influencer>(builder, nameof(CrmTask.InfluencerId));
        Refer<CrmTask, PressRequest>(builder, nameof(CrmTask.RequestId));
        Refer<Feed, Outlet>(builder, nameof(Feed.OutletId));
        Refer<Feed, Influencer>(builder, nameof(Feed.InfluencerId));
        builder.Entity<MediaListMember>().HasOne(m => m.Influencer).WithMany().HasForeignKey(m => m.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.Entity<Message>().HasOne(m => m.Influencer).WithMany().HasForeignKey(m => m.InfluencerId).OnDelete(DeleteBehavior.Restrict);
    }

    private static void Refer<T, TPrincipal>(ModelBuilder builder, string property)
        where T : class
        where TPrincipal : class =>
        builder.Entity<T>().HasOne(typeof(TPrincipal)).WithMany().HasForeignKey(property).OnDelete(DeleteBehavior.Restrict);
}
