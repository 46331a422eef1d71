using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class ValueListsTests
{
    [Fact]
    public void Words_AreTrimmedAndKeptOnceInTheirOrder() =>
        Assert.Equal(["b", "a"], ValueLists.Words([" b ", "", "a", "b"], "words"));

    [Theory]
    [InlineData("a\u0000b", "controlCharacter")]
    [InlineData("a\r\nb", "controlCharacter")]
    public void Words_WithControlCharacters_AreRefused(string word, string code) =>
        Assert.Equal(code, Assert.Throws<RuleViolation>(() => ValueLists.Words([word], "words")).Code);

    [Fact]
    public void Ids_ArePositiveAndKeptOnce()
    {
        Assert.Equal([2, 1], ValueLists.Ids([2, 1, 2], "topicIds"));
        Assert.Throws<RuleViolation>(() => ValueLists.Ids([0], "topicIds"));
        Assert.Empty(ValueLists.Ids(null, "topicIds"));
    }
}
