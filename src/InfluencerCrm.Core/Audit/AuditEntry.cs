using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Audit;

/// <summary>What was done to a row.</summary>
public enum AuditKind
{
    Created,
    Changed,
    Deleted,

    /// <summary>Something was done that is more than a change of values: an erasure, an override, a stop.</summary>
    Acted,
}

/// <summary>One entry of the audit: who did what to which row, with the values before and after. Admins read it; nobody writes it.</summary>
[Access(Right.Administer, Read = Right.Administer)]
public sealed class AuditEntry : LongEntity
{
    /// <summary>When the change was saved.</summary>
    public DateTime At { get; private set; }

    /// <summary>Null for the product itself.</summary>
    public int? UserId { get; private set; }

    /// <summary>The key that was used; empty for a person in the browser.</summary>
    public int? ApiKeyId { get; private set; }

    public AuditKind Kind { get; private set; }

    /// <summary>The kind of row, as its CLR name: <c>Influencer</c>.</summary>
    public string Entity { get; private set; } = "";

    /// <summary>Id of the row that was changed.</summary>
    public long Key { get; private set; }

    /// <summary>The person concerned, so that an erasure finds every entry about them.</summary>
    public int? InfluencerId { get; private set; }

    /// <summary>JSON: <c>{"name":["before","after"]}</c>; empty for created and deleted rows.</summary>
    public string? Changes { get; private set; }

    /// <summary>For <see cref="AuditKind.Acted"/>: what was done and why.</summary>
    public string? Note { get; private set; }

    internal static AuditEntry Of(AuditKind kind, string entity, long key, int? influencerId, string? changes, Actor actor, DateTime at) => new()
    {
        At = at,
        UserId = actor.UserId,
        ApiKeyId = actor.ApiKeyId,
        Kind = kind,
        Entity = entity,
        Key = key,
        InfluencerId = influencerId,
        Changes = changes,
    };

    /// <summary>An act worth keeping beside the plain changes.</summary>
    public static AuditEntry Act(Actor actor, string entity, long key, string note, DateTime at, int? influencerId = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var entry = Of(AuditKind.Acted, entity, key, influencerId, null, actor, at);
        entry.Note = note;
        return entry;
    }

    /// <summary>Removes personal values when the person is erased; that something happened stays.</summary>
    public void Blank()
    {
        Changes = null;
        Note = null;
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.Entity).HasMaxLength(60);
        builder.Property(e => e.Changes).HasMaxLength(-1);
        builder.Property(e => e.Note).HasMaxLength(4000);
        builder.HasIndex(e => new { e.Entity, e.Key, e.Id });
        builder.HasIndex(e => e.InfluencerId);
        builder.HasIndex(e => e.At);
    }
}
