using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Watch;

/// <summary>What may be sent for a watch.</summary>
public sealed record MediaWatchChanges
{
    public Optional<string> Name { get; init; }

    public Optional<int?> ClientId { get; init; }

    public Optional<List<string>> Words { get; init; }

    public Optional<List<int>> TopicIds { get; init; }

    public Optional<bool> Active { get; init; }
}
