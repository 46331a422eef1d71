using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Api.Tests.Imports;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.Webhooks;

/// <summary>Events on their way to a real receiver.</summary>
public sealed class WebhookTests : ApiTest, IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private HttpReceiver _receiver = null!;

    private int? _person;

    protected override TimeProvider Clock => _clock;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Outbound:AllowPrivateNetworks"] = "true", ["PublicUrl"] = "https://crm.example.org" };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _receiver = await HttpReceiver.StartAsync();
        await base.InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [DatabaseFact]
    public async Task AnEvent_ArrivesSigned()
    {
        var webhook = await WebhookAsync(["interaction.created"]);
        var secret = webhook["secret"]!.GetValue<string>();
        var call = await CallAsync();

        var request = await ReceivedAsync(1);

        Assert.Equal("POST", request.Method);
        Assert.Equal("application/json", request.Headers["content-type"]);
        var signed = Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Text}");
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed)), request.Headers["webhook-signature"]);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds(), long.Parse(request.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture));
        var body = JsonNode.Parse(request.Text)!;
        Assert.Equal("interaction.created", body["type"]!.GetValue<string>());
        Assert.EndsWith("Z", body["timestamp"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal($"https://crm.example.org/odata/interactions({call})", body["data"]!["url"]!.GetValue<string>());
        Assert.Equal("call", body["data"]!["kind"]!.GetValue<string>());
        var delivery = await DeliveryAsync(d => d["status"]!.GetValue<string>() == "delivered");
        Assert.Equal((1, 200), (delivery["attempts"]!.GetValue<int>(), delivery["lastStatus"]!.GetValue<int>()));
        Assert.Single(await App.ListAsync($"odata/webhooks({Id(webhook)})/deliveries"));
    }

    [Fact]
    public async Task ASecret_IsShownOnce_AndCanBeReplaced()
    {
        var webhook = await WebhookAsync([]);

        Assert.StartsWith("whsec_", webhook["secret"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", (await App.GetAsync($"odata/webhooks({Id(webhook)})")).ToJsonString(), StringComparison.Ordinal);
        using var rotated = await SendAsync(App.Admin, HttpMethod.Post, $"odata/webhooks({Id(webhook)})/rotateSecret", "{}");
        var secret = JsonNode.Parse(await rotated.Content.ReadAsStringAsync(Ct))!["secret"]!.GetValue<string>();
        Assert.NotEqual(webhook["secret"]!.GetValue<string>(), secret);

        using var ping = await SendAsync(App.Admin, HttpMethod.Post, $"odata/webhooks({Id(webhook)})/ping", "{}");
        Assert.True(ping.IsSuccessStatusCode, await ping.Content.ReadAsStringAsync(Ct));
        var request = await ReceivedAsync(1);
        Assert.Equal("ping", JsonNode.Parse(request.Text)!["type"]!.GetValue<string>());
        Assert.Equal(WebhookSecret.Sign(secret, request.Headers["webhook-id"], long.Parse(request.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture), request.Body), request.Headers["webhook-signature"]);
    }

    [Theory]
    [InlineData("""{"url":"https://example.org/hook","events":["interaction.exploded"]}""", "unknownEvent")]
    [InlineData("""{"url":"https://example.org/hook","secret":"too short"}""", "badSecret")]
    [InlineData("""{"url":"ftp://example.org/hook"}""", "notAWebAddress")]
    [InlineData("""{"events":[]}""", "required")]
    public async Task WhatCannotBe_IsRefused(string body, string code)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/webhooks", body);

        Assert.Equal(code, (await ErrorAsync(response, HttpStatusCode.UnprocessableEntity))["code"]!.GetValue<string>());
    }

    [DatabaseFact]
    public async Task AFailure_ComesAgain_UnderTheSameId()
    {
        _receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = _receiver.Requests.Count == 1 ? 500 : 204;
            return http.Response.StatusCode == 500 ? http.Response.WriteAsync("out \0of order", Ct) : Task.CompletedTask;
        };
        await WebhookAsync(["interaction.created"]);
        await CallAsync();
        var failed = await DeliveryAsync(d => d["attempts"]!.GetValue<int>() == 1);
        Assert.Equal(("pending", 500, "out  of order"), (failed["status"]!.GetValue<string>(), failed["lastStatus"]!.GetValue<int>(), failed["lastResponse"]!.GetValue<string>()));
        Assert.InRange(failed["nextAttemptAt"]!.GetValue<DateTime>().ToUniversalTime() - _clock.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5.6));

        _clock.Advance(TimeSpan.FromSeconds(6));
        await DeliveryAsync(d => d["status"]!.GetValue<string>() == "delivered");

        Assert.Single(_receiver.Requests.Select(r => r.Headers["webhook-id"]).Distinct());
        Assert.Equal(2, _receiver.Requests.Select(r => r.Headers["webhook-timestamp"]).Distinct().Count());
    }

    [Fact]
    public async Task AfterTheLastAttempt_ItIsGivenUp_AndCanBeReplayed()
    {
        _receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = _receiver.Requests.Count <= 10 ? 503 : 200;
            return Task.CompletedTask;
        };
        await WebhookAsync(["interaction.created"]);
        await CallAsync();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await DeliveryAsync(d => d["attempts"]!.GetValue<int>() == attempt);
            _clock.Advance(TimeSpan.FromHours(27));
        }

        var failed = await DeliveryAsync(d => d["status"]!.GetValue<string>() == "failed");
        Assert.Null(failed["nextAttemptAt"]);
        using var replay = await SendAsync(App.Admin, HttpMethod.Post, $"odata/webhookDeliveries({failed["id"]})/replay", "{}");
        Assert.True(replay.IsSuccessStatusCode, await replay.Content.ReadAsStringAsync(Ct));
        await DeliveryAsync(d => d["status"]!.GetValue<string>() == "delivered");
    }

    [Fact]
    public async Task AReceiverThatIsGone_SwitchesTheWebhookOff()
    {
        _receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        var webhook = await WebhookAsync(["interaction.created"]);
        await CallAsync();
        await UntilAsync(async () => (await App.GetAsync($"odata/webhooks({Id(webhook)})"))["active"]!.GetValue<bool>() == false);

        Assert.Contains("410", (await App.GetAsync($"odata/webhooks({Id(webhook)})"))["disabledReason"]!.GetValue<string>(), StringComparison.Ordinal);
        using var ping = await SendAsync(App.Admin, HttpMethod.Post, $"odata/webhooks({Id(webhook)})/ping", "{}");
        Assert.Equal("wrongState", (await ErrorAsync(ping, HttpStatusCode.Conflict))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task ASlowReceiver_HoldsUpNobodyElse()
    {
        await using var other = await HttpReceiver.StartAsync();
        var release = new TaskCompletionSource();
        _receiver.Answer = (http, _) => release.Task.WaitAsync(http.RequestAborted);
        await WebhookAsync(["interaction.created"]);
        await WebhookAsync(["interaction.created"], other.Address);
        for (var i = 0; i < 5; i++)
        {
            await CallAsync();
        }

        await UntilAsync(() => Task.FromResult(other.Requests.Count == 5));

        Assert.Single(_receiver.Requests);
        release.SetResult();
        await ReceivedAsync(5);
    }

    [DatabaseFact]
    public async Task AClientsWebhook_HearsOfItsRowsOnly_AndNobodyOfConfidentialCampaigns()
    {
        var (ours, theirs) = (Id(await App.CreateAsync("clients", new { name = "Ours" })), Id(await App.CreateAsync("clients", new { name = "Theirs" })));
        var confidential = Id(await App.CreateAsync("campaigns", new { name = "Tramontane", clientId = ours, confidential = true }));
        var open = Id(await App.CreateAsync("campaigns", new { name = "Mistral", clientId = ours }));
        await using var everything = await HttpReceiver.StartAsync();
        await WebhookAsync(["interaction.created", "coverage.created"], client: ours);
        await WebhookAsync(["interaction.created", "coverage.created"], everything.Address);

        await CallAsync(new { clientId = theirs });
        await CallAsync(new { clientId = ours, campaignId = confidential });
        await CallAsync(new { });
        await App.CreateAsync("coverage", new { title = "A piece", publishedAt = "2026-01-05T00:00:00Z", campaignId = open });
        await CallAsync(new { clientId = ours });
        await UntilAsync(() => Task.FromResult(_receiver.Requests.Count >= 2 && everything.Requests.Count >= 4));

        Assert.Equal(["coverage.created", "interaction.created"], _receiver.Requests.Select(r => JsonNode.Parse(r.Text)!["type"]!.GetValue<string>()).Order());
        Assert.Equal(4, everything.Requests.Count);
        Assert.DoesNotContain($"\"campaignId\":{confidential}", string.Concat(everything.Requests.Concat(_receiver.Requests).Select(r => r.Text)), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task AnErasure_ClearsWhatWasTold_AndIsToldItself()
    {
        _receiver.Answer = (http, request) =>
        {
            http.Response.StatusCode = request.Text.Contains("erased", StringComparison.Ordinal) ? 200 : 500;
            return http.Response.WriteAsync("Zoé Efface", Ct);
        };
        await WebhookAsync(["interaction.created", "influencer.updated", "influencer.erased"]);
        var person = Id(await App.CreateAsync("influencers", new { displayName = "Zoé Efface" }));
        await App.CreateAsync("interactions", new { influencerId = person, kind = "call" });
        await DeliveryAsync(d => d["event"]!.GetValue<string>() == "interaction.created" && d["attempts"]!.GetValue<int>() == 1);

        using var erase = await SendAsync(App.Admin, HttpMethod.Post, $"api/influencers/{person}/erase", """{"confirm":"Zoé Efface"}""");
        Assert.True(erase.IsSuccessStatusCode, await erase.Content.ReadAsStringAsync(Ct));
        await DeliveryAsync(d => d["event"]!.GetValue<string>() == "influencer.erased" && d["status"]!.GetValue<string>() == "delivered");

        var told = await DeliveryAsync(d => d["event"]!.GetValue<string>() == "interaction.created");
        Assert.Equal("cancelled", told["status"]!.GetValue<string>());
        Assert.Null(told["payload"]);
        Assert.Null(told["lastResponse"]);
        Assert.DoesNotContain("influencer.updated", (await EventsAsync()).Skip(2));
        using var replay = await SendAsync(App.Admin, HttpMethod.Post, $"odata/webhookDeliveries({told["id"]})/replay", "{}");
        Assert.Equal("wrongState", (await ErrorAsync(replay, HttpStatusCode.Conflict))["code"]!.GetValue<string>());
    }

    [DatabaseFact]
    public async Task StatesThatAreReached_AreEvents_HoweverTheyAreWritten()
    {
        await WebhookAsync(["coverage.confirmed", "message.sent", "message.bounced", "message.replied", "sendOut.completed", "request.created", "influencer.deleted"]);
        var piece = await App.CreateAsync("coverage", new { title = "A piece", publishedAt = "2026-01-05T00:00:00Z", status = "suggested" });
        await App.PatchAsync($"odata/coverage({Id(piece)})", new { status = "confirmed" });
        await App.PatchAsync($"odata/coverage({Id(piece)})", new { title = "The same piece" });
        await App.CreateAsync("requests", new { influencerId = await PersonAsync(), question = "When?", kind = "quote" });
        var archived = Id(await App.CreateAsync("influencers", new { displayName = "Gone" }));
        await App.CreateAsync("interactions", new { influencerId = archived, kind = "call" });
        using var delete = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/influencers({archived})", ifMatch: "*");
        await using (var product = App.AsProduct())
        {
            var sendOut = new SendOut("A mailing", SendOutPurpose.Pitch);
            product.Db.Add(sendOut);
            await product.Db.SaveChangesAsync(Ct);
            var message = new Message(sendOut, new MessagePlan { InfluencerId = await PersonAsync(), Channel = MessageChannel.Manual });
            product.Db.Add(message);
            await product.Db.SaveChangesAsync(Ct);
            var now = _clock.GetUtcNow().UtcDateTime;
            await product.Db.Messages.Where(m => m.Id == message.Id).UpdateRowsAsync(now, set => set.SetProperty(m => m.Status, MessageStatus.Sent), Ct);
            await product.Db.Messages.Where(m => m.Id == message.Id).UpdateRowsAsync(now, set => set.SetProperty(m => m.RepliedAt, (DateTime?)now), Ct);
            await product.Db.Messages.Where(m => m.Id == message.Id).UpdateRowsAsync(now, set => set.SetProperty(m => m.Status, MessageStatus.Bounced), Ct);
            await product.Db.SendOuts.Where(s => s.Id == sendOut.Id).UpdateRowsAsync(now, set => set.SetProperty(s => s.Status, SendOutStatus.Completed), Ct);
        }

        await UntilAsync(() => Task.FromResult(_receiver.Requests.Count >= 7));

        Assert.Equal(
            ["coverage.confirmed", "influencer.deleted", "message.bounced", "message.replied", "message.sent", "request.created", "sendOut.completed"],
            (await EventsAsync()).Order(StringComparer.Ordinal));
    }

    [DatabaseFact]
    public async Task TwoHosts_TellEachEventOnce()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.CurrentProvider);
        await using var first = await CrmApp.StartOnAsync(database, Settings);
        await using var second = await CrmApp.StartOnAsync(database, Settings);
        await first.CreateAsync("webhooks", new { url = _receiver.Address, events = new[] { "influencer.created" } });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).CreateAsync("influencers", new { displayName = $"Person {i}" })));
        await UntilAsync(() => Task.FromResult(_receiver.Requests.Count >= 40));
        await UntilAsync(async () => (await first.ListAsync("odata/webhookDeliveries?$filter=status ne 'delivered'")).Count == 0);

        Assert.Equal(40, _receiver.Requests.Count);
        Assert.Equal(40, _receiver.Requests.Select(r => JsonNode.Parse(r.Text)!["data"]!["id"]!.GetValue<int>()).Distinct().Count());
    }

    [Fact]
    public async Task AWebhook_HearsOfWhatHappensAfterIt_AndNothingOfTheTimeItWasOff()
    {
        await CallAsync(new { subject = "Before" });
        var webhook = await WebhookAsync(["interaction.created"]);
        var during = await CallAsync();
        await ReceivedAsync(1);
        await App.PatchAsync($"odata/webhooks({Id(webhook)})", new { active = false });
        await CallAsync(new { subject = "While off" });
        await App.PatchAsync($"odata/webhooks({Id(webhook)})", new { active = true });
        var after = await CallAsync();
        await ReceivedAsync(2);

        Assert.Equal([during, after], _receiver.Requests.Select(r => JsonNode.Parse(r.Text)!["data"]!["id"]!.GetValue<int>()));
    }

    [Fact]
    public async Task OldDeliveries_AreRemoved()
    {
        await WebhookAsync(["interaction.created"]);
        await CallAsync();
        await DeliveryAsync(d => d["status"]!.GetValue<string>() == "delivered");
        await using var product = App.AsProduct();
        _clock.Advance(PruneDeliveries.Kept - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await product.Get<PruneDeliveries>().ExecuteAsync(Ct));
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, await product.Get<PruneDeliveries>().ExecuteAsync(Ct));
    }

    private async Task<JsonObject> WebhookAsync(string[] events, Uri? url = null, int? client = null) =>
        await App.CreateAsync("webhooks", new { url = url ?? _receiver.Address, events, clientId = client });

    private async Task<int> PersonAsync() => _person ??= Id(await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" }));

    private async Task<int> CallAsync(object? with = null)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(with ?? new { }))!.AsObject();
        (body["influencerId"], body["kind"]) = (await PersonAsync(), "call");
        return Id(await App.CreateAsync("interactions", body));
    }

    private async Task<ReceivedRequest> ReceivedAsync(int count)
    {
        await UntilAsync(() => Task.FromResult(_receiver.Requests.Count >= count));
        return _receiver.Requests.Last();
    }

    private async Task<List<string>> EventsAsync() => [.. (await App.ListAsync("odata/webhookDeliveries?$orderby=id")).Select(d => d!["event"]!.GetValue<string>())];

    /// <summary>The first delivery of which it is true, once there is one.</summary>
    private async Task<JsonObject> DeliveryAsync(Func<JsonObject, bool> expected)
    {
        JsonObject? found = null;
        await UntilAsync(async () => (found = (await App.ListAsync("odata/webhookDeliveries?$orderby=id")).Select(d => d!.AsObject()).FirstOrDefault(expected)) is not null);
        return found!;
    }

    private async Task UntilAsync(Func<Task<bool>> expected)
    {
        for (var look = 0; look < 1200; look++)
        {
            if (await expected())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }

        Assert.Fail($"What was waited for never came. Deliveries: {(await App.GetAsync("odata/webhookDeliveries")).ToJsonString()}");
    }
}

/// <summary>Without leave for private networks, which is the default.</summary>
public sealed class WebhookAddressTests : ApiTest
{
    [Fact]
    public async Task ThisMachine_IsNotReached_AndTheLogSaysWhy()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var webhook = await App.CreateAsync("webhooks", new { url = receiver.Address });
        using var ping = await SendAsync(App.Admin, HttpMethod.Post, $"odata/webhooks({Id(webhook)})/ping", "{}");
        JsonObject delivery;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
            delivery = (await App.ListAsync("odata/webhookDeliveries"))[0]!.AsObject();
        }
        while (delivery["attempts"]!.GetValue<int>() == 0);

        Assert.Contains("private network", delivery["lastResponse"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(delivery["lastStatus"]);
        Assert.Empty(receiver.Requests);
    }
}
