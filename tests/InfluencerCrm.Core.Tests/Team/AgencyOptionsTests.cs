using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.Tests.Team;

public sealed class AgencyOptionsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("Europe/Paris", true)]
    [InlineData("UTC", true)]
    [InlineData("Europe/Atlantis", false)]
    [InlineData("Romance Standard Time", false)]
    [InlineData("../etc/localtime", false)]
    public void TheZone_IsOfTheIanaDatabase(string? zone, bool valid) => Assert.Equal(valid, new AgencyOptions { TimeZone = zone }.IsValid);
}
