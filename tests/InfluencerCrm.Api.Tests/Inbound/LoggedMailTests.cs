using System.Globalization;
using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>Mails that a user sends by hand, with their secret address in Bcc.</summary>
public sealed class LoggedMailTests : InboundTest
{
    private const string Good = "Authentication-Results: mx.agency.example.org; dkim=pass header.d=example.org header.s=s1; spf=pass";

    protected override IReadOnlyDictionary<string, string?>? Settings => new Dictionary<string, string?>
    {
        ["Mail:Logging:Address"] = "log@crm.example",
        ["Mail:Logging:AuthServId"] = "mx.agency.example.org",
    };

    [DatabaseFact]
    public async Task AMailWithTheSecretAddress_EntersTheHistoryOfThoseItWentTo()
    {
        await SentAsync(2);
        var address = await AddressAsync();

        var answer = await ReceiveAsync(Mail(address, cc: DispatchStage.AddressOf(1)));

        Assert.Equal(("other", Stage.People[0]), (Text(answer, "kind"), answer["influencerId"]!.GetValue<int>()));
        var entry = await Stage.ReadAsync(db => db.Interactions.AsNoTracking().Include(i => i.Participants).SingleAsync(Ct));
        Assert.Equal((InteractionKind.Email, InteractionDirection.Outbound, "Lunch?", "Shall we meet?"), (entry.Kind, entry.Direction, entry.Subject, entry.Notes));
        Assert.Equal((Stage.People[0], (int?)await AdminIdAsync()), (entry.InfluencerId, entry.LoggedBy));
        Assert.Equal(Stage.People[1], Assert.Single(entry.Participants).InfluencerId);
        Assert.Equal("done", Text(Assert.Single(await App.ListAsync("odata/inboundMails")), "state"));
    }

