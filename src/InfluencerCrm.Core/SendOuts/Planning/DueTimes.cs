using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>When each message of a send-out leaves: the wished moment, at the recipient's time of day where that is asked for, and within the sending hours.</summary>
internal sealed class DueTimes(SendOut sendOut, AgencyOptions agency)
{
    private readonly SendingHours? hours = SendingHours.Of(sendOut, agency);

    /// <summary>As if there were no sending hours.</summary>
    public DateTime Wished(string? zone, DateTime notBefore) =>
        sendOut is { Timing: SendOutTiming.RecipientLocalTime, LocalTimeOfDay: { } time } ? RecipientZone.FirstAt(zone, time, notBefore) : notBefore;

    /// <param name="zone">The recipient's; null: UTC.</param>
    public DateTime Of(string? zone, DateTime notBefore)
    {
        var wished = Wished(zone, notBefore);
        if (hours is null || hours.Next(zone, wished) is var next && next == wished)
        {
            return wished;
        }

        // The first day that is not quiet, still at the time of day asked for where that lies in the window.
        var again = Wished(zone, next);
        return hours.Next(zone, again) == again ? again : next;
    }

    /// <summary>When one person's mail leaves: neither before what an earlier mail asks for, nor while they are away where that is waited for.</summary>
    /// <param name="earliest">The first moment that an earlier mail allows; null: none does.</param>
    /// <param name="awayUntil">When the person is back; null: they are here.</param>
    public (DateTime Floor, DateTime? Back, DateTime DueAt) Leaves(string? zone, DateTime at, DateTime? earliest, DateTime? awayUntil)
    {
        var floor = earliest > at ? earliest.Value : at;
        var back = sendOut.WhenAway == AwayRule.Wait && awayUntil > floor ? awayUntil : null;
        return (floor, back, Of(zone, back ?? floor));
    }

    /// <summary>For a mail that was kept from leaving when it was due: now, or the beginning of the next window.</summary>
    public DateTime Resumed(string? zone, DateTime now) => hours?.Next(zone, now) ?? now;

    /// <summary>False: every moment is as good, and nobody's zone needs to be read.</summary>
    public bool HasHours => hours is not null;
}
