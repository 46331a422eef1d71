using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;

namespace InfluencerCrm.Core.Coverage;

/// <summary>What may be sent for a piece.</summary>
public sealed record CoverageChanges
{
    /// <summary>May be empty: print, radio and TV have none.</summary>
    public Optional<string?> Url { get; init; }

    public Optional<string> Title { get; init; }

    public Optional<string?> Excerpt { get; init; }

    /// <summary>Not given: now.</summary>
    public Optional<DateTime> PublishedAt { get; init; }

    public Optional<CoverageMedium> Medium { get; init; }

    public Optional<string?> Edition { get; init; }

    public Optional<string?> Page { get; init; }

    public Optional<int?> DurationSeconds { get; init; }

    /// <summary>BCP 47.</summary>
    public Optional<string?> Language { get; init; }

    public Optional<int?> OutletId { get; init; }

    /// <summary>The first author.</summary>
    public Optional<int?> InfluencerId { get; init; }

    public Optional<int?> CampaignId { get; init; }

    public Optional<int?> StoryId { get; init; }

    public Optional<CoverageMedia> Media { get; init; }

    public Optional<Sentiment?> Sentiment { get; init; }

    /// <summary>Empty when unknown.</summary>
    public Optional<int?> Reach { get; init; }

    public Optional<int?> Engagement { get; init; }

    /// <summary>Not given: confirmed, since somebody enters it.</summary>
    public Optional<CoverageStatus> Status { get; init; }

    /// <summary>The piece that this one is a copy of.</summary>
    public Optional<int?> SyndicatedFromId { get; init; }

    /// <summary>How it was found.</summary>
    public Optional<string?> DiscoveredBy { get; init; }
}
