namespace InfluencerCrm.Api.Tests.OData;

public sealed class ReadTests : ApiTest
{
    [Fact]
    public async Task Contains_IgnoresCaseAndAccents()
    {
        await App.CreateAsync("outlets", new { name = "L'Écho d'Épinal", kind = "newspaper" });
        await App.CreateAsync("outlets", new { name = "Rayon Beauté", kind = "magazine" });

        var found = await App.ListAsync("odata/outlets?$filter=contains(name,'ECHO D''epi')&$select=name");

        Assert.Equal("L'Écho d'Épinal", Assert.Single(found)!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Equality_IsExact()
    {
        await App.CreateAsync("outlets", new { name = "Le Méridien", kind = "newspaper" });

        Assert.Empty(await App.ListAsync("odata/outlets?$filter=name eq 'le meridien'"));
        Assert.Single(await App.ListAsync("odata/outlets?$filter=name eq 'Le Méridien'"));
    }

    [Fact]
    public async Task Search_WantsEveryWord_InAnyOrder()
    {
        await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", city = "Nantes" });
        await App.CreateAsync("influencers", new { displayName = "Zoé Martin", city = "Brest" });

        var found = await App.ListAsync("odata/influencers?$search=lefevre ZOE nantes");

        Assert.Equal("Zoé Lefèvre", Assert.Single(found)!["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Filter_ByEnum_TopicAndLanguage()
    {
        var topic = await App.CreateAsync("topics", new { name = "Solar" });
        var covers = await App.CreateAsync("influencers", new { displayName = "Covers", kind = "blogger", languages = new[] { "fr", "en" } });
        var refuses = await App.CreateAsync("influencers", new { displayName = "Refuses", kind = "blogger", languages = new[] { "fr" } });
        await App.CreateAsync($"influencers({Id(covers)})/topics", new { topicId = Id(topic), stance = "covers" });
        await App.CreateAsync($"influencers({Id(refuses)})/topics", new { topicId = Id(topic), stance = "refuses" });

        var found = await App.ListAsync($"odata/influencers?$filter=kind eq 'blogger' and languages/any(l: l eq 'fr') and topics/any(t: t/topicId eq {Id(topic)} and t/stance eq 'covers')");

        Assert.Equal("Covers", Assert.Single(found)!["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Expand_NestsAndSelects()
    {
        var topic = await App.CreateAsync("topics", new { name = "Solar" });
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé", email = "zoe@example.org" });
        await App.CreateAsync($"influencers({Id(person)})/topics", new { topicId = Id(topic) });

        var read = await App.GetAsync($"odata/influencers({Id(person)})?$select=displayName&$expand=topics($select=stance;$expand=topic($select=name)),contactPoints($select=value)");

        Assert.Equal("Solar", read["topics"]![0]!["topic"]!["name"]!.GetValue<string>());
        Assert.Equal("zoe@example.org", read["contactPoints"]![0]!["value"]!.GetValue<string>());
        Assert.False(read.ContainsKey("bio"));
    }

    [Fact]
    public async Task Pages_FollowTheNextLink_AndLoseNothing()
    {
        foreach (var i in Enumerable.Range(1, 7))
        {
            await App.CreateAsync("topics", new { name = $"Topic {i}" });
        }

        var names = new List<string>();
        string? url = "odata/topics?$count=true&$orderby=name desc&$select=name";
        using var client = App.WithKey(CrmApp.AdminKey);
        client.DefaultRequestHeaders.Add("Prefer", "maxpagesize=3");
        while (url is not null)
        {
            var page = await App.GetAsync(url, client);
            Assert.Equal(7, page["@odata.count"]!.GetValue<int>());
            names.AddRange(page["value"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()));
            url = page["@odata.nextLink"]?.GetValue<string>() is { } next ? new Uri(next).PathAndQuery.TrimStart('/') : null;
        }

        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(i => $"Topic {i}"), names);
    }

    [Fact]
    public async Task Top_SkipAndCount_AreHonoured()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await App.CreateAsync("topics", new { name });
        }

        var page = await App.GetAsync("odata/topics?$orderby=name&$skip=1&$top=1&$count=true");

        Assert.Equal(3, page["@odata.count"]!.GetValue<int>());
        Assert.Equal("b", Assert.Single(page["value"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.False(page.ContainsKey("@odata.nextLink"));
    }

    [Theory]
    [InlineData("odata/influencers({0})")]
    [InlineData("odata/influencers(id={0})")]
    [InlineData("odata/influencers/{0}")]
    public async Task Key_IsTakenInEachForm(string url)
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });

        var read = await App.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, Id(person)));

        Assert.Equal("Zoé", read["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Navigation_LeadsToRowsOfTheirOwnSet_WithETags()
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });
        await App.CreateAsync("interactions", new { influencerId = Id(person), kind = "call", occurredAt = "2026-01-02T10:00:00Z" });
        await App.CreateAsync("interactions", new { influencerId = Id(person), kind = "meeting", occurredAt = "2026-01-03T10:00:00Z" });

        var rows = await App.ListAsync($"odata/influencers({Id(person)})/interactions?$orderby=occurredAt desc&$filter=occurredAt gt 2026-01-01T00:00:00Z");

        Assert.Equal(["meeting", "call"], rows.Select(r => r!["kind"]!.GetValue<string>()));
        Assert.All(rows, row => Assert.StartsWith("W/", row!["@odata.etag"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal("2026-01-03T10:00:00Z", rows[0]!["occurredAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task SingleNavigation_ThatLeadsNowhere_Is204()
    {
        var outlet = await App.CreateAsync("outlets", new { name = "Alone", kind = "blog" });

        using var response = await SendAsync(App.Admin, HttpMethod.Get, $"odata/outlets({Id(outlet)})/parent");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task IfNoneMatch_WithTheCurrentETag_Is304()
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"odata/influencers({Id(person)})");
        request.Headers.TryAddWithoutValidation("If-None-Match", ETag(person));

        using var response = await App.Admin.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task ArchivedRows_AreHidden_UntilAskedForOrRestored()
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });
        await App.CreateAsync("interactions", new { influencerId = Id(person), kind = "call" });
        using var deleted = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/influencers({Id(person)})", ifMatch: "*");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        Assert.Empty(await App.ListAsync("odata/influencers"));
        Assert.Single(await App.ListAsync("odata/influencers?archived=include"));
        Assert.Single(await App.ListAsync("odata/interactions"));
        using var restored = await SendAsync(App.Admin, HttpMethod.Post, $"odata/influencers({Id(person)})/restore");

        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        Assert.Single(await App.ListAsync("odata/influencers"));
    }

    [Theory]
    [InlineData("odata/influencers?$filter=nope eq 1", "badQuery")]
    [InlineData("odata/influencers?$filter=displayName eq", "badQuery")]
    [InlineData("odata/influencers?$filter=kind eq 'alien'", "badQuery")]
    [InlineData("odata/influencers?$orderby=nope", "badQuery")]
    [InlineData("odata/influencers?$select=nope", "badQuery")]
    [InlineData("odata/influencers?$expand=nope", "badQuery")]
    [InlineData("odata/influencers?$top=-1", "badQuery")]
    [InlineData("odata/influencers?$top=ten", "badQuery")]
    [InlineData("odata/influencers?$filter=topics/all()", "badQuery")]
    [InlineData("odata/influencers?$expand=interactions($expand=influencer($expand=interactions($expand=influencer)))", "expandTooDeep")]
    public async Task BadOptions_AreNamed(string url, string code)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Get, url);

        var error = await ErrorAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(code, error["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task MissingRow_Is404_AndUnknownSet_Is404()
    {
        using var row = await SendAsync(App.Admin, HttpMethod.Get, "odata/influencers(4711)");
        using var set = await SendAsync(App.Admin, HttpMethod.Get, "odata/nothing");

        await ErrorAsync(row, HttpStatusCode.NotFound);
        await ErrorAsync(set, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task LocalizedTexts_AreMembersByLanguage()
    {
        var topic = await App.CreateAsync("topics", new { name = "Solar power", names = new { en = "Solar power", fr = "Énergie solaire" }, keywords = new { fr = new[] { "solaire" } } });

        var read = await App.GetAsync($"odata/topics({Id(topic)})");

        Assert.Equal("Énergie solaire", read["names"]!["fr"]!.GetValue<string>());
        Assert.Equal("solaire", read["keywords"]!["fr"]![0]!.GetValue<string>());
    }
}
