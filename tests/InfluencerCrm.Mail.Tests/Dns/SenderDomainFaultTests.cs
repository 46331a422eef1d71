using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Dns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Dns;

public sealed class SenderDomainFaultTests : SenderDomainTest
{
    [Theory]
    [InlineData(DnsReply.Silence, "No name server answered")]
    [InlineData(DnsReply.ServerFailure, "ServerFailure")]
    [InlineData(DnsReply.Refused, "Refused")]
    [InlineData(DnsReply.TruncatedAndNoTcp, "No name server answered")]
    [InlineData(DnsReply.Garbage, "cannot be read")]
    [InlineData(DnsReply.GarbageWithTheRightId, "cannot be read")]
    [InlineData(DnsReply.AnotherId, "cannot be read")]
    [InlineData(DnsReply.AnotherName, "another question")]
    public async Task AResolverThatFails_IsOneWarning_AndNoGuess(DnsReply reply, string words)
    {
        Dns.Default = reply;

        var warning = Assert.Single(await CheckAsync());

        Assert.Equal("dnsFailed", warning.Code);
        Assert.Contains(words, warning.Message, StringComparison.Ordinal);
        Assert.Contains("Mail__Dns__Servers", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyOnThePort_IsAWarning()
    {
        var warning = Assert.Single(await CheckAsync(null, ("Mail:Dns:Servers", "127.0.0.1:1")));

        Assert.Equal("dnsFailed", warning.Code);
    }

    [Fact]
    public async Task TheSecondServer_IsAskedWhereTheFirstIsSilent()
    {
        await using var silent = new ScriptedDnsServer { Default = DnsReply.Silence };

        Assert.Empty(await CheckAsync(null, ("Mail:Dns:Servers", $"127.0.0.1:{silent.Port}, 127.0.0.1:{Dns.Port}")));
        Assert.NotEmpty(silent.Questions);
    }

    [Fact]
    public async Task AnswersThatComeTooSlowly_EndTheCheck()
    {
        await using var silent = new ScriptedDnsServer { Default = DnsReply.Silence };
        Dns.Text(Domain, "v=spf1 include:1.example -all");
        for (var i = 1; i < 9; i++) Dns.Text($"{i}.example", $"v=spf1 include:{i + 1}.example -all");

        var warning = Assert.Single(await CheckAsync(null, ("Mail:Dns:Servers", $"127.0.0.1:{silent.Port},127.0.0.1:{Dns.Port}")));

        Assert.Equal("dnsFailed", warning.Code);
        Assert.Contains("too slowly", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALongWaitForOneAnswer_IsNoLongWaitForAll()
    {
        Dns.Default = DnsReply.Silence;
        var clock = new FakeTimeProvider();
        await using var services = MailServices.Smtp(25, clock, ("Mail:Dns:Servers", Dns.Settings["Mail:Dns:Servers"]!), ("Mail:Dns:TimeoutSeconds", "10"));
        var asked = services.GetRequiredService<ISenderDomainCheck>().ExecuteAsync(Of(Domain), Ct);

        clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Contains("too slowly", Assert.Single(await asked).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoNameServer_IsAWarningThatSaysSo() =>
        Assert.Contains("No name server is known", Assert.Single(await CheckAsync(null, ("Mail:Dns:Servers", "0.0.0.0"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task TheKeyThatSigns_IsTheOneLookedFor_EvenWhereItsFileIsGone()
    {
        var (settings, key) = Signing();
        Dns.Text($"crm._domainkey.{Domain}", Record(key));
        await using var services = Services(null, settings);
        Assert.NotNull(services.GetRequiredService<IMailComposer>());
        File.Delete(settings.Single(s => s.Key == "Mail:Dkim:PrivateKeyPath").Value);

        Assert.Empty(await services.GetRequiredService<ISenderDomainCheck>().ExecuteAsync(Of(Domain), Ct));
    }

    [Fact]
    public async Task WhatOneQuestionFound_IsToldAlthoughAnotherFailed()
    {
        Dns.Text(Domain, "v=spf1 +all").Reply($"_dmarc.{Domain}", DnsReply.ServerFailure);

        Assert.Equal(["spfAllowsAll", "dnsFailed"], await CodesAsync());
    }

    [Fact]
    public async Task AFaultWithinTheSpfTree_IsNoBrokenRecord()
    {
        Dns.Reply("_spf.provider.example", DnsReply.ServerFailure);

        Assert.Equal(["dnsFailed"], await CodesAsync());
    }

    [Fact]
    public async Task PunycodeThatStandsForNothing_IsAWarning()
    {
        Dns.Text(Domain, "v=spf1 include:xn--zzzzzz99999.example -all").Text("xn--zzzzzz99999.example", "v=spf1 -all");

        Assert.Equal(["dnsFailed"], await CodesAsync());
        Assert.Equal(["dnsFailed"], await CodesAsync(Of("xn--zzzzzz99999.example")));
    }

    [Fact]
    public async Task ANameWithoutTexts_HasNone()
    {
        Dns.Reply($"_dmarc.{Domain}", DnsReply.Empty);

        Assert.Equal(["dmarcMissing"], await CodesAsync());
    }

    [Fact]
    public async Task ATruncatedAnswer_IsReadOverTcp()
    {
        var (settings, key) = Signing();
        Dns.Text($"crm._domainkey.{Domain}", Record(key)).Reply($"crm._domainkey.{Domain}", DnsReply.TruncatedOverUdp);

        Assert.Empty(await CheckAsync(null, settings));
        Assert.Equal(1, Dns.QuestionsOverTcp);
    }

    [Fact]
    public async Task AnAnswerLongerThanADatagram_IsReadWhole()
    {
        Dns.Text(Domain, [.. Enumerable.Range(0, 60).Select(i => $"note-{i}={new string('x', 300)}"), "v=spf1 ip4:192.0.2.1 +all"]).Reply(Domain, DnsReply.TruncatedOverUdp);

        Assert.Equal(["spfAllowsAll"], await CodesAsync());
    }

    [Fact]
    public async Task AnAnswer_IsKeptForMinutes()
    {
        var clock = new FakeTimeProvider();
        await using var services = Services(clock);
        var check = services.GetRequiredService<ISenderDomainCheck>();

        Assert.Empty(await check.ExecuteAsync(Of(Domain), Ct));
        var asked = Dns.Questions.Count;
        Dns.Text(Domain, "v=spf1 +all");
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Empty(await check.ExecuteAsync(Of(Domain), Ct));
        Assert.Equal(asked, Dns.Questions.Count);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["spfAllowsAll"], (await check.ExecuteAsync(Of(Domain), Ct)).Select(w => w.Code));
    }

    [Fact]
    public async Task AFailure_IsKeptForSecondsOnly()
    {
        var clock = new FakeTimeProvider();
        await using var services = Services(clock);
        var check = services.GetRequiredService<ISenderDomainCheck>();
        Dns.Default = DnsReply.ServerFailure;

        Assert.Equal(["dnsFailed"], (await check.ExecuteAsync(Of(Domain), Ct)).Select(w => w.Code));
        Dns.Default = DnsReply.Zone;
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await check.ExecuteAsync(Of(Domain), Ct));
    }

    [Fact]
    public async Task ThePickupFolder_AsksNobody()
    {
        Assert.Empty(await CheckAsync(Of("nowhere.example"), ("Mail:Transport", "Pickup")));
        Assert.Empty(Dns.Questions);
    }

    [Fact]
    public async Task WhoStopsWaiting_GetsNoAnswer()
    {
        Dns.Default = DnsReply.Silence;
        await using var services = Services(null);
        using var stop = new CancellationTokenSource();
        var asked = services.GetRequiredService<ISenderDomainCheck>().ExecuteAsync(Of(Domain), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }
}
