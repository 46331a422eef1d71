using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Stories;

/// <summary>What may be sent for a version of a story.</summary>
public sealed record StoryVersionChanges
{
    /// <summary>BCP 47.</summary>
    public Optional<string> Language { get; init; }

    public Optional<string> Title { get; init; }

    public Optional<string> Body { get; init; }
}
