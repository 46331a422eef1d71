using InfluencerCrm.TestKit.Dns;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>The check of a send-out that would really leave, with a name server of the test's own.</summary>
public sealed class SenderDomainTests : SendOutTest
{
    private readonly ScriptedDnsServer dns = new();

    /// <summary>A port where nobody listens: nothing leaves in these tests.</summary>
    protected override IReadOnlyDictionary<string, string?>? Settings => new Dictionary<string, string?>([.. DispatchStage.Smtp(1), .. dns.Settings]);

    [Fact]
    public async Task ASendersDomainInOrder_HasNoProblems()
    {
        dns.Text("agency.example.org", "v=spf1 ip4:192.0.2.1 -all").Text("_dmarc.agency.example.org", "v=DMARC1; p=quarantine");
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        Assert.Empty((await CheckAsync(sendOut))["problems"]!.AsArray());
    }

    [Fact]
    public async Task WhatReceiversHoldAgainstTheDomain_Warns_AndDoesNotBlock()
    {
        dns.Text("agency.example.org", "v=spf1 +all");
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        var check = await CheckAsync(sendOut);
        await ScheduleAsync(sendOut);

        Assert.True(check["canSchedule"]!.GetValue<bool>());
        Assert.Equal(["spfAllowsAll", "dmarcMissing"], check["problems"]!.AsArray().Select(p => Text(p, "code")));
        Assert.All(check["problems"]!.AsArray(), p => Assert.Equal(("warning", "fromAddress"), (Text(p, "severity"), Text(p, "target"))));
        Assert.Contains("agency.example.org", Text(Problem(check, "spfAllowsAll"), "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSendOutsOwnSender_IsTheOneThatIsExamined()
    {
        var sendOut = await SendOutAsync(await ListAsync(await PersonAsync("Ana", "ana@example.org")), await StoryAsync(), new { fromAddress = "zoe@Bücher.example" });

        dns.Text("xn--bcher-kva.example", "v=spf1 ip4:192.0.2.1 -all").Text("_dmarc.xn--bcher-kva.example", "v=DMARC1; p=reject");

        Assert.Empty((await CheckAsync(sendOut))["problems"]!.AsArray());
        Assert.Contains("xn--bcher-kva.example", dns.Questions);
        Assert.DoesNotContain("agency.example.org", dns.Questions);
    }

    [Fact]
    public async Task ASilentNameServer_Warns_AndDoesNotBlock()
    {
        dns.Default = DnsReply.Silence;
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        var check = await CheckAsync(sendOut);

        Assert.True(check["canSchedule"]!.GetValue<bool>());
        Assert.Equal("dnsFailed", Text(Assert.Single(check["problems"]!.AsArray()), "code"));
    }

    protected override ValueTask AfterEndAsync() => dns.DisposeAsync();
}
