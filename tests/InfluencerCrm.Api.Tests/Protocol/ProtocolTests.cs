using System.IO.Compression;

namespace InfluencerCrm.Api.Tests.Protocol;

public sealed class ProtocolTests : ApiTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings { get; } = new Dictionary<string, string?> { ["Cors:Origins"] = "https://app.example.org, https://other.example.org" };

    [Theory]
    [InlineData("odata/topics")]
    [InlineData("odata/topics(1)")]
    [InlineData("odata/topics/$count")]
    [InlineData("odata/$metadata")]
    [InlineData("api/session")]
    [InlineData("odata/topics(99)")]
    public async Task Head_IsGet_WithoutTheBody(string url)
    {
        await App.CreateAsync("topics", new { name = "Energy" });
        using var get = await SendAsync(App.Admin, HttpMethod.Get, url);
        using var head = await SendAsync(App.Admin, HttpMethod.Head, url);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType?.ToString(), head.Content.Headers.ContentType?.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
        Assert.NotEmpty(await get.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("odata/topics", "GET, HEAD, OPTIONS, POST")]
    [InlineData("odata/topics(1)", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("odata/auditEntries", "GET, HEAD, OPTIONS")]
    [InlineData("api/imports", "OPTIONS, POST")]
    [InlineData("odata/topics/1", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("odata/topics(id=1)", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("odata/topics/$count", "GET, HEAD, OPTIONS")]
    [InlineData("odata/topics(1)/name/$value", "GET, HEAD, OPTIONS")]
    [InlineData("odata/influencers(1)/topics", "GET, HEAD, OPTIONS, POST")]
    [InlineData("odata/$metadata", "GET, HEAD, OPTIONS")]
    [InlineData("odata/$batch", "OPTIONS, POST")]
    [InlineData("odata", "GET, HEAD, OPTIONS")]
    public async Task Options_SaysWhatIsTaken(string url, string allowed)
    {
        using var response = await SendAsync(App.Anonymous, HttpMethod.Options, url);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("odata/nothing")]
    [InlineData("odata/topics('x')")]
    [InlineData("odata/topics(1)/nothing")]
    [InlineData("odata/topics(1)/nothing/$ref")]
    [InlineData("api/nothing")]
    public async Task OptionsOfNothing_IsNotFound(string url)
    {
        using var response = await SendAsync(App.Anonymous, HttpMethod.Options, url);

        await ErrorAsync(response, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("PUT", "odata/auditEntries(1)", "GET, HEAD, OPTIONS")]
    [InlineData("PATCH", "odata/auditEntries(1)", "GET, HEAD, OPTIONS")]
    [InlineData("DELETE", "odata/topics", "GET, HEAD, OPTIONS, POST")]
    [InlineData("PUT", "odata/topics", "GET, HEAD, OPTIONS, POST")]
    [InlineData("POST", "odata/topics(1)", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("PUT", "odata/topics(1)/name", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "odata/topics(1)/parent/$ref", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("PUT", "odata/topics(1)/children/$ref", "DELETE, GET, HEAD, OPTIONS, POST")]
    [InlineData("PUT", "odata/influencers(1)/topics/$ref", "GET, HEAD, OPTIONS")]
    [InlineData("GET", "odata/$batch", "OPTIONS, POST")]
    [InlineData("HEAD", "api/imports", "OPTIONS, POST")]
    [InlineData("DELETE", "api/exports/influencers", "GET, HEAD, OPTIONS")]
    [InlineData("BREW", "odata/topics", "GET, HEAD, OPTIONS, POST")]
    public async Task AnotherMethod_IsNotAllowed(string method, string url, string allowed)
    {
        using var response = await SendAsync(App.Admin, new HttpMethod(method), url);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
        if (method != "HEAD")
        {
            Assert.Equal("methodNotAllowed", (await ErrorAsync(response, HttpStatusCode.MethodNotAllowed))["code"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("application/json", null, "minimal")]
    [InlineData("application/json;odata.metadata=full", null, "full")]
    [InlineData("application/json;metadata=none", null, "none")]
    [InlineData("text/html, */*;q=0.1", null, "minimal")]
    [InlineData("application/xml", "json", "minimal")]
    [InlineData(null, "application/json;metadata=full", "full")]
    [InlineData(null, "application/json;odata.metadata=none", "none")]
    public async Task AFormatThatIsKnown_IsAnswered(string? accept, string? format, string metadata)
    {
        await App.CreateAsync("topics", new { name = "Energy" });

        using var response = await GetAsync("odata/topics(1)" + (format is null ? "" : $"?$format={Uri.EscapeDataString(format)}&$select=name"), ("Accept", accept));

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        Assert.Contains($"odata.metadata={metadata}", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Equal(metadata != "none", body.ContainsKey("@odata.context"));
        Assert.Equal(metadata == "full", body.ContainsKey("@odata.id"));
        Assert.Equal("Energy", body["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("odata/topics", "application/xml", null)]
    [InlineData("odata/topics", "image/png", null)]
    [InlineData("odata/topics", "application/json;q=0", null)]
    [InlineData("odata/topics", "application/json;odata.metadata=some", null)]
    [InlineData("odata/topics", null, "xml")]
    [InlineData("odata/topics", null, "nonsense")]
    [InlineData("odata/topics", null, "application/atom+xml")]
    [InlineData("odata/$metadata", null, "text/html")]
    public async Task AnotherFormat_IsNotAcceptable(string url, string? accept, string? format)
    {
        using var response = await GetAsync(url + (format is null ? "" : $"?$format={Uri.EscapeDataString(format)}"), ("Accept", accept));

        Assert.Equal("notAcceptable", (await ErrorAsync(response, HttpStatusCode.NotAcceptable))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Metadata_IsXmlOrJson()
    {
        using var xml = await GetAsync("odata/$metadata?$format=xml");
        using var json = await GetAsync("odata/$metadata?$format=application/json");

        Assert.Equal("application/xml", xml.Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(JsonNode.Parse(await json.Content.ReadAsStringAsync(Ct))!["$Version"]);
    }

    [Theory]
    [InlineData("OData-MaxVersion", "4.01", "4.01")]
    [InlineData("OData-MaxVersion", "4.0", "4.0")]
    [InlineData("OData-MaxVersion", "5.0", "4.0")]
    [InlineData("OData-Version", "4.01", "4.01")]
    [InlineData("OData-Version", "5.0", null)]
    [InlineData("OData-MaxVersion", "3.0", null)]
    [InlineData("OData-MaxVersion", "x", null)]
    public async Task TheVersion_IsTheOneAskedFor(string header, string value, string? answered)
    {
        using var response = await GetAsync("odata/topics", (header, value));

        if (answered is null)
        {
            Assert.Equal("badODataVersion", (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        }
        else
        {
            Assert.Equal(answered, Assert.Single(response.Headers.GetValues("OData-Version")));
        }
    }

    [Fact]
    public async Task APageOfAnotherSite_MayAsk_WhereItIsNamed()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri("odata/topics", UriKind.Relative));
        preflight.Headers.Add("Origin", "https://app.example.org");
        preflight.Headers.Add("Access-Control-Request-Method", "PATCH");
        preflight.Headers.Add("Access-Control-Request-Headers", "x-api-key,if-match,prefer,idempotency-key,content-type");
        using var allowed = await App.Anonymous.SendAsync(preflight, Ct);
        using var read = await GetAsync("odata/topics", ("Origin", "https://other.example.org"));
        using var refused = await GetAsync("odata/topics(99)", ("Origin", "https://app.example.org"));
        using var foreign = await GetAsync("odata/topics", ("Origin", "https://evil.example.org"));

        Assert.Equal("https://app.example.org", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("PATCH", string.Join(',', allowed.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        Assert.Contains("idempotency-key", string.Join(',', allowed.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ETag", string.Join(',', read.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
        Assert.Equal("https://app.example.org", Assert.Single(refused.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.All([allowed, read, refused], r => Assert.False(r.Headers.Contains("Access-Control-Allow-Credentials")));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task AnswersToTools_AreCompressed(string encoding)
    {
        for (var i = 0; i < 20; i++)
        {
            await App.CreateAsync("topics", new { name = $"Topic {i}" });
        }

        using var list = await GetAsync("odata/topics", ("Accept-Encoding", encoding));
        using var export = await GetAsync("api/exports/influencers", ("Accept-Encoding", encoding));
        using var error = await GetAsync("odata/nothing", ("Accept-Encoding", encoding));

        Assert.All([list, export], r => Assert.Equal(encoding, Assert.Single(r.Content.Headers.ContentEncoding)));
        Assert.Equal(HttpStatusCode.NotFound, error.StatusCode);
        await using var packed = await list.Content.ReadAsStreamAsync(Ct);
        await using Stream plain = encoding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        Assert.Equal(20, (await JsonNode.ParseAsync(plain, cancellationToken: Ct))!["value"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("Basic", null, true)]
    [InlineData("Bearer", null, true)]
    [InlineData("Bearer", "cors", true)]
    [InlineData("Basic", "cors", false)]
    [InlineData("Basic", "navigate", false)]
    public async Task WhatABrowserSendsByItself_IsNotCompressed(string scheme, string? fetchMode, bool compressed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("odata", UriKind.Relative));
        request.Headers.Authorization = new(scheme, scheme == "Basic" ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"x:{CrmApp.AdminKey}")) : CrmApp.AdminKey);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        if (fetchMode is not null)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", fetchMode);
        }

        using var response = await App.Anonymous.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(compressed ? ["br"] : [], response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("app.example.org")]
    [InlineData("https://app.example.org/")]
    [InlineData("https://app.example.org/page")]
    [InlineData("ftp://app.example.org")]
    [InlineData("https://*.example.org")]
    [InlineData("null")]
    public async Task AnOriginThatIsNone_StopsTheStart(string origin)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => CrmApp.StartAsync(settings: new Dictionary<string, string?> { ["Cors:Origins"] = origin }));

        Assert.Contains("Cors__Origins", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutOrigins_NoPageOfAnotherSiteMayAsk()
    {
        await using var app = await CrmApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("odata/topics", UriKind.Relative));
        request.Headers.Add("Origin", "https://app.example.org");

        using var response = await app.Admin.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task AnswersToASession_AreNotCompressed()
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = App.Address };
        using var signedIn = await SendAsync(browser, HttpMethod.Post, "api/session", $$"""{"email":"{{CrmApp.AdminEmail}}","password":"{{CrmApp.AdminPassword}}"}""");
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");

        using var session = await SendAsync(browser, HttpMethod.Get, "api/session");
        using var list = await SendAsync(browser, HttpMethod.Get, "odata/topics");

        Assert.All([session, list], r => Assert.Empty(r.Content.Headers.ContentEncoding));
    }

    private async Task<HttpResponseMessage> GetAsync(string url, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await App.Admin.SendAsync(request, Ct);
    }
}
