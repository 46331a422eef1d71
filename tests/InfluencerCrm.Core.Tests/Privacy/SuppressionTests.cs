using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Privacy;

namespace InfluencerCrm.Core.Tests.Privacy;

public sealed class SuppressionTests
{
    [Fact]
    public void ItNamesAnAddressOrAPerson() =>
        Assert.Throws<RuleViolation>(() => new Suppression(null, null, null, SuppressionScope.All, null, SuppressionReason.Manual, null));

    [Theory]
    [InlineData(SuppressionScope.All, 1)]
    [InlineData(SuppressionScope.Client, null)]
    public void AClientIsGivenWithTheScopeClientOnly(SuppressionScope scope, int? clientId) =>
        Assert.Equal("clientId", Assert.Throws<RuleViolation>(() => new Suppression(null, null, 1, scope, clientId, SuppressionReason.Manual, null)).Target);

    [Fact]
    public void Blank_ForgetsTheAddressAndKeepsTheHash()
    {
        var suppression = new Suppression("a@example.org", [1, 2, 3], 1, SuppressionScope.All, null, SuppressionReason.Erasure, "mail");

        suppression.Blank();

        Assert.Null(suppression.Address);
        Assert.Equal<byte[]>([1, 2, 3], suppression.AddressHash!);
    }

    [Fact]
    public void TheHashDependsOnTheKey()
    {
        var one = new AddressHash();
        one.UseKey(Enumerable.Repeat((byte)1, 32).ToArray());
        var two = new AddressHash();
        two.UseKey(Enumerable.Repeat((byte)2, 32).ToArray());

        Assert.Equal(one.Of("a@example.org"), one.Of("a@example.org"));
        Assert.NotEqual(one.Of("a@example.org"), two.Of("a@example.org"));
        Assert.Throws<InvalidOperationException>(() => new AddressHash().Of("a@example.org"));
    }
}
