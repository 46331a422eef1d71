using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Team;

/// <summary>Section <c>Agency</c>: what holds for the whole team that uses this installation.</summary>
public sealed record AgencyOptions
{
    public const string Section = "Agency";

    /// <summary>IANA zone the agency works in; empty: that of the machine.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Empty, or a zone this machine knows.</summary>
    public bool IsValid => string.IsNullOrEmpty(TimeZone) || Check.IsTimeZone(TimeZone);
}
