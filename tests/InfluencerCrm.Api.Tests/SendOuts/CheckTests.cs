namespace InfluencerCrm.Api.Tests.SendOuts;

public sealed class CheckTests : SendOutTest
{
    [Fact]
    public async Task AWholeSendOut_HasNoProblems()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        var check = await CheckAsync(sendOut);

        Assert.True(check["canSchedule"]!.GetValue<bool>());
        Assert.Equal(1, check["mails"]!.GetValue<int>());
        Assert.Empty(check["problems"]!.AsArray());
    }

    [Fact]
    public async Task AnEmptyVariable_NamesThePerson_AndBlocks()
    {
        var person = await PersonAsync("Ana", "ana@example.org");
        var sendOut = await SendOutAsync(await ListAsync(person), await StoryAsync(), new { bodyTemplate = "In {{ influencer.city }}" });

        var problem = Problem(await CheckAsync(sendOut), "emptyVariable")!;
        var error = await RefusedAsync(HttpStatusCode.UnprocessableEntity, $"odata/sendOuts({sendOut})/schedule");

        Assert.Equal("error", Text(problem, "severity"));
        Assert.Equal(person, problem["influencerId"]!.GetValue<int>());
        Assert.Contains("Ana Martin", Text(problem, "message"), StringComparison.Ordinal);
        Assert.Equal("checkFailed", Text(error, "code"));
        Assert.Equal("emptyVariable", Text(error["details"]![0], "code"));
        Assert.Equal("draft", Text(await App.GetAsync($"odata/sendOuts({sendOut})"), "status"));
        Assert.Empty(await MessagesAsync(sendOut));
    }

    [Theory]
    [InlineData("{{ influencer.password }}", "unknownVariable")]
    [InlineData("{% if %}", "syntax")]
    [InlineData("{% include 'x' %}", "notSupported")]
    [InlineData("{% for a in (1..1000000) %}{% for b in (1..1000000) %}x{% endfor %}{% endfor %}", null)]
    public async Task AHostileTemplate_IsAProblem_NotAFault(string template, string? code)
    {
        var sendOut = await SendOutAsync(await ListAsync(await PersonAsync("Ana", "ana@example.org")), await StoryAsync(), new { bodyTemplate = template });

        var check = await CheckAsync(sendOut);

        Assert.False(check["canSchedule"]!.GetValue<bool>());
        Assert.True(code is null || Problem(check, code) is not null, check.ToJsonString());
    }

    [Fact]
    public async Task WhatIsMissing_IsSaidAtOnce()
    {
        var sendOut = Id(await App.CreateAsync("sendOuts", new { name = "Empty" }));

        var check = await CheckAsync(sendOut);

        Assert.NotNull(Problem(check, "noList"));
        Assert.NotNull(Problem(check, "emptyBody"));
        Assert.False(check["canSchedule"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("fromAddress")]
    [InlineData("replyTo")]
    public async Task AnAddressWithAnAccentBeforeTheAt_IsRefusedWhenItIsWritten(string member)
    {
        var body = new Dictionary<string, string> { ["name"] = "Spring", [member] = "zoé@agency.example.org" };

        var error = await RefusedAsync(HttpStatusCode.UnprocessableEntity, "odata/sendOuts", body);

        Assert.Equal(("badAddress", member), (Text(error, "code"), Text(error, "target")));
        Assert.Contains("accent", Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyList_Blocks()
    {
        var check = await CheckAsync(await SendOutAsync(await ListAsync(), await StoryAsync()));

        Assert.Equal("error", Text(Problem(check, "emptyList"), "severity"));
    }

    [Theory]
    [InlineData("pitch", "warning")]
    [InlineData("release", "error")]
    public async Task AStoryThatIsNotApproved_BlocksOfficialWordsOnly(string purpose, string severity)
    {
        var person = await PersonAsync("Ana", "ana@example.org");
        var sendOut = await SendOutAsync(await ListAsync(person), await StoryAsync(new { status = "draft" }), new { purpose });

        Assert.Equal(severity, Text(Problem(await CheckAsync(sendOut), "storyNotApproved"), "severity"));
    }

    [Fact]
    public async Task BannedWordsOfTheClient_AreWarnings_WithoutRegardToCaseAndAccents()
    {
        var client = Id(await App.CreateAsync("clients", new { name = "Voltis", bannedWords = new[] { "Révolution" } }));
        var person = await PersonAsync("Ana", "ana@example.org");
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List", clientId = client }));
        await PostAsync($"odata/mediaLists({list})/addMembers", new { influencerIds = new[] { person } });
        var sendOut = await SendOutAsync(list, await StoryAsync(new { clientId = client }), new { clientId = client, subjectTemplate = "A REVOLUTION at last" });

        var check = await CheckAsync(sendOut);

        Assert.Equal("warning", Text(Problem(check, "bannedWord"), "severity"));
        Assert.True(check["canSchedule"]!.GetValue<bool>());
    }

    [Fact]
    public async Task APreview_ShowsThePersonsOwnVariant()
    {
        var person = await PersonAsync("Ana", "ana@example.org", new { language = "fr" });
        await App.CreateAsync("relationships", new { influencerId = person, formality = "tu" });
        var sendOut = await SendOutToAsync(person);
        await App.CreateAsync($"sendOuts({sendOut})/variants", new { language = "fr", formality = "vous", subjectTemplate = "Vous", bodyTemplate = "Bonjour {{ influencer.firstName }}" });
        await App.CreateAsync($"sendOuts({sendOut})/variants", new { language = "fr", formality = "tu", subjectTemplate = "Tu", bodyTemplate = "Salut {{ influencer.firstName }} **!**" });

        var preview = await PostAsync($"odata/sendOuts({sendOut})/preview", new { influencerId = person });

        Assert.Equal("Tu", Text(preview, "subject"));
        Assert.Contains("Salut Ana", Text(preview, "text"), StringComparison.Ordinal);
        Assert.Contains("<strong>", Text(preview, "html"), StringComparison.Ordinal);
        Assert.Equal("Press office <press@agency.example.org>", Text(preview, "from"));
        Assert.Equal("Ana Martin <ana@example.org>", Text(preview, "to"));
        Assert.Equal("tu", Text(preview["variant"], "formality"));
    }

    [Fact]
    public async Task APreviewOfNobody_IsRefused()
    {
        var sendOut = await SendOutToAsync();

        Assert.Equal("missingReference", Text(await RefusedAsync(HttpStatusCode.UnprocessableEntity, $"odata/sendOuts({sendOut})/preview", new { influencerId = 999999 }), "code"));
        await RefusedAsync(HttpStatusCode.BadRequest, $"odata/sendOuts({sendOut})/preview", new { influencerId = "x" });
        await RefusedAsync(HttpStatusCode.NotFound, "odata/sendOuts(999999)/preview", new { influencerId = 1 });
    }
}
