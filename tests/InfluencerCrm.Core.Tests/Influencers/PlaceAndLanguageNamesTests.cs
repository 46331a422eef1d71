using System.Globalization;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Tests.Influencers;

public sealed class PlaceAndLanguageNamesTests
{
    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("fra", "FR")]
    [InlineData("Allemagne", "DE")]
    [InlineData("GERMANY", "DE")]
    [InlineData("Deutschland", "DE")]
    [InlineData("España", "ES")]
    [InlineData("Etats Unis", "US")]
    [InlineData("États-Unis", "US")]
    [InlineData("U.S.A.", "US")]
    [InlineData("Royaume-Uni", "GB")]
    [InlineData("UK", "GB")]
    [InlineData("Côte d’Ivoire", "CI")]
    [InlineData("Viêt Nam", "VN")]
    [InlineData("Yémen", "YE")]
    [InlineData("Birmanie", "MM")]
    [InlineData("Pays-Bas", "NL")]
    [InlineData("Corée du Sud", "KR")]
    [InlineData("Namibie", "NA")]
    public void Country_IsFoundByCodeOrName(string text, string code) => Assert.Equal(code, CountryNames.Find(text));

    [Theory]
    [InlineData("Absurdistan")]
    [InlineData("ZZ")]
    [InlineData("EU")]
    [InlineData("")]
    [InlineData(null)]
    public void WhatIsNoCountry_IsNotFound(string? text) => Assert.Null(CountryNames.Find(text));

    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("FRE", "fr")]
    [InlineData("Français", "fr")]
    [InlineData("anglais", "en")]
    [InlineData("English", "en")]
    [InlineData("Deutsch", "de")]
    [InlineData("fr-CH", "fr-CH")]
    [InlineData("en_gb", "en-GB")]
    [InlineData("中文", "zh")]
    public void Language_IsFoundByCodeOrName(string text, string tag) => Assert.Equal(tag, LanguageNames.Find(text));

    [Theory]
    [InlineData("klingonais")]
    [InlineData("xx")]
    [InlineData("-")]
    [InlineData("")]
    public void WhatIsNoLanguage_IsNotFound(string text) => Assert.Null(LanguageNames.Find(text));

    /// <summary>All but islands that ICU counts for themselves and ISO 3166-1 does not.</summary>
    [Fact]
    public void EveryCountry_IsFoundByItsEnglishAndFrenchName()
    {
        foreach (var code in CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => new RegionInfo(c.Name).Name).Where(n => n.Length == 2 && n is not ("AC" or "CP" or "CQ" or "DG" or "EA" or "IC" or "TA")).Distinct())
        {
            Assert.Equal(code, CountryNames.Find(new RegionInfo($"en-{code}").NativeName));
            Assert.Equal(code, CountryNames.Find(new RegionInfo($"fr-{code}").NativeName));
        }
    }
}
