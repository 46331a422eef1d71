using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Outlets;

internal sealed class OutletConfiguration : IEntityTypeConfiguration<Outlet>
{
    public void Configure(EntityTypeBuilder<Outlet> builder)
    {
        builder.Property(o => o.NameSearch).IsSearchText();
        builder.Property(o => o.Country).HasMaxLength(2);
        builder.Property(o => o.Language).HasMaxLength(35);
        builder.Property(o => o.TimeZone).HasMaxLength(60);
        builder.Property(o => o.Url).HasMaxLength(1000);
        builder.HasOne(o => o.Parent).WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);

        // Import and the picker look outlets up by normalised name.
        builder.HasIndex(o => o.NameSearch);
        builder.HasIndex(o => o.ParentId);
    }
}
