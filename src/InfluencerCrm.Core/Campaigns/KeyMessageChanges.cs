using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for a key message.</summary>
public sealed record KeyMessageChanges
{
    public Optional<LocalizedText> Text { get; init; }

    public Optional<int> Position { get; init; }
}
