using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Team;

/// <summary>A key a tool signs in with, as its user and at most with its scopes. Seen by its user and admins; the key itself is shown once.</summary>
[Access(Right.Administer)]
public sealed class ApiKey : Entity
{
    private const string Mark = "icrm_";

    private ApiKey()
    {
    }

    public ApiKey(User user, string name, KeyScopes scopes, DateTime? expiresAt)
    {
        User = user;
        Name = name;
        Scopes = scopes;
        ExpiresAt = expiresAt;

        // The key holds the id, which is known after the first save; until then nobody can have the key.
        KeyHash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    }

    public int UserId { get; private set; }

    public User? User { get; private set; }

    /// <summary>What the key is for, so that it can be told from others.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The key's beginning, to tell keys apart in a list.</summary>
    public string? Prefix { get; private set; }

    /// <summary>SHA-256 of the whole key. No salt is needed: the key is random.</summary>
    [NotAudited]
    public byte[] KeyHash { get; private set; } = [];

    public KeyScopes Scopes { get; private set; }

    /// <summary>From then on it opens nothing; empty: it does not expire.</summary>
    public DateTime? ExpiresAt { get; private set; }

    /// <summary>When it was revoked; it opens nothing since.</summary>
    public DateTime? RevokedAt { get; private set; }

    /// <summary>When it was last used.</summary>
    [NotAudited]
    public DateTime? LastUsedAt { get; private set; }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>True while the key is neither revoked nor expired.</summary>
    public bool IsUsable(DateTime now) => IsUsable(RevokedAt, ExpiresAt, now);

    internal static bool IsUsable(DateTime? revokedAt, DateTime? expiresAt, DateTime now) => revokedAt is null && (expiresAt is null || expiresAt > now);

    /// <summary>Makes the key: <c>icrm_&lt;id&gt;_&lt;secret&gt;</c> with 256 random bits.</summary>
    internal string Issue()
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{Mark}{Id}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}");
        Take(key, key[..(key.Length - 60)]);
        return key;
    }

    /// <summary>Takes a key that was given by the configuration, whole.</summary>
    internal void Take(string key) => Take(key, key[..4]);

    internal void Revoke(DateTime now) => RevokedAt ??= now;

    private void Take(string key, string prefix)
    {
        KeyHash = HashOf(key);
        Prefix = prefix;
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(k => k.Name).HasMaxLength(200);
        builder.Property(k => k.Prefix).HasMaxLength(40);
        builder.Property(k => k.KeyHash).HasMaxLength(32);
        builder.HasOne(k => k.User).WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(k => k.KeyHash).IsUnique();
        builder.HasIndex(k => k.UserId);
    }
}
