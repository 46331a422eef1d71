using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for a client.</summary>
public sealed record ClientChanges
{
    public Optional<string> Name { get; init; }

    public Optional<string?> Website { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public Optional<string?> Country { get; init; }

    /// <summary>BCP 47.</summary>
    public Optional<List<string>> Languages { get; init; }

    public Optional<List<string>> WatchWords { get; init; }

    public Optional<List<string>> Competitors { get; init; }

    public Optional<string?> ToneOfVoice { get; init; }

    public Optional<List<string>> BannedWords { get; init; }

    public Optional<LocalizedText> Boilerplate { get; init; }

    /// <summary>IANA name, for example <c>Europe/Paris</c>.</summary>
    public Optional<string?> TimeZone { get; init; }

    public Optional<DataRole> DataRole { get; init; }
}
