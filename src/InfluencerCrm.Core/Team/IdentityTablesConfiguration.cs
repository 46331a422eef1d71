using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Team;

/// <summary>Identity's own tables: their keys are made of texts, and a primary key of SQL Server holds 900 bytes.</summary>
internal sealed class IdentityTablesConfiguration : IEntityTypeConfiguration<IdentityUserLogin<int>>, IEntityTypeConfiguration<IdentityUserToken<int>>
{
    private const int ProviderLength = 128;

    public void Configure(EntityTypeBuilder<IdentityUserLogin<int>> builder)
    {
        builder.Property(l => l.LoginProvider).HasMaxLength(ProviderLength);

        // OpenID Connect allows a subject of 255 characters.
        builder.Property(l => l.ProviderKey).HasMaxLength(255);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> builder)
    {
        builder.Property(t => t.LoginProvider).HasMaxLength(ProviderLength);
        builder.Property(t => t.Name).HasMaxLength(ProviderLength);
    }
}
