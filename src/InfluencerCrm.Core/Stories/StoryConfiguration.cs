using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Stories;

internal sealed class StoryConfiguration : IEntityTypeConfiguration<Story>
{
    public void Configure(EntityTypeBuilder<Story> builder)
    {
        builder.Property(s => s.Title).HasMaxLength(400);
        builder.Property(s => s.Angle).HasMaxLength(4000);
        builder.Property(s => s.PublicHash).HasMaxLength(64);
        builder.HasOne(s => s.Client).WithMany().HasForeignKey(s => s.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Campaign).WithMany().HasForeignKey(s => s.CampaignId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Story>().WithMany().HasForeignKey(s => s.ReplacesStoryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(s => s.Versions).WithOne().HasForeignKey(v => v.StoryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(s => s.Assets).WithOne().HasForeignKey(a => a.StoryId).OnDelete(DeleteBehavior.Cascade);
        builder.Ignore(s => s.IsApproved);
        builder.HasIndex(s => new { s.ClientId, s.Status });
        builder.HasIndex(s => s.CampaignId);
    }
}
