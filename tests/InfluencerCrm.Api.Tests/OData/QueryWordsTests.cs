namespace InfluencerCrm.Api.Tests.OData;

/// <summary>A query that is refused says which of its options, and what of it, in words for who wrote it.</summary>
public sealed class QueryWordsTests : ApiTest
{
    [Theory]
    [InlineData("influencers?$expand=interactions($expand=outlet($expand=parent($expand=parent)))", "expandTooDeep", "$expand", "3 levels")]
    [InlineData("influencers?$filter=relationships/any(r: r/influencer/relationships/any(s: s/influencer/relationships/any(t: t/influencer/relationships/any(u: u/id eq 1))))", "anyAllTooDeep", "$filter", "3 deep")]
    [InlineData("influencers?$orderby=id,kind,displayName,firstName,lastName,email,phone,country,city", "orderByTooLong", "$orderby", "8 members")]
    [InlineData("influencers?$filter=topics/all()&$select=id", "badQuery", "$filter", "incomplete")]
    [InlineData("influencers?$select=id&$filter=nope eq 1", "badQuery", "$filter", "'nope'")]
    [InlineData("influencers?$filter=(id eq 1", "badQuery", "$filter", "position 8")]
    [InlineData("influencers?$filter=id eq 1&$orderby=nope", "badQuery", "$orderby", "'nope'")]
    [InlineData("influencers?$select=nope&$expand=topics", "badQuery", "$select", "'nope'")]
    [InlineData("influencers?$select=id&$expand=nope", "badQuery", "$expand", "'nope'")]
    [InlineData("influencers?$top=x&$filter=id eq 1", "badQuery", "$top", "'x'")]
    [InlineData("influencers?$search=((&$top=1", "badQuery", "$search", "position 2")]
    [InlineData("influencers?$skiptoken=&$top=1", "badQuery", "$skiptoken", "")]
    [InlineData("influencers?$compute=nope add 1 as x", "badQuery", "$compute", "'nope'")]
    [InlineData("influencers?$apply=groupby((nope))&$top=1", "badQuery", "$apply", "'nope'")]
    [InlineData("influencers?$apply=groupby((country),aggregate($count as n))&$filter=audience gt 1", "badQuery", "$filter", "no audience; there are country, n.")]
    [InlineData("influencers?$apply=groupby((country),aggregate($count as n))&$orderby=audience", "badQuery", "$orderby", "no audience; there are country, n.")]
    [InlineData("influencers?$apply=groupby((country),aggregate($count as n))/filter(audience gt 1)", "badQuery", "$apply", "audience")]
    [InlineData("topics?$filter=names/fr eq 'x'", "notSupported", null, "fr")]
    public async Task Refusal_NamesTheOption_AndNoClass(string url, string code, string? target, string words)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Get, "odata/" + url);

        var error = await ErrorAsync(response, HttpStatusCode.BadRequest);
        var message = error["message"]!.GetValue<string>();
        Assert.Equal((code, target), (error["code"]!.GetValue<string>(), error["target"]?.GetValue<string>()));
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain("Attribute", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Settings", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConditionWithTooManyParts_IsToldTheLimit()
    {
        // Few words below each other and many beside; in a batch, since the address would be too long for a line of its own.
        static string Tree(int depth) => depth == 0 ? "id eq 1" : $"({Tree(depth - 1)} or {Tree(depth - 1)})";
        var part = new JsonObject { ["id"] = "1", ["method"] = "GET", ["url"] = "influencers?$filter=" + Tree(9) };

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/$batch", new JsonObject { ["requests"] = new JsonArray(part) }.ToJsonString());

        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["responses"]![0]!;
        Assert.Equal(400, answer["status"]!.GetValue<int>());
        var error = answer["body"]!["error"]!;
        Assert.Equal(("filterTooLarge", "$filter"), (error["code"]!.GetValue<string>(), error["target"]?.GetValue<string>()));
        Assert.Contains("1000", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
