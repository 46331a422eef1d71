using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Team;

/// <summary>Section <c>Agency</c>: what holds for the whole team that uses this installation.</summary>
public sealed record AgencyOptions
{
    public const string Section = "Agency";

    /// <summary>IANA zone the agency works in; empty: that of the machine.</summary>
    public string? TimeZone { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the country whose phone numbers are written without a prefix in imported files; empty: none.</summary>
    public string? Country { get; init; }

    /// <summary>Empty, or a country code.</summary>
    public bool HasValidCountry => Check.IsCountry(Country);

    /// <summary>Empty, or a zone this machine knows.</summary>
    public bool IsValid => string.IsNullOrEmpty(TimeZone) || Check.IsTimeZone(TimeZone);
}
