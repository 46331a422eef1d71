using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>
/// The hours and days on which a send-out's mails may reach people, each in their own zone: the send-out's window, else the agency's, and the
/// quiet days of both. What is due outside waits for the window's beginning.
/// </summary>
internal sealed record SendingHours
{
    /// <summary>Nobody closes every day of a year; a list of dates that long ends the search.</summary>
    private const int MostDays = 400;

    /// <summary>The first moment of the day's window; midnight without one.</summary>
    public required TimeOnly From { get; init; }

    /// <summary>The end of the day's window, outside of it; null: midnight.</summary>
    public required TimeOnly? Until { get; init; }

    public required IReadOnlyList<string> QuietDays { get; init; }

    /// <returns>Null: mails may leave at any moment.</returns>
    public static SendingHours? Of(SendOut sendOut, AgencyOptions agency)
    {
        if (sendOut.AnyTime)
        {
            return null;
        }

        var own = sendOut.WindowFrom is not null || sendOut.WindowUntil is not null;
        var (from, until) = own ? (sendOut.WindowFrom, sendOut.WindowUntil) : (agency.WindowFrom, agency.WindowUntil);
        List<string> quiet = [.. agency.QuietDays.Select(d => d.Trim().ToLowerInvariant()), .. sendOut.QuietDays];
        return from is null && until is null && quiet.Count == 0 ? null : new() { From = from ?? TimeOnly.MinValue, Until = until, QuietDays = quiet };
    }

    /// <summary>The first moment at or after <paramref name="at"/> that lies in the window where the person lives.</summary>
    public DateTime Next(string? zoneId, DateTime at)
    {
        var zone = RecipientZone.Find(zoneId);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, zone));
        for (var date = first; date < first.AddDays(MostDays); date = date.AddDays(1))
        {
            var closes = Until is { } until ? RecipientZone.ToUtc(zone, date.ToDateTime(until)) : RecipientZone.ToUtc(zone, date.AddDays(1).ToDateTime(TimeOnly.MinValue));
            if (at < closes && !Planning.QuietDays.Include(QuietDays, date))
            {
                var opens = RecipientZone.ToUtc(zone, date.ToDateTime(From));
                return opens > at ? opens : at;
            }
        }

        return at;
    }
}
