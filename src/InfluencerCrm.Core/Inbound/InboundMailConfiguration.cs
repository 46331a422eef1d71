using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Inbound;

internal sealed class InboundMailConfiguration : IEntityTypeConfiguration<InboundMail>
{
    public const int ReasonLength = 1000;

    public void Configure(EntityTypeBuilder<InboundMail> builder)
    {
        builder.Property(m => m.FromAddress).HasMaxLength(320);
        builder.Property(m => m.Subject).HasMaxLength(1000);
        builder.Property(m => m.ReplyText).HasMaxLength(20_000);
        builder.Property(m => m.Recipient).HasMaxLength(320);
        builder.Property(m => m.StatusCode).HasMaxLength(20);
        builder.Property(m => m.Reason).HasMaxLength(ReasonLength);
        builder.Property(m => m.MailKey).HasMaxLength(64);
        builder.HasOne<Message>().WithMany().HasForeignKey(m => m.MessageId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Influencer>().WithMany().HasForeignKey(m => m.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Client>().WithMany().HasForeignKey(m => m.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Campaign>().WithMany().HasForeignKey(m => m.CampaignId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.ResolvedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.LoggedById).OnDelete(DeleteBehavior.Restrict);

        // Each mail is taken once.
        builder.HasIndex(m => m.MailKey).IsUnique();

        // What waits for a person, the oldest first.
        builder.HasIndex(m => new { m.State, m.DueAt });

        // The bounces of a person's address in the last 30 days.
        builder.HasIndex(m => new { m.InfluencerId, m.ReceivedAt });
    }
}
