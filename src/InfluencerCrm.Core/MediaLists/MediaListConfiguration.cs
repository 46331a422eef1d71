using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.MediaLists;

internal sealed class MediaListConfiguration : IEntityTypeConfiguration<MediaList>, IEntityTypeConfiguration<MediaListMember>
{
    public void Configure(EntityTypeBuilder<MediaList> builder)
    {
        builder.Property(l => l.Name).HasMaxLength(200);
        builder.Property(l => l.Filter).HasMaxLength(4000);
        builder.HasOne(l => l.Client).WithMany().HasForeignKey(l => l.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(l => l.Campaign).WithMany().HasForeignKey(l => l.CampaignId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(l => l.Members).WithOne().HasForeignKey(m => m.MediaListId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => l.ClientId);
        builder.HasIndex(l => l.CampaignId);
    }

    public void Configure(EntityTypeBuilder<MediaListMember> builder)
    {
        builder.Property(m => m.Angle).HasMaxLength(1000);
        builder.Property(m => m.PersonalLine).HasMaxLength(1000);
        builder.Property(m => m.Reason).HasMaxLength(1000);
        builder.HasIndex(m => new { m.MediaListId, m.InfluencerId }).IsUnique();
        builder.HasIndex(m => m.InfluencerId);
    }
}
