using InfluencerCrm.Core.SendOuts.Planning;

namespace InfluencerCrm.Core.Tests.SendOuts.Planning;

public sealed class RecipientZoneTests
{
    [Theory]
    [InlineData("Europe/Paris", "Asia/Tokyo", "Europe/Paris")]
    [InlineData(null, "Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("Mars/Olympus", "Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("", null, "UTC")]
    public void AnUnknownZone_FallsBackToTheNextBest(string? person, string? outlet, string expected) =>
        Assert.Equal(expected, RecipientZone.Of(person, outlet));

    [Theory]
    [InlineData("Europe/Paris", "09:00", "2026-01-10T07:59:59Z", "2026-01-10T08:00:00Z")]
    [InlineData("Europe/Paris", "09:00", "2026-01-10T08:00:00Z", "2026-01-10T08:00:00Z")]
    [InlineData("Europe/Paris", "09:00", "2026-01-10T08:00:01Z", "2026-01-11T08:00:00Z")]
    [InlineData("Pacific/Kiritimati", "00:30", "2026-01-10T09:00:00Z", "2026-01-10T10:30:00Z")]
    [InlineData("Europe/Paris", "02:30", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Paris", "02:30", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z")]
    public void TheFirstSuchTimeInTheZone_IsTaken_AlsoWhereClocksChange(string zone, string time, string at, string expected)
    {
        var due = RecipientZone.FirstAt(zone, TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Utc(at));

        Assert.Equal(Utc(expected), due);
        Assert.Equal(DateTimeKind.Utc, due.Kind);
    }

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
