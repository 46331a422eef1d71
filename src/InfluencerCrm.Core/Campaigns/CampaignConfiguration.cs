using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Campaigns;

internal sealed class CampaignConfiguration : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> builder)
    {
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Property(c => c.UtmCampaign).HasMaxLength(100);
        foreach (var text in new[]
        {
            nameof(Campaign.DecisionReason), nameof(Campaign.Who), nameof(Campaign.What), nameof(Campaign.Where),
            nameof(Campaign.When), nameof(Campaign.How), nameof(Campaign.HowMuch), nameof(Campaign.Why),
        })
        {
            builder.Property(text).HasMaxLength(4000);
        }

        builder.HasOne(c => c.Client).WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.LeadId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Objectives).WithOne().HasForeignKey(o => o.CampaignId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(c => c.KeyMessages).WithOne().HasForeignKey(k => k.CampaignId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(c => c.Members).WithOne().HasForeignKey(m => m.CampaignId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.ClientId, c.StartsAt });

        // Whoever signs in has the confidential campaigns looked up.
        builder.HasIndex(c => c.Confidential);
    }
}
