using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.SendOuts;

internal sealed class SendOutConfiguration : IEntityTypeConfiguration<SendOut>
{
    public void Configure(EntityTypeBuilder<SendOut> builder)
    {
        builder.Property(s => s.Name).HasMaxLength(200);
        builder.Property(s => s.SubjectTemplate).HasMaxLength(1000).MayBeEmpty();
        builder.Property(s => s.BodyTemplate).HasMaxLength(100_000).MayBeEmpty();
        builder.Property(s => s.FromName).HasMaxLength(200);
        builder.Property(s => s.FromAddress).HasMaxLength(320);
        builder.Property(s => s.ReplyTo).HasMaxLength(320);
        builder.Property(s => s.PauseReason).HasMaxLength(1000);

        // For the rows that were there before.
        builder.Property(s => s.WhenAway).HasDefaultValue(AwayRule.Skip);
        builder.Property(s => s.StopReason).HasMaxLength(1000);
        builder.PrimitiveCollection(s => s.QuietDays).ElementType(e => e.HasMaxLength(200));
        builder.HasOne(s => s.Client).WithMany().HasForeignKey(s => s.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Campaign).WithMany().HasForeignKey(s => s.CampaignId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Story).WithMany().HasForeignKey(s => s.StoryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.MediaList).WithMany().HasForeignKey(s => s.MediaListId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.SenderAccount).WithMany().HasForeignKey(s => s.SenderAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team.User>().WithMany().HasForeignKey(s => s.StoppedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SendOut>().WithMany().HasForeignKey(s => s.FollowUpOfId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(s => s.Variants).WithOne().HasForeignKey(v => v.SendOutId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(s => s.Assets).WithOne().HasForeignKey(a => a.SendOutId).OnDelete(DeleteBehavior.Cascade);
        builder.Ignore(s => s.IsDraft);

        // The dispatcher asks which send-outs are to begin and which may be complete.
        builder.HasIndex(s => new { s.Status, s.ScheduledAt });
        builder.HasIndex(s => s.ClientId);
        builder.HasIndex(s => s.CampaignId);
        builder.HasIndex(s => s.StoryId);
    }
}
