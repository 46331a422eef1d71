namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>The stop switch, corrections and sending hours as the API has them.</summary>
public sealed class StopSwitchTests : SendOutTest
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Agency:WindowFrom"] = "08:00",
        ["Agency:WindowUntil"] = "18:00",
        ["Agency:QuietDays:0"] = "sunday",
    };

    [DatabaseFact]
    public async Task AnAssistantStops_AndOnlyWhoMaySendLetsGo()
    {
        var assistant = await App.SignUpAsync("assistant", "read,write");
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));
        await ScheduleAsync(sendOut);

        var answer = await PostAsync("api/stop", new { scope = "all", reason = "A fire at the plant", confirm = true }, assistant);
        var stopped = await App.GetAsync($"odata/sendOuts({sendOut})");
        await RefusedAsync(HttpStatusCode.Forbidden, $"odata/sendOuts({sendOut})/liftStop", new { reason = "Over" }, assistant);
        var lifted = await PostAsync($"odata/sendOuts({sendOut})/liftStop", new { reason = "Over" });

        Assert.Equal([sendOut], answer["sendOutIds"]!.AsArray().Select(i => i!.GetValue<int>()));
        Assert.Equal(("A fire at the plant", "scheduled"), (Text(stopped, "stopReason"), Text(stopped, "status")));
        Assert.NotNull(stopped["stoppedAt"]);
        Assert.Null(lifted["stoppedAt"]);
        Assert.Equal("notStopped", Text(await RefusedAsync(HttpStatusCode.Conflict, $"odata/sendOuts({sendOut})/liftStop", new { reason = "Over" }), "code"));
    }

    [Fact]
    public async Task AStop_NeedsAllItsMembers_AndTheRightToWrite()
    {
        Assert.Equal("notConfirmed", Text(await RefusedAsync(HttpStatusCode.UnprocessableEntity, "api/stop", new { scope = "all", reason = "A fire", confirm = false }), "code"));
        Assert.Equal("id", Text(await RefusedAsync(HttpStatusCode.UnprocessableEntity, "api/stop", new { scope = "client", id = 999, reason = "A fire", confirm = true }), "target"));
        foreach (var body in new object[] { new { scope = "all", confirm = true }, new { scope = "all", reason = "A fire" }, new { reason = "A fire", confirm = true } })
        {
            using var response = await SendAsync(App.Admin, HttpMethod.Post, "api/stop", System.Text.Json.JsonSerializer.Serialize(body));
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity });
        }

        await RefusedAsync(HttpStatusCode.BadRequest, "api/stop", new { scope = "everything", reason = "A fire", confirm = true });
        await RefusedAsync(HttpStatusCode.Forbidden, "api/stop", new { scope = "all", reason = "A fire", confirm = true }, await App.SignUpAsync("reader", "read"));
    }

    [Fact]
    public async Task TheAgencysHours_HoldUntilASendOutHasItsOwn()
    {
        var list = await ListAsync(await PersonAsync("Ana", "ana@example.org", new { timeZone = "Europe/Paris" }));
        var story = await StoryAsync();
        var (agency, own, any) = (await SendOutAsync(list, story), await SendOutAsync(list, story, new { windowFrom = "06:00:00", quietDays = new[] { "2040-01-09" } }), await SendOutAsync(list, story, new { anyTime = true }));

        // A Sunday evening.
        foreach (var sendOut in new[] { agency, own, any })
        {
            await PostAsync($"odata/sendOuts({sendOut})/schedule", new { at = "2040-01-08T20:00:00Z" });
        }

        Assert.Equal("2040-01-09T07:00:00Z", Text((await MessagesAsync(agency))[0], "dueAt"));
        Assert.Equal("2040-01-10T05:00:00Z", Text((await MessagesAsync(own))[0], "dueAt"));
        Assert.Equal("2040-01-08T20:00:00Z", Text((await MessagesAsync(any))[0], "dueAt"));
        Assert.Equal(["2040-01-09"], (await App.GetAsync($"odata/sendOuts({own})"))["quietDays"]!.AsArray().Select(d => d!.GetValue<string>()));
    }

    [Fact]
    public async Task WhatHasNotLeft_CannotBeCorrected()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        Assert.Equal("nobodyReached", Text(await RefusedAsync(HttpStatusCode.Conflict, $"odata/sendOuts({sendOut})/correct", new { }), "code"));
    }
}
