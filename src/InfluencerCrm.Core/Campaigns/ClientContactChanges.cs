using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for a person at a client.</summary>
public sealed record ClientContactChanges
{
    public Optional<string> Name { get; init; }

    public Optional<string?> Function { get; init; }

    public Optional<string?> Email { get; init; }

    public Optional<string?> Phone { get; init; }
}