    [DatabaseFact]
    public async Task TheSameMail_IsLoggedOnce()
    {
        await SentAsync();
        var mail = Mail(await AddressAsync());

        await ReceiveAsync(mail);
        await ReceiveAsync(mail.Replace("Subject: Lunch?", "X-Again: yes\nSubject: Lunch?", StringComparison.Ordinal));

        Assert.Equal(1, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task WhoWasOnlyInCc_AndIsErased_LeavesNothingInTheMail()
    {
        await SentAsync(2);
        await ReceiveAsync(Mail(await AddressAsync(), cc: DispatchStage.AddressOf(1)));
        var name = (await App.GetAsync($"odata/influencers({Stage.People[1]})"))["displayName"]!.GetValue<string>();

        using var erased = await SendAsync(App.Admin, HttpMethod.Post, $"api/influencers/{Stage.People[1]}/erase", $$"""{"confirm":"{{name}}"}""");

        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        var mail = await Stage.ReadAsync(db => db.InboundMails.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((null, null, null), (mail.Subject, mail.ReplyText, mail.FromAddress));
    }

    [Theory]
    [InlineData("no check", "")]
    [InlineData("failed", "Authentication-Results: mx.agency.example.org; dkim=fail header.d=example.org")]
    [InlineData("another's check", "Authentication-Results: mx.attacker.example; dkim=pass header.d=example.org")]
    [InlineData("another's signature", "Authentication-Results: mx.agency.example.org; dkim=pass header.d=attacker.example")]
    [InlineData("a suffix of the domain", "Authentication-Results: mx.agency.example.org; dkim=pass header.d=org")]
    [InlineData("a domain that ends alike", "Authentication-Results: mx.agency.example.org; dkim=pass header.d=anexample.org")]
    [InlineData("the sender's own words below", "Authentication-Results: mx.agency.example.org; dkim=none\nAuthentication-Results: mx.agency.example.org; dkim=pass header.d=example.org")]
    public async Task WithoutProof_ItWaits(string why, string checks)
    {
        await SentAsync();

        await ReceiveAsync(Mail(await AddressAsync(), checks: checks));

        Assert.NotEmpty(why);
        Assert.Equal("unprovenSender", Text(await WaitingAsync(), "problem"));
        await NothingChangedAsync();
    }

    [Fact]
    public async Task FromAnotherAddress_ItWaits_AndDoesNotTakeThePlaceOfTheRealOne()
    {
        await SentAsync();
        var address = await AddressAsync();

        await ReceiveAsync(Mail(address, from: "stranger@example.org"));
        await ReceiveAsync(Mail(address, checks: ""));
        await ReceiveAsync(Mail(address));

        Assert.Equal(2, (await App.ListAsync("odata/inboundMails?$filter=state eq 'waiting'")).Count);
        Assert.Equal(1, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task WhatWaits_IsLoggedWhenAPersonSaysSo()
    {
        await SentAsync(2);
        await ReceiveAsync(Mail(await AddressAsync(), cc: DispatchStage.AddressOf(1), checks: ""));
        var waiting = await WaitingAsync();

        using var response = await SendAsync(App.Admin, HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"odata/inboundMails({waiting["id"]})/resolve"), """{"apply":true}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var entry = await Stage.ReadAsync(db => db.Interactions.AsNoTracking().Include(i => i.Participants).SingleAsync(Ct));
        Assert.Equal((InteractionDirection.Outbound, Stage.People[0], Stage.People[1]), (entry.Direction, entry.InfluencerId!.Value, Assert.Single(entry.Participants).InfluencerId!.Value));
    }

    [Fact]
    public async Task NobodyKnown_ItWaits()
    {
        await SentAsync();

        await ReceiveAsync(Mail(await AddressAsync(), to: "nobody@elsewhere.example"));

        Assert.Equal("nobodyKnown", Text(await WaitingAsync(), "problem"));
    }

    [Fact]
    public async Task ANewAddress_EndsTheOldOne()
    {
        await SentAsync();
        var old = await AddressAsync();
        var address = await AddressAsync();

        await ReceiveAsync(Mail(old));
        Assert.Equal("noMessage", Text(await WaitingAsync(), "problem"));
        await ReceiveAsync(Mail(address));

        Assert.NotEqual(old, address);
        Assert.Equal(1, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [Fact]
    public async Task AnAddress_IsForOneself()
    {
        var (client, id) = await App.SignUpUserAsync("assistant", "read,write");

        Assert.StartsWith("log+", await AddressAsync(client, id), StringComparison.Ordinal);
        using var others = await SendAsync(client, HttpMethod.Post, RotateOf(await AdminIdAsync()), "{}");
        using var unknown = await SendAsync(App.Admin, HttpMethod.Post, "odata/users(9999)/rotateLoggingAddress", "{}");

        await ErrorAsync(others, HttpStatusCode.Forbidden);
        await ErrorAsync(unknown, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task WithoutAnAddressOfTheInstallation_ThereIsNone()
    {
        await using var app = await CrmApp.StartAsync();

        using var response = await SendAsync(app.Admin, HttpMethod.Post, "odata/users(1)/rotateLoggingAddress", "{}");

        Assert.Equal("loggingOff", Text(await ErrorAsync(response, HttpStatusCode.Conflict), "code"));
    }

    private static string RotateOf(int user) => string.Create(CultureInfo.InvariantCulture, $"odata/users({user})/rotateLoggingAddress");

    private async Task<int> AdminIdAsync() => Id((await App.ListAsync($"odata/users?$filter=email eq '{CrmApp.AdminEmail}'"))[0]!.AsObject());

    private async Task<string> AddressAsync(HttpClient? client = null, int? user = null)
    {
        using var response = await SendAsync(client ?? App.Admin, HttpMethod.Post, RotateOf(user ?? await AdminIdAsync()), "{}");
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"The address was answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!["address"]!.GetValue<string>();
    }

    /// <summary>As it arrives: the address that was in Bcc shows in the envelope alone.</summary>
    private static string Mail(string logging, string? from = null, string? to = null, string? cc = null, string checks = Good) => $"""
        Delivered-To: {logging}
        {(checks.Length > 0 ? checks + "\n" : "")}From: The admin <{from ?? CrmApp.AdminEmail}>
        To: Zoé <{to ?? To}>
        {(cc is null ? "" : $"Cc: {cc}\n")}Message-ID: <by-hand@example.org>
        Subject: Lunch?
        Content-Type: text/plain; charset=utf-8

        Shall we meet?
        """;
}
