namespace InfluencerCrm.Api.Tests.OData;

/// <summary>Nothing that a client sends is answered with a 5xx, and the database stays as it was.</summary>
public sealed class HostileTests : ApiTest
{
    public static TheoryData<string> Addresses =>
    [
        "odata/influencers?$filter=" + new string('(', 100) + "1 eq 1" + new string(')', 100),
        "odata/influencers?$filter=id in (" + string.Join(',', Enumerable.Range(1, 1500)) + ")",
        "odata/influencers?$filter=displayName eq '%00'",
        "odata/influencers?$filter=%",
        "odata/influencers?$filter=%zz",
        "odata/influencers?$skiptoken=",
        "odata/influencers?$skip=-5",
        "odata/influencers?$skip=99999999999999999999",
        "odata/influencers?$top=99999999999999999999",
        "odata/influencers?$count=maybe",
        "odata/influencers?$apply=groupby((country))",
        "odata/influencers?$compute=id add 1 as x",
        "odata/influencers?$search=",
        "odata/influencers?$search=((((",
        "odata/influencers?$search=\"",
        "odata/influencers?$orderby=" + string.Join(',', Enumerable.Repeat("displayName", 50)),
        "odata/influencers?$expand=" + string.Join(',', Enumerable.Repeat("topics", 50)),
        "odata/influencers?$filter=matchesPattern(displayName,'(a%2B)%2B$')",
        "odata/influencers?$filter=cast(displayName,'Edm.Int32') eq 1",
        "odata/influencers?$filter=createdAt gt 0001-01-01T00:00:00Z",
        "odata/influencers?$filter=createdAt gt 9999-99-99T00:00:00Z",
        "odata/influencers?$filter=influenceScore div 0 eq 1",
        "odata/influencers?$filter=topics/any(t: t/topic/names/fr eq 'x')",
        "odata/influencers?$filter=year(createdAt) eq 2026",
        "odata/influencers(1)(1)(2)",
        "odata/influencers%25281%29",
        "odata/influencers(99999999999999999999)",
        "odata/influencers(-1)",
        "odata/influencers('x')",
        "odata/influencers(1)/nothing",
        "odata/influencers(1)/topics(99999999999)",
        "odata/interactions(99999999999999999999)",
        "odata/influencers/$count?$filter=nope",
        "odata/$metadata?$format=nonsense",
        "odata//influencers",
        "odata/influencers?$format=application/xml",
        "odata/influencers?$select=*,nope",
        "odata/influencers?$filter=contains(bio,'" + new string('x', 5000) + "')",
        "odata/mediaLists(1)/resolve()",
        "odata/sendOuts(1)/progress()",
        "odata/messages(1)/content()",
        "odata/influencers(1)/displayName/$value?$format=xml",
        "odata/influencers(99999999999999999999)/displayName",
        "odata/influencers(1)/$ref",
        "odata/influencers/$ref",
        "odata/influencers(1)/topics(1)/$ref",
        "odata/influencers(1)/topics/$ref?$top=-1",
        "odata/influencers(1)/@odata.etag",
        "odata/influencers(1)/" + new string('x', 3000),
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task HostileAddress_IsAnsweredWithoutA5xx(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(App.Address.ToString() + url.Replace(" ", "%20", StringComparison.Ordinal), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var response = await App.Admin.SendAsync(request, Ct);

        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode}: {text}");
        if ((int)response.StatusCode >= 400 && text.Length > 0)
        {
            Assert.NotNull(JsonNode.Parse(text)!["error"]!["code"]);
        }
    }

    [Theory]
    [InlineData("POST", "odata/influencers(1)/nothing", "{}")]
    [InlineData("POST", "odata/sendOuts(1)/explode", "{}")]
    [InlineData("PATCH", "odata/influencers", "{}")]
    [InlineData("PUT", "odata/influencers(1)", "{}")]
    [InlineData("POST", "odata/messages", "{}")]
    [InlineData("POST", "odata/auditEntries", "{}")]
    [InlineData("POST", "odata/$batch", "{\"requests\":{}}")]
    [InlineData("PUT", "odata/influencers(1)/topics/$ref", "{}")]
    [InlineData("PUT", "odata/tasks(99999999999999999999)/influencer/$ref", "{\"@odata.id\":\"influencers(1)\"}")]
    [InlineData("PUT", "odata/auditEntries(1)", "{}")]
    [InlineData("DELETE", "odata/topics(1)/children/$ref?$id=%00", null)]
    [InlineData("TRACE", "odata/influencers", null)]
    [InlineData("POST", "api/session", "{\"email\":null,\"password\":null}")]
    [InlineData("POST", "api/session", "[]")]
    [InlineData("POST", "api/session", "{")]
    [InlineData("POST", "odata/apiKeys", "{\"name\":null,\"scopes\":[\"root\"]}")]
    [InlineData("POST", "odata/users", "{\"email\":\"x\",\"role\":\"god\"}")]
    [InlineData("POST", "odata/suppressions", "{\"address\":\"not an address\"}")]
    [InlineData("POST", "odata/mediaLists", "{\"name\":\"x\",\"kind\":\"dynamic\",\"filter\":\"nope eq (\"}")]
    public async Task HostileWrite_IsAnsweredWithA4xx(string method, string url, string? body)
    {
        using var response = await SendAsync(App.Admin, new HttpMethod(method), url, body, "*");

        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.Empty(await App.ListAsync("odata/influencers"));
    }
}
