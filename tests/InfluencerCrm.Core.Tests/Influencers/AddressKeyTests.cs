using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Tests.Influencers;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData(" Zoe.Lefevre@Example.ORG ", "zoe.lefevre@example.org")]
    [InlineData("a.b+tag@example.org", "a.b+tag@example.org")]
    [InlineData("o'neil@example.org", "o'neil@example.org")]
    [InlineData("info@müller.test", "info@xn--mller-kva.test")]
    [InlineData("INFO@MÜLLER.test", "info@xn--mller-kva.test")]
    [InlineData("a@sub-domain.example.org", "a@sub-domain.example.org")]
    public void Key_IsTrimmedLowerCaseAndPunycode(string address, string key) => Assert.Equal(key, AddressKey.Of(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("example.org")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a@localhost")]
    [InlineData("a@.org")]
    [InlineData("a@example..org")]
    [InlineData("a@example.org.")]
    [InlineData("a@-example.org")]
    [InlineData("a@example-.org")]
    [InlineData("a@example.o")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData(".a@example.org")]
    [InlineData("a.@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("a@exam ple.org")]
    [InlineData("a@b@example.org")]
    [InlineData("a\r\nBcc: b@example.org")]
    [InlineData("\"quoted\"@example.org")]
    [InlineData("zoé@example.org")]
    [InlineData("a@exa_mple.org")]
    [InlineData("a@ex\u0000ample.org")]
    public void WhatIsNoAddress_HasAReason(string? address)
    {
        var parsed = AddressKey.TryParse(address, out var key, out var reason);

        Assert.False(parsed);
        Assert.Empty(key);
        Assert.NotEmpty(reason!);
    }

    [Fact]
    public void AddressesOverTheLengthLimits_AreRefused()
    {
        Assert.Null(AddressKey.Of(new string('a', 65) + "@example.org"));
        Assert.Null(AddressKey.Of("a@" + new string('b', 64) + ".org"));
        Assert.Null(AddressKey.Of("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".org"));
        Assert.Null(AddressKey.Of("a@" + new string('é', 300) + ".org"));
    }

    [Theory]
    [InlineData("redaction@journal.test")]
    [InlineData("Contact@journal.test")]
    [InlineData("desk@journal.test")]
    [InlineData("info@journal.test")]
    [InlineData("newsroom@journal.test")]
    [InlineData("presse@journal.test")]
    [InlineData("redaction-lyon@journal.test")]
    [InlineData("lyon.redaction@journal.test")]
    [InlineData("la.redaction@journal.test")]
    [InlineData("news2@journal.test")]
    [InlineData("press+uk@journal.test")]
    [InlineData("info.nord@journal.test")]
    [InlineData("no-reply@journal.test")]
    [InlineData("redaktion@zeitung.test")]
    [InlineData("redazione@giornale.test")]
    [InlineData("redactie@krant.test")]
    [InlineData("prensa@diario.test")]
    public void RoleAddresses_AreShared(string address) => Assert.True(RoleAddress.IsShared(address));

    [Theory]
    [InlineData("zoe.lefevre@journal.test")]
    [InlineData("zlefevre@journal.test")]
    [InlineData("marie.press@journal.test")]
    [InlineData("informa.tician@journal.test")]
    [InlineData("desky@journal.test")]
    [InlineData("le.goff@journal.test")]
    [InlineData("no.body@journal.test")]
    [InlineData("")]
    [InlineData("@")]
    public void OwnAddresses_AreNot(string address) => Assert.False(RoleAddress.IsShared(address));
}
