namespace InfluencerCrm.Api.Tests.OData;

/// <summary>A person sent with topics, presences and affiliations: all of it is written, or nothing.</summary>
public sealed class DeepInsertTests : ApiTest
{
    private int _topic;
    private int _second;
    private int _platform;
    private int _outlet;

    [DatabaseFact]
    public async Task APerson_ComesWithTopicsPresencesAndAffiliations_InOneRequest()
    {
        await PrepareAsync();

        var person = await App.CreateAsync("influencers", new
        {
            displayName = "Zoé Lefèvre",
            kind = "journalist",
            email = "zoe@example.org",
            topics = new object[] { new { topicId = _topic, weight = 0.9, strength = "main" }, new { topicId = _second, stance = "refuses" } },
            presences = new[] { new { platformId = _platform, handle = "zoe", followers = 1200 } },
            affiliations = new[] { new { outletId = _outlet, function = "Reporter", primary = true } },
        });

        var read = await App.GetAsync($"odata/influencers({Id(person)})?$expand=topics($orderby=id),presences,affiliations,contactPoints");
        Assert.Equal([0.9, 0.5], read["topics"]!.AsArray().Select(t => t!["weight"]!.GetValue<double>()));
        Assert.Equal("zoe", Assert.Single(read["presences"]!.AsArray())!["handle"]!.GetValue<string>());
        Assert.Equal(_outlet, Assert.Single(read["affiliations"]!.AsArray())!["outletId"]!.GetValue<int>());
        Assert.Equal("zoe@example.org", Assert.Single(read["contactPoints"]!.AsArray())!["value"]!.GetValue<string>());
        Assert.Equal((2, 1, 1), (person["topics"]!.AsArray().Count, person["presences"]!.AsArray().Count, person["affiliations"]!.AsArray().Count));
        Assert.Equal(ETag(read), ETag(person));
    }

    [Theory]
    [InlineData("""{"topics":[{"topicId":TOPIC},{"topicId":999999}]}""", HttpStatusCode.UnprocessableEntity, "topics[1].topicId")]
    [InlineData("""{"topics":[{"topicId":TOPIC},{}]}""", HttpStatusCode.UnprocessableEntity, "topics[1].topicId")]
    [InlineData("""{"topics":[{"topicId":TOPIC},{"topicId":"x"}]}""", HttpStatusCode.BadRequest, "topics[1].topicId")]
    [InlineData("""{"topics":[{"topicId":TOPIC},{"topicId":99999999999999999999}]}""", HttpStatusCode.BadRequest, "topics[1].topicId")]
    [InlineData("""{"topics":[{"topicId":TOPIC,"weight":7}]}""", HttpStatusCode.UnprocessableEntity, "topics[0].weight")]
    [InlineData("""{"topics":[{"topicId":TOPIC,"stance":"loves"}]}""", HttpStatusCode.BadRequest, "topics[0].stance")]
    [InlineData("""{"topics":[{"topicId":TOPIC,"source":"a\u0000b"}]}""", HttpStatusCode.BadRequest, "topics[0].source")]
    [InlineData("""{"topics":[{"topic@odata.bind":"nowhere"}]}""", HttpStatusCode.BadRequest, "topics[0].topic")]
    [InlineData("""{"topics":[{"topicId":TOPIC}],"presences":[{"platformId":999999,"handle":"z"}]}""", HttpStatusCode.UnprocessableEntity, "presences[0].platformId")]
    [InlineData("""{"topics":[{"topicId":TOPIC}],"affiliations":[{"outletId":OUTLET},{"outletId":999999}]}""", HttpStatusCode.UnprocessableEntity, "affiliations[1].outletId")]
    [InlineData("""{"affiliations":[{"outletId":OUTLET,"nothing":1}]}""", HttpStatusCode.BadRequest, "affiliations[0].nothing")]
    [InlineData("""{"affiliations":[[]]}""", HttpStatusCode.BadRequest, "affiliations[0]")]
    [InlineData("""{"presences":"all"}""", HttpStatusCode.BadRequest, "presences")]
    public async Task OneRowThatIsWrong_RefusesAll_AndIsNamed(string rows, HttpStatusCode status, string target)
    {
        await PrepareAsync();
        var inside = rows.Replace("TOPIC", $"{_topic}", StringComparison.Ordinal).Replace("OUTLET", $"{_outlet}", StringComparison.Ordinal);

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/influencers", $$"""{"displayName":"Zoé","kind":"journalist","email":"zoe@example.org",{{inside[1..]}}""");

        var error = await ErrorAsync(response, status);
        Assert.Equal(target, error["target"]!.GetValue<string>());
        Assert.Equal(target, Assert.Single(error["details"]!.AsArray())!["target"]!.GetValue<string>());
        await NothingIsThereAsync();
    }

    [DatabaseFact]
    public async Task ATopicTwice_RefusesAll()
    {
        await PrepareAsync();

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/influencers", $$"""{"displayName":"Zoé","topics":[{"topicId":{{_topic}}},{"topicId":{{_topic}}}]}""");

        var error = await ErrorAsync(response, HttpStatusCode.Conflict);
        Assert.Equal(("duplicate", "topics[1]"), (error["code"]!.GetValue<string>(), error["target"]!.GetValue<string>()));
        await NothingIsThereAsync();
    }

    [DatabaseFact]
    public async Task OfPeopleWithTheSameAddressAtOnce_OneComesWhole()
    {
        await PrepareAsync();
        var body = $$"""{"displayName":"Zoé","email":"zoe@example.org","topics":[{"topicId":{{_topic}}},{"topicId":{{_second}}}],"presences":[{"platformId":{{_platform}},"handle":"z"}]}""";

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(App.Admin, HttpMethod.Post, "odata/influencers", body)));

        Assert.Single(responses, r => r.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, responses.Count(r => r.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await App.ListAsync("odata/influencers"));
        Assert.Equal(2, Assert.Single(await App.ListAsync("odata/influencers?$expand=topics"))!["topics"]!.AsArray().Count);
        Assert.Single(await App.ListAsync("odata/presences"));
    }

    private async Task PrepareAsync()
    {
        _topic = Id(await App.CreateAsync("topics", new { name = "Energy" }));
        _second = Id(await App.CreateAsync("topics", new { name = "Cars" }));
        _platform = Id(await App.CreateAsync("platforms", new { name = "Somewhere" }));
        _outlet = Id(await App.CreateAsync("outlets", new { name = "Le Méridien", kind = "newspaper" }));
    }

    private async Task NothingIsThereAsync()
    {
        foreach (var set in new[] { "influencers", "contactPoints", "presences", "affiliations" })
        {
            Assert.Empty(await App.ListAsync($"odata/{set}"));
        }
    }
}
