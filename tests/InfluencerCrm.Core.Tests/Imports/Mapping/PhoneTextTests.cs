using InfluencerCrm.Core.Influencers;
using PhoneNumbers;

namespace InfluencerCrm.Core.Tests.Imports.Mapping;

public sealed class PhoneTextTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>The short way for international numbers says what the library says, for a number of each kind of each country.</summary>
    [Fact]
    public void InternationalNumbers_AreWhatTheLibraryMakesOfThem()
    {
        var checkedNumbers = 0;
        foreach (var region in Library.GetSupportedRegions())
        {
            foreach (var type in new[] { PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE, PhoneNumberType.VOIP })
            {
                if (Library.GetExampleNumberForType(region, type) is not { } number)
                {
                    continue;
                }

                var expected = Library.Format(number, PhoneNumberFormat.E164);
                var international = Library.Format(number, PhoneNumberFormat.INTERNATIONAL);
                Assert.Equal(expected, PhoneText.Normalise(international, null));
                Assert.Equal(expected, PhoneText.Normalise("00" + expected[1..], null));
                Assert.Equal(expected, PhoneText.Normalise(Library.Format(number, PhoneNumberFormat.NATIONAL), region));
                checkedNumbers++;
            }
        }

        Assert.True(checkedNumbers > 500);
    }

    [Theory]
    [InlineData("+33 1 23 45 67 89 01", "FR")]
    [InlineData("+33 1 23", null)]
    [InlineData("+999 123 456 789", null)]
    [InlineData("01 23 45 67 89", null)]
    [InlineData("01 23 45 67 89", "XX")]
    [InlineData("00 00 00 00 00", "FR")]
    [InlineData("1-800-FLOWERS", "US")]
    [InlineData("Fax 01 23 45 67 89", "FR")]
    [InlineData("01 23 45 67 89 (Ida, le matin)", "FR")]
    [InlineData("+", "FR")]
    [InlineData("", "FR")]
    public void WhatIsNoNumberOrMoreThanOne_StaysAsWritten(string text, string? country) =>
        Assert.Equal(text, PhoneText.Normalise(text, country));

    [Theory]
    [InlineData("+33 (0)1 23 45 67 89", null, "+33123456789")]
    [InlineData("+44 (0) 20 7946 0000", null, "+442079460000")]
    [InlineData("+33\u00a01\u202f23-45.67\u201189", null, "+33123456789")]
    [InlineData("(020) 7946 0000", "GB", "+442079460000")]
    [InlineData("Tél. : 01 23 45 67 89", "FR", "+33123456789")]
    [InlineData("01 23 45 67 89 (standard)", "FR", "+33123456789")]
    [InlineData("01 23 45 67 89 poste 12", "FR", "+33123456789 ext. 12")]
    [InlineData("+1 212 555 0123 x45", null, "+12125550123 ext. 45")]
    [InlineData("+225 07 12 34 56 78", null, "+2250712345678")]
    public void Spellings_AreOneNumber(string text, string? country, string expected) =>
        Assert.Equal(expected, PhoneText.Normalise(text, country));

    [Fact]
    public void TheFormItGives_StaysWhatItIs()
    {
        foreach (var text in new[] { "+33123456789", "+33123456789 ext. 12", "+390212345678" })
        {
            Assert.Equal(text, PhoneText.Normalise(text, "FR"));
        }
    }
}
