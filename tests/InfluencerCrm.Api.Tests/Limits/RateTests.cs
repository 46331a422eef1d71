namespace InfluencerCrm.Api.Tests.Limits;

public sealed class RateTests : ApiTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings { get; } = new Dictionary<string, string?>
    {
        ["Limits:RequestsPerMinute"] = "1",
        ["Limits:Burst"] = "5",
        ["Limits:AnonymousPerMinute"] = "2",
        ["Limits:SignInsPerMinute"] = "1",
    };

    [Fact]
    public async Task AKey_HasSoManyRequests_AndIsToldHowManyAreLeft()
    {
        using var first = await SendAsync(App.Admin, HttpMethod.Get, "odata/topics");
        using var missing = await SendAsync(App.Admin, HttpMethod.Get, "odata/topics(99)");
        for (var i = 0; i < 3; i++)
        {
            using var more = await SendAsync(App.Admin, HttpMethod.Get, "api/session");
        }

        using var refused = await SendAsync(App.Admin, HttpMethod.Get, "odata/topics");

        Assert.Equal("\"requests\";q=5;w=300", Assert.Single(first.Headers.GetValues("RateLimit-Policy")));
        Assert.Equal("\"requests\";r=4;t=60", Assert.Single(first.Headers.GetValues("RateLimit")));
        Assert.Equal("3", Assert.Single(missing.Headers.GetValues("RateLimit-Remaining")));
        Assert.Equal("rateLimited", (await ErrorAsync(refused, HttpStatusCode.TooManyRequests))["code"]!.GetValue<string>());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("5", Assert.Single(refused.Headers.GetValues("RateLimit-Limit")));
    }

    [Fact]
    public async Task APartOfABatch_IsARequest()
    {
        var parts = string.Join(',', Enumerable.Range(1, 6).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"topics"}"""));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("odata/$batch", UriKind.Relative)) { Content = new StringContent($$"""{"requests":[{{parts}}]}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Prefer", "continue-on-error");

        using var response = await App.Admin.SendAsync(request, Ct);

        var statuses = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["responses"]!.AsArray().Select(r => r!["status"]!.GetValue<int>());
        Assert.Equal([200, 200, 200, 200, 429, 429], statuses);
    }

    [Fact]
    public async Task AnAddressWithoutAKey_IsLimited_AndHealthIsNot()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await SendAsync(App.Anonymous, HttpMethod.Get, "odata/topics");
            answers.Add(response.StatusCode);
            using var health = await SendAsync(App.Anonymous, HttpMethod.Get, "health/live");
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task GuessingPasswords_EndsSoon()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await SendAsync(App.Anonymous, HttpMethod.Post, "api/session", $$"""{"email":"{{i}}@example.org","password":"guessed"}""");
            answers.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task ASession_IsNotLimited()
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = App.Address };
        using var signedIn = await SendAsync(browser, HttpMethod.Post, "api/session", $$"""{"email":"{{CrmApp.AdminEmail}}","password":"{{CrmApp.AdminPassword}}"}""");

        for (var i = 0; i < 8; i++)
        {
            using var response = await SendAsync(browser, HttpMethod.Get, "odata/topics");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
