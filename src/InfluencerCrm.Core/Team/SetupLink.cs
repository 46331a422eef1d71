using System.Buffers.Text;
using System.Security.Cryptography;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Team;

/// <summary>A link that lets whoever reads the console create the first user: once, within an hour.</summary>
[Access(Right.Administer, Read = Right.Administer)]
[NotAudited]
public sealed class SetupLink : Entity
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private SetupLink()
    {
    }

    public SetupLink(string token, DateTime now)
    {
        TokenHash = ApiKey.HashOf(token);
        ExpiresAt = now + Lifetime;
    }

    public byte[] TokenHash { get; private set; } = [];

    public DateTime ExpiresAt { get; private set; }

    public DateTime? UsedAt { get; private set; }

    internal static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

internal sealed class SetupLinkConfiguration : IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<SetupLink> builder)
    {
        builder.Property(l => l.TokenHash).HasMaxLength(32);
        builder.HasIndex(l => l.TokenHash).IsUnique();
    }
}
