using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Idempotency;

/// <summary>
/// That a client's write was begun under a key of its own, and how it was answered: sent again, for instance because the first answer was
/// lost on its way, it is answered the same and not done twice. Its <see cref="LongEntity.Version"/> is the claim: who lost it cannot keep an answer.
/// </summary>
[Access(Right.Administer, Read = Right.Administer)]
[NotAudited]
public sealed class IdempotencyKey : LongEntity
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Bytes of an answer that are kept at most; answers to writes are far smaller.</summary>
    public const int LargestBody = 1024 * 1024;

    private IdempotencyKey()
    {
    }

    public IdempotencyKey(byte[] keyHash)
    {
        KeyHash = keyHash;
    }

    /// <summary>Of who acts, method, path and the client's key.</summary>
    public byte[] KeyHash { get; private set; } = [];

    /// <summary>Of query and body; null while a file is still coming in.</summary>
    public byte[]? RequestHash { get; private set; }

    /// <summary>Until then nobody else may begin; a host that died in the middle leaves no more than this wait.</summary>
    public DateTime LeaseUntil { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>The answer's status; null: at work, or broken off.</summary>
    public int? Status { get; private set; }

    /// <summary>The answer's headers that are worth repeating, as a JSON object.</summary>
    public string? Headers { get; private set; }

    public byte[]? Body { get; private set; }

    /// <summary>False: the answer held a secret, data of somebody who was erased since, or was too large.</summary>
    public bool BodyKept { get; private set; }

    internal void Claim(byte[]? requestHash, DateTime now, TimeSpan lease)
    {
        RequestHash = requestHash;
        LeaseUntil = now + lease;
        ExpiresAt = now + Lifetime;
        Status = null;
        Headers = null;
        Body = null;
        BodyKept = false;
    }

    internal void Complete(KeptAnswer answer, byte[] requestHash)
    {
        RequestHash = requestHash;
        Status = answer.Status;
        Headers = answer.Headers;
        BodyKept = answer.Body is { Length: <= LargestBody };
        Body = BodyKept ? answer.Body : null;
    }
}

/// <summary>An answer as it is kept.</summary>
/// <param name="Headers">A JSON object.</param>
/// <param name="Body">Null: not to be kept.</param>
public sealed record KeptAnswer(int Status, string Headers, byte[]? Body);

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.Property(k => k.KeyHash).HasMaxLength(32);
        builder.Property(k => k.RequestHash).HasMaxLength(32);
        builder.Property(k => k.Headers).HasMaxLength(4000);
        builder.HasIndex(k => k.KeyHash).IsUnique();
        builder.HasIndex(k => k.ExpiresAt);
    }
}
