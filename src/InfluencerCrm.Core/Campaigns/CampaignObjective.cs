using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What a campaign is to reach: a figure by a date, and its measurements on the way.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Campaign), nameof(CampaignId))]
public sealed class CampaignObjective : Entity, IPart, IWritable<CampaignObjective, CampaignObjectiveChanges>
{
    private CampaignObjective()
    {
    }

    public CampaignObjective(string kind) => Kind = kind;

    public int CampaignId { get; private set; }

    /// <summary>The team's own word: awareness, coverage, sign-ups …</summary>
    public string Kind { get; private set; } = "";

    /// <summary>What is counted.</summary>
    public string? Kpi { get; private set; }

    /// <summary>The number to reach.</summary>
    public decimal? Target { get; private set; }

    /// <summary>The day until which.</summary>
    public DateTime? By { get; private set; }

    public List<ObjectiveMeasurement> Measurements { get; private set; } = [];

    public static CampaignObjective Create(CampaignObjectiveChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var objective = new CampaignObjective(changes.Kind.Required("kind"));
        objective.Apply(changes);
        return objective;
    }

    public void Apply(CampaignObjectiveChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Kind = changes.Kind.Or(Kind);
        Kpi = changes.Kpi.Or(Kpi);
        Target = changes.Target.Or(Target);
        By = Check.Utc(changes.By.Or(By));
    }

    public void AttachTo(int ownerId) => CampaignId = ownerId;
}

internal sealed class CampaignObjectiveConfiguration : IEntityTypeConfiguration<CampaignObjective>
{
    public void Configure(EntityTypeBuilder<CampaignObjective> builder)
    {
        builder.Property(o => o.Kind).HasMaxLength(100);
        builder.Property(o => o.Kpi).HasMaxLength(200);
        builder.HasMany(o => o.Measurements).WithOne().HasForeignKey(m => m.ObjectiveId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(o => o.CampaignId);
    }
}
