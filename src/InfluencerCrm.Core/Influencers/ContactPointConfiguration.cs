using InfluencerCrm.Core.Outlets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Influencers;

internal sealed class ContactPointConfiguration : IEntityTypeConfiguration<ContactPoint>
{
    public const int AddressLength = 320;

    public void Configure(EntityTypeBuilder<ContactPoint> builder)
    {
        builder.Property(p => p.Value).HasMaxLength(2000);
        builder.Property(p => p.AddressKey).HasMaxLength(AddressLength);
        builder.Property(p => p.UniqueAddressKey).HasMaxLength(AddressLength);
        builder.HasOne(p => p.Influencer).WithMany(i => i.ContactPoints).HasForeignKey(p => p.InfluencerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(p => p.Outlet).WithMany(o => o.ContactPoints).HasForeignKey(p => p.OutletId).OnDelete(DeleteBehavior.Cascade);

        // Not Restrict: a person's affiliations and contact points go in one statement, and RESTRICT is checked before it ends.
        // Not Cascade: SQL Server refuses a second path from the person.
        builder.HasOne<Affiliation>().WithMany().HasForeignKey(p => p.AffiliationId).OnDelete(DeleteBehavior.NoAction);

        // Who holds an address: the import, the inbox and the bounce reader ask.
        builder.HasIndex(p => p.AddressKey).HasFilter("\"AddressKey\" IS NOT NULL");
        builder.HasIndex(p => p.UniqueAddressKey).IsUnique().HasFilter("\"UniqueAddressKey\" IS NOT NULL");
        builder.HasIndex(p => new { p.InfluencerId, p.Kind });
        builder.HasIndex(p => p.OutletId);
        builder.HasIndex(p => p.AffiliationId);
    }
}
