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
        builder.Property(a => a.ProtectedClientSecret).HasMaxLength(4000);
        builder.Property(a => a.ProtectedRefreshToken).HasMaxLength(4000);
        builder.Property(a => a.StateReason).HasMaxLength(SenderAccount.ReasonLength);
        builder.Property(a => a.OauthTokenEndpoint).HasMaxLength(1000);
        builder.Property(a => a.OauthClientId).HasMaxLength(400);
        builder.Property(a => a.OauthScope).HasMaxLength(1000);

        // For the rows that were there before.
        builder.Property(a => a.Security).HasDefaultValue(SmtpSecurity.Auto).HasSentinel(SmtpSecurity.Auto);
        builder.Property(a => a.MaxConnections).HasDefaultValue(2);
        builder.Ignore(a => a.NewSecrets);
        builder.Ignore(a => a.EffectivePerMinute);
        builder.Ignore(a => a.EffectivePerDay);
        builder.HasIndex(a => a.Name).IsUnique();
    }
}
