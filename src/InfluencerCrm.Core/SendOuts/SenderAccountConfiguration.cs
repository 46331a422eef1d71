using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.SendOuts;

internal sealed class SenderAccountConfiguration : IEntityTypeConfiguration<SenderAccount>
{
    public void Configure(EntityTypeBuilder<SenderAccount> builder)
    {
        builder.Property(a => a.Name).HasMaxLength(200);
        builder.Property(a => a.FromName).HasMaxLength(200);
        builder.Property(a => a.FromAddress).HasMaxLength(320);
        builder.Property(a => a.Host).HasMaxLength(255);
        builder.Property(a => a.UserName).HasMaxLength(320);
        builder.Property(a => a.ProtectedPassword).HasMaxLength(4000);
        builder.Ignore(a => a.NewPassword);
        builder.HasIndex(a => a.Name).IsUnique();
    }
}
