using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>Where an objective stood on a day.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(CampaignObjective), nameof(ObjectiveId))]
public sealed class ObjectiveMeasurement : Entity, IPart, IWritable<ObjectiveMeasurement, ObjectiveMeasurementChanges>
{
    private ObjectiveMeasurement()
    {
    }

    public ObjectiveMeasurement(DateTime measuredAt, decimal value)
    {
        MeasuredAt = measuredAt;
        Value = value;
    }

    public int ObjectiveId { get; private set; }

    /// <summary>When it was measured.</summary>
    public DateTime MeasuredAt { get; private set; }

    /// <summary>The number that was measured.</summary>
    public decimal Value { get; private set; }

    /// <summary>How, or from what.</summary>
    public string? Note { get; private set; }

    public static ObjectiveMeasurement Create(ObjectiveMeasurementChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var measurement = new ObjectiveMeasurement(changes.MeasuredAt.Required("measuredAt"), changes.Value.Required("value"));
        measurement.Apply(changes);
        return measurement;
    }

    public void Apply(ObjectiveMeasurementChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        MeasuredAt = Check.Utc(changes.MeasuredAt.Or(MeasuredAt))!.Value;
        Value = changes.Value.Or(Value);
        Note = changes.Note.Or(Note);
    }

    public void AttachTo(int ownerId) => ObjectiveId = ownerId;
}

internal sealed class ObjectiveMeasurementConfiguration : IEntityTypeConfiguration<ObjectiveMeasurement>
{
    public void Configure(EntityTypeBuilder<ObjectiveMeasurement> builder)
    {
        builder.Property(m => m.Note).HasMaxLength(1000);
        builder.HasIndex(m => new { m.ObjectiveId, m.MeasuredAt });
    }
}
