namespace InfluencerCrm.Api.Tests.OData;

/// <summary>Pages that go on behind a row, on every database.</summary>
public sealed class PagingTests : ApiTest
{
    [DatabaseFact]
    public async Task Nothing_ComesBeforeAnything_AndEveryRowOnce()
    {
        foreach (var (name, city) in new[] { ("A", "Lyon"), ("B", null), ("C", "Brest"), ("D", null), ("E", "Lyon"), ("F", "Arles"), ("G", null) })
        {
            await App.CreateAsync("influencers", new { displayName = name, city });
        }

        Assert.Equal("BDGFCAE", await WalkAsync("odata/influencers?$orderby=city&$select=displayName"));
        Assert.Equal("AECFBDG", await WalkAsync("odata/influencers?$orderby=city desc&$select=displayName"));
        Assert.Equal("GDBFCEA", await WalkAsync("odata/influencers?$orderby=city,displayName desc&$select=displayName"));
        Assert.Equal("EACFGDB", await WalkAsync("odata/influencers?$orderby=kind,city desc,displayName desc&$select=displayName"));
        Assert.Equal("FCAE", string.Concat((await App.ListAsync("odata/influencers?$orderby=city&$skip=3")).Select(r => r!["displayName"]!.GetValue<string>())));
    }

    [DatabaseFact]
    public async Task APage_IsNeitherShiftedByNewRows_NorByRemovedOnes()
    {
        var ids = new Dictionary<string, int>();
        foreach (var name in new[] { "c", "e", "g", "i" })
        {
            ids[name] = Id(await App.CreateAsync("topics", new { name }));
        }

        var page = await App.GetAsync("odata/topics?$orderby=name&$top=100", PagesOf(2));
        Assert.Equal("ce", Names(page, "name"));
        await App.CreateAsync("topics", new { name = "a" });
        await App.CreateAsync("topics", new { name = "h" });
        using var gone = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/topics({ids["c"]})", ifMatch: "*");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);

        Assert.Equal("gh", Names(await App.GetAsync(Next(page)!, PagesOf(2)), "name"));
    }

    [DatabaseFact]
    public async Task Top_IsCountedOverAllPages()
    {
        foreach (var i in Enumerable.Range(1, 7))
        {
            await App.CreateAsync("topics", new { name = $"{i}" });
        }

        Assert.Equal("12345", await WalkAsync("odata/topics?$orderby=name&$top=5", "name"));
        Assert.Equal("7654", await WalkAsync("odata/topics?$orderby=name desc&$top=4", "name"));
        Assert.Equal("34567", await WalkAsync("odata/topics?$orderby=name&$skip=2", "name"));
    }

    [DatabaseFact]
    public async Task EveryKindOfKey_CanBeGoneOnBehind()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await App.CreateAsync("influencers", new { displayName = $"{i}", vip = i % 2 == 0, audience = i == 3 ? (int?)null : 10 - i, kind = i < 3 ? "journalist" : "blogger" });
        }

        foreach (var order in new[] { "vip", "vip desc", "audience", "audience desc", "kind", "kind desc", "createdAt", "createdAt desc", "relationshipStage", "influenceScore", "length(displayName)", "year(createdAt) desc", "id", "id desc", "emailStatus,vip desc,audience" })
        {
            var whole = string.Concat((await App.ListAsync($"odata/influencers?$orderby={order}")).Select(r => r!["displayName"]!.GetValue<string>()));
            Assert.Equal(5, whole.Length);
            Assert.Equal(whole, await WalkAsync($"odata/influencers?$orderby={order}"));
        }
    }

    [DatabaseFact]
    public async Task AManyPagesDeepSkip_GivesTheRowsThatAreThere()
    {
        await using var scope = App.AsProduct();
        scope.Db.Topics.AddRange(Enumerable.Range(1, 620).Select(i => InfluencerCrm.Core.Topics.Topic.Create(new() { Name = $"T{i:000}" })));
        await scope.Db.SaveChangesAsync(Ct);

        Assert.Equal("T601T602", string.Concat((await App.ListAsync("odata/topics?$orderby=name&$skip=600&$top=2")).Select(r => r!["name"]!.GetValue<string>())));
        Assert.Empty(await App.ListAsync("odata/topics?$skip=2000000000"));
    }

    [Theory]
    [InlineData("W10")]
    [InlineData("WzFd")]
    [InlineData("!!!")]
    [InlineData("WyJhIiwiYiJd")]
    [InlineData("W251bGwsbnVsbF0")]
    [InlineData("WzEsMiwzLDQsNV0")]
    [InlineData("eyJhIjoxfQ")]
    public async Task AForeignToken_IsMalformed_OrFindsNothing(string token)
    {
        await App.CreateAsync("topics", new { name = "a" });
        using var response = await App.Admin.GetAsync(new Uri($"odata/topics?$orderby=name&$skiptoken={token}", UriKind.Relative), Ct);

        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
    }

    private async Task<string> WalkAsync(string url, string member = "displayName")
    {
        var client = PagesOf(2);
        var names = "";
        for (string? next = url; next is not null;)
        {
            var page = await App.GetAsync(next, client);
            Assert.True(page["value"]!.AsArray().Count > 0, next);
            names += Names(page, member);
            Assert.True(names.Length < 50, "The pages go round.");
            next = Next(page);
        }

        return names;
    }

    private HttpClient PagesOf(int size)
    {
        var client = App.WithKey(CrmApp.AdminKey);
        client.DefaultRequestHeaders.Add("Prefer", $"maxpagesize={size}");
        return client;
    }

    private static string Names(JsonObject page, string member) => string.Concat(page["value"]!.AsArray().Select(r => r![member]!.GetValue<string>()));

    private static string? Next(JsonObject page) => page["@odata.nextLink"]?.GetValue<string>() is { } next ? new Uri(next).PathAndQuery.TrimStart('/') : null;
}
