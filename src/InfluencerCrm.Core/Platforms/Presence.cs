using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Platforms;

/// <summary>A person's account in a social space; what was measured before is kept.</summary>
[Access(Right.WriteContacts)]
public sealed class Presence : Entity, IWritable<Presence, PresenceChanges>, IOfInfluencer
{
    private Presence()
    {
    }

    public Presence(int? influencerId, int platformId)
    {
        InfluencerId = influencerId;
        PlatformId = platformId;
    }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int PlatformId { get; private set; }

    public Platform? Platform { get; private set; }

    /// <summary>Account name, without the @.</summary>
    public string? Handle { get; private set; }

    /// <summary>Web address of the account.</summary>
    public string? Url { get; private set; }

    /// <summary>Newest count.</summary>
    public int? Followers { get; private set; }

    /// <summary>Reactions a post per follower, in per cent.</summary>
    public double? EngagementRate { get; private set; }

    /// <summary>Newest count.</summary>
    public int? Posts { get; private set; }

    /// <summary>When the counts were taken.</summary>
    public DateTime? MeasuredAt { get; private set; }

    /// <summary>Earlier measurements; the newest is on the row itself.</summary>
    public List<PresenceMeasurement> Measurements { get; private set; } = [];

    public static Presence Create(PresenceChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var presence = new Presence(changes.InfluencerId.Value, changes.PlatformId.Required("platformId"));
        presence.Apply(changes);
        return presence.Handle is null && presence.Url is null
            ? throw new Errors.RuleViolation("required", "handle or url must be given.", "handle")
            : presence;
    }

    public void Apply(PresenceChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = Check.Owner(InfluencerId, changes.InfluencerId, "influencerId");
        PlatformId = changes.PlatformId.Or(PlatformId);
        Handle = changes.Handle.Or(Handle);
        Url = Check.WebAddress(changes.Url.Or(Url), "url");
        Measure(
            Check.NotNegative(changes.Followers.Or(Followers), "followers"),
            Check.Between(changes.EngagementRate.Or(EngagementRate), 0, 1_000_000, "engagementRate"),
            Check.NotNegative(changes.Posts.Or(Posts), "posts"),
            Check.Utc(changes.MeasuredAt.Or(MeasuredAt)));
    }

    /// <summary>Takes a new measurement; the one before joins the series.</summary>
    public void Measure(int? followers, double? engagementRate, int? posts, DateTime? measuredAt)
    {
        if ((followers, engagementRate, posts, measuredAt) == (Followers, EngagementRate, Posts, MeasuredAt))
        {
            return;
        }

        if (Id != 0 && (Followers, EngagementRate, Posts) != (null, null, null))
        {
            Measurements.Add(new PresenceMeasurement(Followers, EngagementRate, Posts, MeasuredAt ?? UpdatedAt));
        }

        (Followers, EngagementRate, Posts, MeasuredAt) = (followers, engagementRate, posts, measuredAt);
    }

    public void BelongTo(int influencerId) => InfluencerId = influencerId;

    internal void MeasuredNow(DateTime now) => MeasuredAt = now;
}

/// <summary>What may be sent for a presence.</summary>
public sealed record PresenceChanges
{
    /// <summary>The person; given once.</summary>
    public Optional<int?> InfluencerId { get; init; }

    public Optional<int> PlatformId { get; init; }

    public Optional<string?> Handle { get; init; }

    public Optional<string?> Url { get; init; }

    public Optional<int?> Followers { get; init; }

    /// <summary>Reactions a post per follower, in per cent.</summary>
    public Optional<double?> EngagementRate { get; init; }

    public Optional<int?> Posts { get; init; }

    /// <summary>When the three were measured; empty: now.</summary>
    public Optional<DateTime?> MeasuredAt { get; init; }
}

internal sealed class PresenceConfiguration : IEntityTypeConfiguration<Presence>
{
    public void Configure(EntityTypeBuilder<Presence> builder)
    {
        builder.Property(p => p.Handle).HasMaxLength(200);
        builder.Property(p => p.Url).HasMaxLength(1000);
        builder.HasOne(p => p.Influencer).WithMany(i => i.Presences).HasForeignKey(p => p.InfluencerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(p => p.Platform).WithMany().HasForeignKey(p => p.PlatformId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => p.InfluencerId);

        // Whose account is it: import and the watch ask.
        builder.HasIndex(p => new { p.PlatformId, p.Handle });
    }
}

/// <summary>Numbers without a date were measured now.</summary>
internal sealed class DatedMeasurement(CrmDbContext db, TimeProvider clock) : IRowRule<Presence>
{
    public Task CheckAsync(Presence row, CancellationToken ct)
    {
        var entry = db.Entry(row);
        var numbersChanged = entry.State == EntityState.Added
            ? (row.Followers, row.EngagementRate, row.Posts) != (null, null, null)
            : entry.Property(p => p.Followers).IsModified || entry.Property(p => p.EngagementRate).IsModified || entry.Property(p => p.Posts).IsModified;
        var dated = entry.State == EntityState.Added ? row.MeasuredAt is not null : entry.Property(p => p.MeasuredAt).IsModified;
        if (numbersChanged && !dated)
        {
            row.MeasuredNow(clock.GetUtcNow().UtcDateTime);
        }

        return Task.CompletedTask;
    }
}
