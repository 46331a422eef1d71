using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Topics;

/// <summary>What may be sent for a topic.</summary>
public sealed record TopicChanges
{
    public Optional<string> Name { get; init; }

    public Optional<int?> ParentId { get; init; }

    /// <summary>The name by BCP 47 language.</summary>
    public Optional<LocalizedText?> Names { get; init; }

    /// <summary>Words by BCP 47 language that tell the topic in a text.</summary>
    public Optional<LocalizedWords?> Keywords { get; init; }
}
