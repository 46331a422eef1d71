using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Privacy;

internal sealed class SuppressionConfiguration : IEntityTypeConfiguration<Suppression>
{
    public const int SourceLength = 400;

    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.Property(s => s.Address).HasMaxLength(320);
        builder.Property(s => s.AddressHash).HasMaxLength(32);
        builder.Property(s => s.Source).HasMaxLength(SourceLength);
        builder.Property(s => s.LiftReason).HasMaxLength(1000);
        builder.HasOne<Client>().WithMany().HasForeignKey(s => s.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.LiftedById).OnDelete(DeleteBehavior.Restrict);

        // Scheduling and the gate before each mail ask by address and by person.
        builder.HasIndex(s => new { s.AddressHash, s.LiftedAt });
        builder.HasIndex(s => new { s.InfluencerId, s.LiftedAt });
    }
}
