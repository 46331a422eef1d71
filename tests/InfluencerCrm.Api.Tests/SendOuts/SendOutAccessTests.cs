namespace InfluencerCrm.Api.Tests.SendOuts;

public sealed class SendOutAccessTests : SendOutTest
{
    [Fact]
    public async Task AnAssistant_MayPauseAndCancel_ButNotSend()
    {
        using var assistant = await App.SignUpAsync("assistant", "read,write");
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));
        var url = $"odata/sendOuts({sendOut})";

        await RefusedAsync(HttpStatusCode.Forbidden, url + "/schedule", new { at = Json(Later) }, assistant);
        await RefusedAsync(HttpStatusCode.Forbidden, url + "/sendTest", new { to = CrmApp.AdminEmail }, assistant);
        await ScheduleAsync(sendOut);
        await RefusedAsync(HttpStatusCode.Forbidden, url + "/reschedule", new { at = Json(Later) }, assistant);
        Assert.Equal("paused", Text(await PostAsync(url + "/pause", null, assistant), "status"));
        await RefusedAsync(HttpStatusCode.Forbidden, url + "/resume", null, assistant);
        Assert.Equal("cancelled", Text(await PostAsync(url + "/cancel", null, assistant), "status"));
    }

    [Fact]
    public async Task AReader_MayLook_AndStopNothing()
    {
        using var reader = await App.SignUpAsync("reader", "read");
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));
        await ScheduleAsync(sendOut);

        Assert.Equal(1, (await App.GetAsync($"odata/sendOuts({sendOut})/progress()", reader))["total"]!.GetValue<int>());
        await RefusedAsync(HttpStatusCode.Forbidden, $"odata/sendOuts({sendOut})/pause", null, reader);
        await RefusedAsync(HttpStatusCode.Forbidden, $"odata/sendOuts({sendOut})/cancel", null, reader);
    }

    [Fact]
    public async Task AKeyWithoutTheScopeSend_LetsNothingLeave()
    {
        using var officer = await App.SignUpAsync("prOfficer", "read,write");
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        await RefusedAsync(HttpStatusCode.Forbidden, $"odata/sendOuts({sendOut})/schedule", new { at = Json(Later) }, officer);
    }

    [Fact]
    public async Task BehindAWall_NoActionKnowsTheSendOut()
    {
        using var outsider = await App.SignUpAsync("prOfficer", "read,write,send");
        var client = Id(await App.CreateAsync("clients", new { name = "Voltis" }));
        var sendOut = Id(await App.CreateAsync("sendOuts", new { name = "Secret", clientId = client }));

        foreach (var action in new[] { "check", "preview", "schedule", "reschedule", "pause", "resume", "cancel" })
        {
            await RefusedAsync(HttpStatusCode.NotFound, $"odata/sendOuts({sendOut})/{action}", null, outsider);
        }

        await RefusedAsync(HttpStatusCode.NotFound, $"odata/sendOuts({sendOut})/sendTest", new { to = CrmApp.AdminEmail }, outsider);
        using var progress = await SendAsync(outsider, HttpMethod.Get, $"odata/sendOuts({sendOut})/progress()");
        await ErrorAsync(progress, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task AnOppositionBehindAWall_StillHolds()
    {
        var (officer, userId) = await App.SignUpUserAsync("prOfficer", "read,write,send");
        var client = Id(await App.CreateAsync("clients", new { name = "Voltis" }));
        await App.CreateAsync($"clients({client})/members", new { userId });
        var person = await PersonAsync("Ana", "ana@example.org");
        await App.CreateAsync("suppressions", new { influencerId = person, scope = "all" });
        var sendOut = await SendOutToAsync(person);

        await ScheduleAsync(sendOut, officer);

        Assert.Equal("suppressed", Text(Assert.Single(await MessagesAsync(sendOut)), "skipReason"));
        officer.Dispose();
    }

    [Fact]
    public async Task ATest_GoesToAUserOnly_WritesNoRow_AndCarriesNoHeaderFromAName()
    {
        var person = await PersonAsync("Ana", "ana@example.org");
        var sendOut = await SendOutAsync(await ListAsync(person), await StoryAsync(), new { subjectTemplate = "For {{ influencer.firstName }}" });
        var url = $"odata/sendOuts({sendOut})/sendTest";

        var stranger = await RefusedAsync(HttpStatusCode.UnprocessableEntity, url, new { to = "ana@example.org" });
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, url, new { to = CrmApp.AdminEmail + "\r\nBcc: x@example.org" });
        await RefusedAsync(HttpStatusCode.BadRequest, url, new { });
        var sent = await PostAsync(url, new { to = "Admin@Example.org" });

        Assert.Equal("notAUser", Text(stranger, "code"));
        Assert.Equal("sent", Text(sent, "outcome"));
        var mail = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(App.Folder, "outbox"), "*.eml")), Ct);
        Assert.Contains("Subject: [Test] For Ana", mail, StringComparison.Ordinal);
        Assert.Contains($"To: ", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("List-Unsubscribe", mail, StringComparison.Ordinal);
        Assert.Empty(await MessagesAsync(sendOut));
    }

    [Theory]
    [InlineData("Ana\r\nBcc: victim@example.org")]
    [InlineData("Ana\u0000")]
    public async Task ANameWithControlCharacters_NeverComesIn(string name)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { firstName = name, lastName = "X" });

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/influencers", body);

        Assert.True(response.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task LiquidAndMarkdownInAName_StayText()
    {
        var person = await PersonAsync("{{ client.name }}[x](https://evil.example)", "ana@example.org");
        var sendOut = await SendOutToAsync(person);

        var preview = await PostAsync($"odata/sendOuts({sendOut})/preview", new { influencerId = person });

        Assert.DoesNotContain("href=\"https://evil.example", Text(preview, "html"), StringComparison.Ordinal);
        Assert.Contains("{{ client.name }}", Text(preview, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATemplateThatIsTooLong_IsRefused()
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { name = "Huge", bodyTemplate = new string('x', 100_001) });

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/sendOuts", body);

        Assert.Equal("tooLong", Text(await ErrorAsync(response, HttpStatusCode.UnprocessableEntity), "code"));
    }
}
