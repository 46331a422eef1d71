namespace InfluencerCrm.Api.Tests.OData.Batch;

public sealed class JsonBatchTests : BatchCalls
{
    [Fact]
    public async Task Batch_AnswersEachPart_AsAPlainRequestWouldBe()
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });

        var answers = await BatchAsync(
            Part("list", "get", "topics?$filter=name eq 'Energy'&$count=true"),
            Part("one", "GET", $"/odata/topics({Id(topic)})"),
            Part("whole", "GET", $"{App.Address}odata/topics(id={Id(topic)})?$select=name"),
            Part("metadata", "GET", "$metadata"),
            Part("new", "POST", "topics", new { name = "Été" }));

        Assert.Equal(1, answers["list"]["body"]!["@odata.count"]!.GetValue<int>());
        Assert.Equal(ETag(topic), answers["one"]["headers"]!["etag"]!.GetValue<string>());
        Assert.Equal("Energy", answers["whole"]["body"]!["name"]!.GetValue<string>());
        Assert.Equal(200, Status(answers["metadata"]));
        Assert.Equal(201, Status(answers["new"]));
        Assert.Equal($"{App.Address}odata/topics({Id(answers["new"]["body"]!.AsObject())})", answers["new"]["headers"]!["location"]!.GetValue<string>());
    }

    [Fact]
    public async Task HeaderValues_MayBeNumbersAndBooleans_NotMore()
    {
        var answers = await BatchAsync(Part("1", "POST", "topics", new { name = "Energy" }, headers: new Dictionary<string, object> { ["Content-Length"] = 17, ["X-Probe"] = true }));
        using var list = await SendBatchAsync(null, null, Part("1", "GET", "topics", headers: new Dictionary<string, object> { ["X-Probe"] = new[] { 1 } }));
        using var nothing = await SendBatchAsync(null, null, Part("1", "GET", "topics", headers: new Dictionary<string, object?> { ["X-Probe"] = null }));

        Assert.Equal(201, Status(answers["1"]));
        Assert.Equal("badBatch", (await ErrorAsync(list, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        Assert.Equal("badBatch", (await ErrorAsync(nothing, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
    }

    [DatabaseFact]
    public async Task ChangeSet_IsKeptWhole_WithItsReferences()
    {
        var answers = await BatchAsync(
            Part("c", "POST", "clients", new { name = "Solar SA" }, "g"),
            Part("k", "POST", "campaigns", new Dictionary<string, object> { ["name"] = "Roofs", ["client@odata.bind"] = "$c" }, "g"),
            Part("p", "POST", "influencers", new { displayName = "Ada", kind = "journalist" }, "g"),
            Part("e", "POST", "$p/contactPoints", new { kind = "email", value = "ada@example.org" }, "g"),
            Part("n", "PATCH", "$p", new { city = "Nantes" }, "g", new Dictionary<string, string> { ["If-Match"] = "*" }),
            Part("read", "GET", "$p?$expand=contactPoints", dependsOn: ["g"]));

        Assert.All(answers.Values, a => Assert.True(Status(a) < 300, a.ToJsonString()));
        Assert.Equal("g", answers["k"]["atomicityGroup"]!.GetValue<string>());
        Assert.Equal(Id(answers["c"]["body"]!.AsObject()), answers["k"]["body"]!["clientId"]!.GetValue<int>());
        Assert.Equal("Nantes", answers["read"]["body"]!["city"]!.GetValue<string>());
        Assert.Equal("ada@example.org", Assert.Single(answers["read"]["body"]!["contactPoints"]!.AsArray())!["value"]!.GetValue<string>());
    }

    [DatabaseFact]
    public async Task ChangeSet_WithAFailure_LeavesNothing()
    {
        var answers = await BatchAsync(
            Part("1", "POST", "topics", new { name = "Kept alone" }),
            Part("2", "POST", "topics", new { name = "Undone" }, "g"),
            Part("3", "POST", "influencers", new { displayName = "Undone too", kind = "blogger", email = "undone@example.org" }, "g"),
            Part("4", "POST", "interactions", new { influencerId = 999999, kind = "call", occurredAt = "2026-01-01T10:00:00Z" }, "g"),
            Part("5", "POST", "topics", new { name = "Never begun" }));

        Assert.Equal(201, Status(answers["1"]));
        Assert.Equal("missingReference", Code(answers["4"]));
        Assert.Equal(422, Status(answers["4"]));
        Assert.Equal("changeSetFailed", Code(answers["2"]));
        Assert.Equal(424, Status(answers["3"]));
        Assert.DoesNotContain("5", answers.Keys);
        Assert.Equal(1, await CountAsync("topics", "name in ('Kept alone','Undone','Never begun')"));
        Assert.Equal(0, await CountAsync("influencers", "displayName eq 'Undone too'"));
        Assert.Equal(0, await CountAsync("contactPoints", "value eq 'undone@example.org'"));
        Assert.Equal(1, await CountAsync("auditEntries", "entity eq 'Topic'"));
    }

    [DatabaseFact]
    public async Task ChangeSet_HoldsUseCasesWithTransactionsOfTheirOwn()
    {
        var list = await App.CreateAsync("mediaLists", new { name = "List" });
        var person = await App.CreateAsync("influencers", new { displayName = "Ada", kind = "journalist", email = "ada@example.org" });
        using var added = await SendAsync(App.Admin, HttpMethod.Post, $"odata/mediaLists({Id(list)})/addMembers", $$"""{"influencerIds":[{{Id(person)}}]}""");
        var mailing = await App.CreateAsync("sendOuts", new { name = "Mailing", purpose = "pitch", mediaListId = Id(list), fromName = "Us", fromAddress = "us@example.org", subjectTemplate = "Hello", bodyTemplate = "Hello you" });

        var failed = await BatchAsync(
            Part("s", "POST", $"sendOuts({Id(mailing)})/schedule", new { at = "2099-01-01T10:00:00Z" }, "g"),
            Part("x", "POST", "topics", new { nonsense = 1 }, "g"));
        var before = await App.GetAsync($"odata/sendOuts({Id(mailing)})");
        var done = await BatchAsync(
            Part("s", "POST", $"sendOuts({Id(mailing)})/schedule", new { at = "2099-01-01T10:00:00Z" }, "g"),
            Part("p", "POST", $"sendOuts({Id(mailing)})/pause", new { reason = "wait" }, "g"));

        Assert.Equal(424, Status(failed["s"]));
        Assert.Equal("draft", before["status"]!.GetValue<string>());
        Assert.True(Status(done["s"]) == 200, done["s"].ToJsonString());
        Assert.Equal("paused", done["p"]["body"]!["status"]!.GetValue<string>());
        Assert.Equal(1, await CountAsync("messages", $"sendOutId eq {Id(mailing)}"));
    }

    [Fact]
    public async Task ContinueOnError_DoesTheRest_ExceptWhatDependsOnTheFailed()
    {
        using var response = await SendBatchAsync(
            null,
            "continue-on-error",
            Part("1", "POST", "topics", new { nonsense = 1 }),
            Part("2", "POST", "topics", new { name = "Second" }),
            Part("3", "GET", "topics", dependsOn: ["1"]),
            Part("4", "GET", "$1"),
            Part("5", "PATCH", "$2", new { name = "Renamed" }, headers: new Dictionary<string, string> { ["If-Match"] = "$2", ["Prefer"] = "return=minimal" }));

        var answers = await AnswersAsync(response);
        Assert.Equal("continue-on-error", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        Assert.Equal(400, Status(answers["1"]));
        Assert.Equal(201, Status(answers["2"]));
        Assert.Equal("dependencyFailed", Code(answers["3"]));
        Assert.Equal(424, Status(answers["4"]));
        Assert.Equal(204, Status(answers["5"]));
        Assert.Equal(1, await CountAsync("topics", "name eq 'Renamed'"));
    }

    [DatabaseFact]
    public async Task SixteenBatchesAtOnce_AllKeepTheirChangeSets()
    {
        var shared = await App.CreateAsync("influencers", new { displayName = "Shared", kind = "expert" });

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => BatchAsync(
            Part("a", "POST", "topics", new { name = $"Parallel {n} a" }, "g"),
            Part("b", "PATCH", $"influencers({Id(shared)})", new { city = $"City {n}" }, "g", new Dictionary<string, string> { ["If-Match"] = "*" }),
            Part("c", "POST", "interactions", new { influencerId = Id(shared), kind = "call", occurredAt = "2026-01-01T10:00:00Z" }, "g"))));

        var kept = all.Count(a => a.Values.All(r => Status(r) < 300));
        Assert.All(all, a => Assert.All(a.Values, r => Assert.True(Status(r) < 500, r.ToJsonString())));
        Assert.True(kept > 0);
        Assert.Equal(kept, await CountAsync("topics", "startswith(name,'Parallel')"));
        Assert.Equal(kept, await CountAsync("interactions", $"influencerId eq {Id(shared)}"));
    }

    [Fact]
    public async Task Parts_ActAsWhoSentTheBatch()
    {
        var reader = await App.SignUpAsync("reader", "read");
        using var written = await SendBatchAsync(reader, null, Part("1", "POST", "topics", new { name = "x" }));
        using var other = await SendBatchAsync(reader, null, Part("1", "POST", "topics", new { name = "x" }, headers: new Dictionary<string, string> { ["X-Api-Key"] = CrmApp.AdminKey }));
        using var nobody = await SendBatchAsync(App.Anonymous, null, Part("1", "GET", "topics"));

        Assert.Equal("forbidden", Code((await AnswersAsync(written))["1"]));
        Assert.Equal("badBatch", (await ErrorAsync(other, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        Assert.Equal("unauthorized", (await ErrorAsync(nobody, HttpStatusCode.Unauthorized))["code"]!.GetValue<string>());
        Assert.Equal(0, await CountAsync("topics", "name eq 'x'"));
    }

    [Fact]
    public async Task ASession_SendsABatchOnlyWithItsToken()
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = App.Address };
        using var signedIn = await SendAsync(browser, HttpMethod.Post, "api/session", $$"""{"email":"{{CrmApp.AdminEmail}}","password":"{{CrmApp.AdminPassword}}"}""");

        using var without = await SendBatchAsync(browser, null, Part("1", "POST", "topics", new { name = "x" }));
        browser.DefaultRequestHeaders.Add("X-Csrf-Token", (await App.GetAsync("api/session", browser))["csrfToken"]!.GetValue<string>());
        using var with = await SendBatchAsync(browser, null, Part("1", "POST", "topics", new { name = "x" }, "g"));

        Assert.Equal("antiforgery", (await ErrorAsync(without, HttpStatusCode.Forbidden))["code"]!.GetValue<string>());
        Assert.Equal(201, Status((await AnswersAsync(with))["1"]));
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "badBatch" },
        { "[]", "badBatch" },
        { "{", "badBatch" },
        { """{"requests":{}}""", "badBatch" },
        { """{"requests":[1]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET"}]}""", "badBatch" },
        { """{"requests":[{"id":1,"method":"GET","url":"topics"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","id":"1","method":"GET","url":"topics"}]}""", "badBatch" },
        { """{"requests":[{"id":"\ud800","method":"GET","url":"topics"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"topics"},{"id":"1","method":"GET","url":"topics"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"TRACE","url":"topics"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"http://"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"https://elsewhere.example.org/odata/topics"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"/api/session"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"../api/session"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"%2e%2e/api/session"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"topics%00"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"POST","url":"$batch","body":{"requests":[]}}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"POST","url":"%24batch","body":{"requests":[]}}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"topics","dependsOn":["2"]},{"id":"2","method":"GET","url":"topics"}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"topics","headers":{"a b":"c"}}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"topics","headers":{"X":"c\r\nY: z"}}]}""", "badBatch" },
        { """{"requests":[{"id":"1","method":"GET","url":"topics","atomicityGroup":"a"},{"id":"2","method":"GET","url":"topics"},{"id":"3","method":"GET","url":"topics","atomicityGroup":"a"}]}""", "badBatch" },
        { $$"""{"requests":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"topics"}"""))}}]}""", "batchTooLarge" },
        { $$"""{"requests":[{{string.Join(',', Enumerable.Range(0, 11).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"topics","atomicityGroup":"g{{i}}"}"""))}}]}""", "batchTooLarge" },
        { new string('[', 200), "badBatch" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task WhatIsNoBatch_IsRefusedWhole(string body, string code)
    {
        using var response = await SendTextAsync(null, body, "application/json");

        Assert.Equal(code, (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task WhatIsNotTaken_SaysSo()
    {
        using var other = await SendTextAsync(null, "x", "text/plain");
        using var get = await SendAsync(App.Admin, HttpMethod.Get, "odata/$batch");
        using var large = await SendTextAsync(null, new string(' ', (8 * 1024 * 1024) + 1), "application/json");
        var hostile = await BatchAsync(
            Part("1", "GET", "influencers?$filter=" + new string('(', 100) + "1 eq 1" + new string(')', 100)));
        var bodies = await BatchAsync(Part("1", "POST", "topics", new { name = new string('x', 3 * 1024 * 1024) }));

        await ErrorAsync(other, HttpStatusCode.UnsupportedMediaType);
        await ErrorAsync(get, HttpStatusCode.MethodNotAllowed);
        await ErrorAsync(large, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(400, Status(hostile["1"]));
        Assert.Equal(413, Status(bodies["1"]));
    }
}
