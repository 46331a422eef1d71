using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Core.Tests.SendOuts;

public sealed class SenderAccountTests
{
    [Fact]
    public void ASecret_GoesToNoOtherServerThanItWasGivenFor()
    {
        var account = SenderAccount.Create(new()
        {
            Name = "Press", FromAddress = "press@agency.example.org", Host = "mail.example.org", Password = "secret",
            OauthTokenEndpoint = "https://tokens.example.org", OauthClientId = "crm", OauthRefreshToken = "token",
        });
        account.KeepPassword("sealed");
        account.KeepRefreshToken("sealed");

        Assert.Equal("oauthRefreshToken", Assert.Throws<RuleViolation>(() => account.Apply(new() { OauthTokenEndpoint = "https://elsewhere.example" })).Target);
        Assert.Equal("password", Assert.Throws<RuleViolation>(() => account.Apply(new() { Host = "mail.elsewhere.example" })).Target);
        account.Apply(new() { Host = "mail.third.example", Password = "anew", OauthTokenEndpoint = "https://third.example", OauthRefreshToken = "anew" });
        Assert.Equal(("mail.third.example", "https://third.example"), (account.Host, account.OauthTokenEndpoint));
    }

    [Fact]
    public void ChoosingAProvider_FillsItsServer_AndLimitsAFifthBelowItsOwn()
    {
        var account = Create(new() { Name = "Press", FromAddress = "press@agency.example", Provider = MailProvider.Microsoft365 });

        Assert.Equal(("smtp.office365.com", 587, SmtpSecurity.StartTls), (account.Host, account.Port, account.Security));
        Assert.Equal((24, 8000), (account.PerMinute, account.PerDay));
    }

    [Fact]
    public void WhatIsGivenWithTheProvider_Stays()
    {
        var account = Create(new() { Name = "Press", FromAddress = "press@agency.example", Provider = MailProvider.Gmail, Host = "relay.agency.example", Port = 465, Security = SmtpSecurity.Tls, PerDay = 500, PerMinute = 7 });

        Assert.Equal(("relay.agency.example", 465, SmtpSecurity.Tls, 500, 7), (account.Host, account.Port, account.Security, account.PerDay, account.PerMinute));
    }

    [Fact]
    public void MoreThanTheProviderTakes_IsRefused_AndTheCeilingIsSaid()
    {
        var account = Create(new() { Name = "Press", FromAddress = "press@agency.example", Provider = MailProvider.Gmail });

        var refused = Assert.Throws<RuleViolation>(() => account.Apply(new() { PerDay = 501 }));

        Assert.Equal(("outOfRange", "perDay"), (refused.Code, refused.Target));
        Assert.Contains("500 or less: Gmail", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutALimitOfItsOwn_AnAccountStaysBelowTheCeiling()
    {
        var account = Create(new() { Name = "Press", FromAddress = "press@agency.example", Provider = MailProvider.Gmail });

        account.Apply(new() { PerDay = new(null) });

        Assert.Equal((null, 400, null), (account.PerDay, account.EffectivePerDay, account.EffectivePerMinute));
    }

    [Fact]
    public void WithoutAProvider_LimitsAreThoseThatWereGiven()
    {
        var account = Create(new() { Name = "Press", FromAddress = "press@agency.example", PerMinute = 1_000_000 });

        Assert.Equal((1_000_000, null), (account.EffectivePerMinute, account.EffectivePerDay));
    }

    [Fact]
    public void AProviderWithAServerForEachRegion_AsksForIt() =>
        Assert.Equal("host", Assert.Throws<RuleViolation>(() => Create(new() { Name = "Press", FromAddress = "press@agency.example", Provider = MailProvider.AmazonSes })).Target);

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void ConnectionsOutOfRange_AreRefused(int connections) =>
        Assert.Equal("maxConnections", Assert.Throws<RuleViolation>(() => Create(new() { Name = "Press", FromAddress = "press@agency.example", MaxConnections = connections })).Target);

    [Fact]
    public void ATokenEndpointWithoutEncryption_IsRefused() =>
        Assert.Equal("oauthTokenEndpoint", Assert.Throws<RuleViolation>(() => Create(new()
        {
            Name = "Press", FromAddress = "press@agency.example", OauthTokenEndpoint = "http://tokens.example/token", OauthClientId = "crm", OauthRefreshToken = "forever",
        })).Target);

    [Fact]
    public void TheProvidersTokenEndpoint_NeedsNotBeKnown()
    {
        var account = Create(new() { Name = "Press", FromAddress = "press@agency.example", Provider = MailProvider.GoogleWorkspace, OauthClientId = "crm", OauthRefreshToken = "forever" });

        Assert.Equal("https://oauth2.googleapis.com/token", account.OauthTokenEndpoint);
    }

    [Fact]
    public void EveryProvider_HasAPreset() => Assert.Equal(Enum.GetValues<MailProvider>(), MailPreset.All.Select(p => p.Provider));

    private static SenderAccount Create(SenderAccountChanges changes) => SenderAccount.Create(changes);
}
