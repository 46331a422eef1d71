using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Tests.Influencers;

public sealed class CountryZonesTests
{
    private static readonly string[] Accepted =
        [.. from first in Enumerable.Range('A', 26) from second in Enumerable.Range('A', 26) select $"{(char)first}{(char)second}" into code where IsAccepted(code) select code];

    [Fact]
    public void EveryCountryTheProductAccepts_HasAZoneThisMachineKnows()
    {
        Assert.InRange(Accepted.Length, 240, 300);
        Assert.All(Accepted, code => Assert.True(Check.IsTimeZone(CountryZones.MainOf(code)), code));
    }

    [Theory]
    [InlineData("FR", "Europe/Paris")]
    [InlineData("us", "America/New_York")]
    [InlineData("CA", "America/Toronto")]
    [InlineData("BR", "America/Sao_Paulo")]
    [InlineData("AU", "Australia/Sydney")]
    [InlineData("RU", "Europe/Moscow")]
    [InlineData("ES", "Europe/Madrid")]
    [InlineData("PT", "Europe/Lisbon")]
    [InlineData("ID", "Asia/Jakarta")]
    [InlineData("ZZ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void OfSeveralZones_ItIsTheOneOfMostPeople(string? country, string? zone) => Assert.Equal(zone, CountryZones.MainOf(country));

    private static bool IsAccepted(string code)
    {
        try
        {
            return Check.Country(code, "country") == code;
        }
        catch (RuleViolation)
        {
            return CountryNames.Find(code) == code;
        }
    }
}
