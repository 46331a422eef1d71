using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Interactions;

internal sealed class InteractionConfiguration : IEntityTypeConfiguration<Interaction>
{
    public void Configure(EntityTypeBuilder<Interaction> builder)
    {
        builder.Property(i => i.Channel).HasMaxLength(40);
        builder.Property(i => i.Subject).HasMaxLength(1000);
        builder.Property(i => i.Notes).HasMaxLength(20_000);
        builder.Property(i => i.NextStep).HasMaxLength(1000);
        builder.HasOne(i => i.Influencer).WithMany(p => p.Interactions).HasForeignKey(i => i.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Influencer>().WithMany().HasForeignKey(i => i.RedirectedToId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(i => i.Outlet).WithMany().HasForeignKey(i => i.OutletId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<CoveragePiece>().WithMany().HasForeignKey(i => i.CoverageId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PressRequest>().WithMany().HasForeignKey(i => i.RequestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.LoggedBy).OnDelete(DeleteBehavior.Restrict);

        // A person's history, newest first; and when somebody was last written to.
        builder.HasIndex(i => new { i.InfluencerId, i.OccurredAt, i.Id }).IsDescending(false, true, true);
        builder.HasIndex(i => new { i.OccurredAt, i.Id });
        builder.HasIndex(i => new { i.ClientId, i.OccurredAt }).HasFilter("\"ClientId\" IS NOT NULL");
        builder.HasIndex(i => new { i.CampaignId, i.OccurredAt }).HasFilter("\"CampaignId\" IS NOT NULL");
        builder.HasIndex(i => new { i.StoryId, i.InfluencerId }).HasFilter("\"StoryId\" IS NOT NULL");
        builder.HasIndex(i => i.NextStepDueAt).HasFilter("\"NextStepDueAt\" IS NOT NULL");
        builder.HasIndex(i => i.MessageId).IsUnique();
        builder.HasIndex(i => i.SendOutId);
        builder.HasIndex(i => i.OutletId);
        builder.HasIndex(i => i.CoverageId);
        builder.HasIndex(i => i.RequestId);
        builder.HasIndex(i => i.RedirectedToId);
        builder.HasIndex(i => i.LoggedBy);
        builder.HasIndex(i => i.UpdatedAt);
    }
}
