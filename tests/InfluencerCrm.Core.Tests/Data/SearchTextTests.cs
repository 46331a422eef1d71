using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Zoé LEFÈVRE", "zoe lefevre")]
    [InlineData("L’Écho  des\tsavanes ", "l'echo des savanes")]
    [InlineData("Cœur – Ærø, Łódź", "coeur - aero, lodz")]
    [InlineData("Straße ẞ", "strasse ss")]
    [InlineData("İstanbul Iğdır", "istanbul igdir")]
    [InlineData("Ｗｉｄｅ ﬁn", "wide fin")]
    [InlineData("Ngũ Thị Hằng", "ngu thi hang")]
    [InlineData("Ελλάδα", "ελλαδα")]
    [InlineData("a…b ½", "a...b 1⁄2")]
    [InlineData("", "")]
    public void Texts_AreFoundHoweverTheyWereTyped(string text, string expected) => Assert.Equal(expected, SearchText.Normalise(text));

    /// <summary>A letter in a plain Latin text takes another way than the same letter in a text of other scripts.</summary>
    [Fact]
    public void EachLetter_BecomesTheSameInEveryText()
    {
        const string Greek = "α";
        for (var c = 0x21; c < 0x2040; c = c == 0x2FF ? 0x2010 : c + 1)
        {
            var text = $"x{(char)c}y";

            Assert.Equal(SearchText.Normalise($"{Greek}{text}"), $"{Greek}{SearchText.Normalise(text)}");
        }
    }

    [Fact]
    public void AnAccentApart_IsTheAccentWithin() => Assert.Equal(SearchText.Normalise("é"), SearchText.Normalise("e\u0301"));
}
