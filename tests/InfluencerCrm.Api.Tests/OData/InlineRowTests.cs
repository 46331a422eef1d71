namespace InfluencerCrm.Api.Tests.OData;

/// <summary>Rows that are sent inside their new owner.</summary>
public sealed class InlineRowTests : ApiTest
{
    [Fact]
    public async Task AMeeting_IsLoggedWithWhoeverWasThere()
    {
        var (zoe, paul) = (await PersonAsync("Zoé"), await PersonAsync("Paul"));

        var meeting = await App.CreateAsync("interactions", new
        {
            influencerId = zoe,
            kind = "meeting",
            occurredAt = "2026-03-01T10:00:00Z",
            participants = new[] { new { influencerId = paul } },
        });

        Assert.Equal(paul, meeting["participants"]!.AsArray().Single()!["influencerId"]!.GetValue<int>());
        Assert.Single(await App.ListAsync($"odata/interactions({Id(meeting)})/participants"));
    }

    [Fact]
    public async Task Coverage_ComesWithItsAuthorsAndMentions()
    {
        var client = await App.CreateAsync("clients", new { name = "Volta" });
        var author = await PersonAsync("Author");

        var piece = await App.CreateAsync("coverage", new
        {
            title = "Heat from below",
            publishedAt = "2026-03-01T10:00:00Z",
            medium = "online",
            authors = new[] { new { influencerId = author } },
            mentions = new object[] { new { clientId = Id(client), tone = "positive" }, new { competitor = "Ohm & Cie" } },
        });

        Assert.Equal((1, 2), (piece["authors"]!.AsArray().Count, piece["mentions"]!.AsArray().Count));
        Assert.Equal(author, (await App.GetAsync($"odata/coverage({Id(piece)})"))["influencerId"]!.GetValue<int>());
    }

    [Fact]
    public async Task APerson_ComesWithTopicsPresencesAndRoles_AndSeveralLevelsNest()
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });
        var outlet = await App.CreateAsync("outlets", new { name = "Le Méridien", kind = "newspaper" });
        var person = await App.CreateAsync("influencers", new
        {
            displayName = "Zoé Lefèvre",
            kind = "journalist",
            email = "zoe@example.org",
            topics = new[] { new { topicId = Id(topic), weight = 0.9 } },
            affiliations = new[] { new { outletId = Id(outlet), function = "Reporter" } },
            contactPoints = new[] { new { kind = "email", value = "zoe.second@example.org" } },
        });
        var client = await App.CreateAsync("clients", new { name = "Volta" });
        var campaign = await App.CreateAsync("campaigns", new
        {
            clientId = Id(client),
            name = "Spring",
            objectives = new[] { new { kind = "output", kpi = "coverage", target = 10, measurements = new[] { new { measuredAt = "2026-03-01T10:00:00Z", value = 3 } } } },
        });

        Assert.Equal((1, 1), (person["topics"]!.AsArray().Count, person["affiliations"]!.AsArray().Count));
        Assert.Equal(["zoe@example.org", "zoe.second@example.org"], (await App.ListAsync($"odata/influencers({Id(person)})/contactPoints?$orderby=id")).Select(p => p!["value"]!.GetValue<string>()));
        Assert.Equal(3, campaign["objectives"]![0]!["measurements"]![0]!["value"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("""[{"influencerId":999999}]""", HttpStatusCode.UnprocessableEntity, "participants[0].influencerId")]
    [InlineData("""[{}]""", HttpStatusCode.UnprocessableEntity, "participants[0].influencerId")]
    [InlineData("""[{"influencerId":"one"}]""", HttpStatusCode.BadRequest, "participants[0].influencerId")]
    [InlineData("""[{"nobody":1}]""", HttpStatusCode.BadRequest, "participants[0].nobody")]
    [InlineData("""[7]""", HttpStatusCode.BadRequest, "participants[0]")]
    [InlineData("""[null]""", HttpStatusCode.BadRequest, "participants[0]")]
    [InlineData("""{"influencerId":1}""", HttpStatusCode.BadRequest, "participants")]
    public async Task ARowInsideThatIsWrong_RefusesAll_AndIsNamed(string participants, HttpStatusCode status, string target)
    {
        var body = $$"""{"influencerId":{{await PersonAsync("Zoé")}},"kind":"meeting","occurredAt":"2026-03-01T10:00:00Z","participants":{{participants}}}""";

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/interactions", body);

        Assert.Equal(target, (await ErrorAsync(response, status))["target"]!.GetValue<string>());
        Assert.Empty(await App.ListAsync("odata/interactions"));
    }

    [Fact]
    public async Task TheSecondRowThatIsWrong_UndoesTheFirst()
    {
        var body = $$"""{"influencerId":{{await PersonAsync("Zoé")}},"kind":"meeting","occurredAt":"2026-03-01T10:00:00Z","participants":[{"influencerId":{{await PersonAsync("Paul")}}},{"influencerId":999999}]}""";

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/interactions", body);

        var error = await ErrorAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("participants[1].influencerId", error["details"]![0]!["target"]!.GetValue<string>());
        Assert.Empty(await App.ListAsync("odata/interactions"));
    }

    [Fact]
    public async Task MoreRowsThanABodyHolds_AreRefused()
    {
        var rows = string.Join(',', Enumerable.Range(1, 501).Select(i => $$"""{"influencerId":{{i}}}"""));

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/interactions", $$"""{"influencerId":1,"kind":"meeting","occurredAt":"2026-03-01T10:00:00Z","participants":[{{rows}}]}""");

        Assert.Equal("tooManyRows", (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task WhoMayNotWriteTheRowsInside_WritesNothing()
    {
        var viewer = await App.SignUpAsync("reader", "read");

        using var response = await SendAsync(viewer, HttpMethod.Post, "odata/influencers", """{"displayName":"X","topics":[{"topicId":1}]}""");

        await ErrorAsync(response, HttpStatusCode.Forbidden);
    }

    private async Task<int> PersonAsync(string name) => Id(await App.CreateAsync("influencers", new { displayName = name, kind = "journalist" }));
}
