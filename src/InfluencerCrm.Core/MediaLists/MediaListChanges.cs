using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>What may be sent for a media list.</summary>
public sealed record MediaListChanges
{
    public Optional<string> Name { get; init; }

    public Optional<int?> ClientId { get; init; }

    public Optional<int?> CampaignId { get; init; }

    public Optional<MediaListKind> Kind { get; init; }

    /// <summary>An OData <c>$filter</c> over influencers, for example <c>country eq 'FR' and vip</c>.</summary>
    public Optional<string?> Filter { get; init; }
}
