namespace InfluencerCrm.Api.Tests.Protocol;

/// <summary>What a proxy says of the client's request is believed of the proxies that were named, and of nobody else.</summary>
public sealed class ProxyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", "https://crm.example.org/odata/topics?")]
    [InlineData("10.0.0.5, 127.0.0.0/8", "https://crm.example.org/odata/topics?")]
    [InlineData("10.0.0.5, 192.168.0.0/16", "http://127.0.0.1")]
    [InlineData("", "http://127.0.0.1")]
    public async Task NextLink_BeginsAsTheClientAsked_BehindAKnownProxyOnly(string known, string link)
    {
        await using var app = await StartAsync(known);
        await app.CreateAsync("topics", new { name = "a" });
        await app.CreateAsync("topics", new { name = "b" });

        var page = JsonNode.Parse(await AskAsync(app.Admin, "odata/topics", "203.0.113.7", r => r.Headers.Add("Prefer", "maxpagesize=1")))!;

        Assert.StartsWith(link, page["@odata.nextLink"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_CountByTheClientBehindAKnownProxy()
    {
        await using var app = await StartAsync("127.0.0.1");

        var answers = new List<HttpStatusCode>();
        foreach (var client in new[] { "203.0.113.7", "203.0.113.7", "203.0.113.8", "203.0.113.8, 203.0.113.7" })
        {
            answers.Add(await StatusAsync(app.Anonymous, client));
        }

        // The last one forged an address: its proxy wrote the true one behind it.
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Limits_CountByTheConnection_BehindAnUnknownProxy()
    {
        await using var app = await StartAsync("10.0.0.5");

        var answers = new List<HttpStatusCode> { await StatusAsync(app.Anonymous, "203.0.113.7"), await StatusAsync(app.Anonymous, "203.0.113.8") };

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task AKeyThatCameToTheProxyOverPlainHttp_IsRefused()
    {
        await using var app = await StartAsync("127.0.0.1");

        using var request = Request("odata/topics", "203.0.113.7", "http");
        using var response = await app.Admin.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("insecure", JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("proxy.example.org")]
    [InlineData("10.0.0.0/99")]
    [InlineData("10.1")]
    [InlineData("10.0.0.1;10.0.0.2")]
    public async Task WhatIsNoAddress_StopsTheStart(string known)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(known));

        Assert.Contains("Proxy__Known holds addresses", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongOptions_EndTheProgramWithASentence_NotWithAStackTrace()
    {
        var folder = Directory.CreateTempSubdirectory("influencercrm-");
        try
        {
            var status = await InfluencerCrm.Host.CrmHost.RunAsync(["--empty", "--Urls=http://127.0.0.1:0", "--Proxy:Known=nobody", $"--ConnectionStrings:Crm=Data Source={Path.Combine(folder.FullName, "crm.db")};Pooling=False"]);

            Assert.Equal(2, status);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<CrmApp> StartAsync(string known) =>
        CrmApp.StartAsync(settings: new Dictionary<string, string?> { ["Proxy:Known"] = known, ["Limits:AnonymousPerMinute"] = "1" });

    private static HttpRequestMessage Request(string url, string client, string scheme)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        request.Headers.Add("X-Forwarded-For", client);
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-Host", "crm.example.org");
        return request;
    }

    private static async Task<string> AskAsync(HttpClient client, string url, string address, Action<HttpRequestMessage> adjust)
    {
        using var request = Request(url, address, "https");
        adjust(request);
        using var response = await client.SendAsync(request, Ct);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var request = Request("odata/topics", address, "https");
        using var response = await client.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
