using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Coverage;

internal sealed class CoverageConfiguration : IEntityTypeConfiguration<CoveragePiece>
{
    public void Configure(EntityTypeBuilder<CoveragePiece> builder)
    {
        builder.ToTable("Coverage");
        builder.Property(c => c.Url).HasMaxLength(1000);
        builder.Property(c => c.Title).HasMaxLength(1000);
        builder.Property(c => c.TitleSearch).IsSearchText();
        builder.Property(c => c.Excerpt).HasMaxLength(4000);
        builder.Property(c => c.Edition).HasMaxLength(100);
        builder.Property(c => c.Page).HasMaxLength(40);
        builder.Property(c => c.Language).HasMaxLength(35);
        builder.Property(c => c.DiscoveredBy).HasMaxLength(100);
        builder.HasOne(c => c.Influencer).WithMany(i => i.Coverage).HasForeignKey(c => c.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(c => c.Outlet).WithMany().HasForeignKey(c => c.OutletId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<CoveragePiece>().WithMany().HasForeignKey(c => c.SyndicatedFromId).OnDelete(DeleteBehavior.Restrict);

        // The stream, newest first; and by person, outlet, campaign.
        builder.HasIndex(c => new { c.PublishedAt, c.Id });
        builder.HasIndex(c => new { c.InfluencerId, c.PublishedAt });
        builder.HasIndex(c => new { c.OutletId, c.PublishedAt });
        builder.HasIndex(c => new { c.CampaignId, c.PublishedAt });
        builder.HasIndex(c => new { c.Status, c.PublishedAt });
        builder.HasIndex(c => c.StoryId);
        builder.HasIndex(c => c.SyndicatedFromId);
        builder.HasIndex(c => c.TitleSearch);
        builder.HasIndex(c => c.UpdatedAt);
    }
}
