namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>When it is a certain time of day where somebody lives. Nobody is left without a zone: an unknown one falls back to the next best.</summary>
internal static class RecipientZone
{
    /// <param name="zones">The person's, the primary outlet's, the main one of the person's country, the client's, the agency's, the machine's.</param>
    /// <returns>The first that this machine knows, else UTC.</returns>
    public static string Of(params ReadOnlySpan<string?> zones)
    {
        foreach (var zone in zones)
        {
            if (!string.IsNullOrEmpty(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            {
                return zone;
            }
        }

        return "UTC";
    }

    /// <summary>The first <paramref name="time"/> in the zone at or after <paramref name="at"/>.</summary>
    public static DateTime FirstAt(string? zoneId, TimeOnly time, DateTime at)
    {
        var zone = Find(zoneId);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, zone));
        for (var date = day; ; date = date.AddDays(1))
        {
            var utc = ToUtc(zone, date.ToDateTime(time));
            if (utc >= at)
            {
                return utc;
            }
        }
    }

    public static TimeZoneInfo Find(string? zoneId) =>
        zoneId is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var found) ? found : TimeZoneInfo.Utc;

    /// <summary>The moment of a local time; one that does not exist moves forward, of one that comes twice the first is meant.</summary>
    public static DateTime ToUtc(TimeZoneInfo zone, DateTime local)
    {
        // Where clocks jump over the wished time, the mail leaves when they have jumped.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // Where the hour comes twice, its first coming counts.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
