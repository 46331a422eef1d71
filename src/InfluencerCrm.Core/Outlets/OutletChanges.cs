using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Outlets;

/// <summary>What may be sent for an outlet.</summary>
public sealed record OutletChanges
{
    public Optional<string> Name { get; init; }

    public Optional<OutletKind> Kind { get; init; }

    /// <summary>The outlet this desk, bureau, programme or supplement sits in.</summary>
    public Optional<int?> ParentId { get; init; }

    public Optional<OutletUnit> Unit { get; init; }

    public Optional<OutletScope> Scope { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public Optional<string?> Country { get; init; }

    /// <summary>BCP 47.</summary>
    public Optional<string?> Language { get; init; }

    /// <summary>IANA name, for example <c>Europe/Paris</c>.</summary>
    public Optional<string?> TimeZone { get; init; }

    public Optional<string?> Url { get; init; }

    /// <summary>Readers, listeners or viewers of one issue, month or programme, as <see cref="AudienceSource"/> counts them.</summary>
    public Optional<int?> Audience { get; init; }

    public Optional<string?> AudienceSource { get; init; }

    public Optional<string?> Periodicity { get; init; }

    /// <summary>The weekday or date on which an issue closes.</summary>
    public Optional<string?> ClosingDay { get; init; }
}
