using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for a measurement of an objective.</summary>
public sealed record ObjectiveMeasurementChanges
{
    public Optional<DateTime> MeasuredAt { get; init; }

    public Optional<decimal> Value { get; init; }

    public Optional<string?> Note { get; init; }
}
