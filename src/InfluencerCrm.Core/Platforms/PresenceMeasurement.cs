using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Platforms;

/// <summary>What an account measured at an earlier time.</summary>
[Access(Right.WriteContacts)]
[NotAudited]
public sealed class PresenceMeasurement : Entity
{
    private PresenceMeasurement()
    {
    }

    public PresenceMeasurement(int? followers, double? engagementRate, int? posts, DateTime measuredAt)
    {
        Followers = followers;
        EngagementRate = engagementRate;
        Posts = posts;
        MeasuredAt = measuredAt;
    }

    public int PresenceId { get; private set; }

    /// <summary>Count at that time.</summary>
    public int? Followers { get; private set; }

    /// <summary>Share of followers who react, 0 to 1.</summary>
    public double? EngagementRate { get; private set; }

    /// <summary>Count at that time.</summary>
    public int? Posts { get; private set; }

    /// <summary>When the counts were taken.</summary>
    public DateTime MeasuredAt { get; private set; }
}

internal sealed class PresenceMeasurementConfiguration : IEntityTypeConfiguration<PresenceMeasurement>
{
    public void Configure(EntityTypeBuilder<PresenceMeasurement> builder)
    {
        builder.HasOne<Presence>().WithMany(p => p.Measurements).HasForeignKey(m => m.PresenceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.PresenceId, m.MeasuredAt });
    }
}
