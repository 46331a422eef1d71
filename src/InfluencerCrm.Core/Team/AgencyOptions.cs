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

    /// <summary>Time of day, where the recipient lives, from which mails may leave; empty: from midnight. A send-out may have its own window.</summary>
    public TimeOnly? WindowFrom { get; init; }

    /// <summary>Time of day until which mails may leave; empty: until midnight.</summary>
    public TimeOnly? WindowUntil { get; init; }

    /// <summary>Days on which nothing leaves: weekdays (<c>saturday</c>), dates (<c>2026-12-25</c>), dates of every year (<c>12-25</c>).</summary>
    public IReadOnlyList<string> QuietDays { get; init; } = [];

    /// <summary>The window opens before it closes.</summary>
    public bool HasValidWindow => WindowFrom is null || WindowUntil is null || WindowFrom < WindowUntil;

    /// <summary>Days that are some, and not all of them.</summary>
    public bool HasValidQuietDays => QuietDays.All(d => SendOuts.Planning.QuietDays.IsValid(d?.Trim().ToLowerInvariant())) && SendOuts.Planning.QuietDays.LeaveADay(QuietDays.Select(d => d.Trim()));

    /// <summary>Empty, or a country code.</summary>
    public bool HasValidCountry => Check.IsCountry(Country);

    /// <summary>Empty, or a zone this machine knows.</summary>
    public bool IsValid => string.IsNullOrEmpty(TimeZone) || Check.IsTimeZone(TimeZone);
}
