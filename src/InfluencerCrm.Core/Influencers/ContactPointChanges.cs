using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Influencers;

/// <summary>What may be sent for a contact point.</summary>
public sealed record ContactPointChanges
{
    /// <summary>The person; given once.</summary>
    public Optional<int?> InfluencerId { get; init; }

    /// <summary>The outlet; given once.</summary>
    public Optional<int?> OutletId { get; init; }

    public Optional<int?> AffiliationId { get; init; }

    public Optional<ContactKind> Kind { get; init; }

    public Optional<string> Value { get; init; }

    public Optional<ContactLabel?> Label { get; init; }

    /// <summary>A private address is for personal use only, unless said otherwise.</summary>
    public Optional<ContactUse> Use { get; init; }

    public Optional<bool> Shared { get; init; }

    /// <summary>True takes the place of the former primary one of its kind.</summary>
    public Optional<bool> Primary { get; init; }

    public Optional<EmailStatus> Status { get; init; }

    public Optional<string?> Source { get; init; }

    public Optional<DateTime?> VerifiedAt { get; init; }
}
