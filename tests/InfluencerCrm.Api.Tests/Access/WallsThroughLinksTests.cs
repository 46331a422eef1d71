namespace InfluencerCrm.Api.Tests.Access;

/// <summary>A link leads no further than its reader may see: common rows that name a walled one show its number and nothing of it.</summary>
public sealed class WallsThroughLinksTests : ApiTest
{
    [DatabaseFact]
    public async Task Links_LeadToTheRowsTheyName()
    {
        var rows = await RowsAsync();

        var interaction = Assert.Single(await App.ListAsync("odata/interactions?$expand=client,campaign,story,influencer"))!;
        Assert.Equal("Rochambel", interaction["client"]!["name"]!.GetValue<string>());
        Assert.Equal("Tramontane", interaction["campaign"]!["name"]!.GetValue<string>());
        Assert.Equal("Harvest", interaction["story"]!["title"]!.GetValue<string>());
        Assert.Equal("[{\"campaign\":{\"name\":\"Tramontane\"},\"story\":{\"title\":\"Harvest\"},\"n\":1}]", await SumAsync("coverage?$apply=groupby((campaign/name,story/title),aggregate($count as n))"));
        Assert.Equal("[{\"client\":{\"name\":\"Rochambel\"},\"n\":1}]", await SumAsync("relationships?$apply=groupby((client/name),aggregate($count as n))"));
        Assert.Equal("[{\"influencer\":{\"displayName\":\"Zoé\"},\"story\":{\"title\":\"Harvest\"}}]", await SumAsync("embargoAgreements?$apply=groupby((influencer/displayName,story/title))"));
        Assert.Equal("[{\"influencer\":{\"displayName\":\"Zoé\"},\"outlet\":{\"name\":\"Gazette\"}}]", await SumAsync("promises?$apply=groupby((influencer/displayName,outlet/name))"));
        Assert.Equal("[{\"influencer\":{\"displayName\":\"Zoé\"},\"story\":{\"title\":\"Harvest\"},\"campaign\":{\"name\":\"Tramontane\"}}]", await SumAsync("tasks?$apply=groupby((influencer/displayName,story/title,campaign/name))"));
        Assert.Single(await App.ListAsync("odata/requests?$filter=client/name eq 'Rochambel'&$expand=client"));
        Assert.Single(await App.ListAsync("odata/coverage?$filter=mentions/any(m: m/client/name eq 'Rochambel')&$expand=mentions($expand=client)"));
        Assert.Equal("Rochambel", (await App.GetAsync($"odata/requests({rows.Request})/client"))["name"]!.GetValue<string>());
    }

    [DatabaseFact]
    public async Task ForWhoMayNotSeeThem_LinksEndAtTheWall()
    {
        var rows = await RowsAsync();
        var outlet = Id(await App.CreateAsync("outlets", new { name = "Open", kind = "website" }));

        // Rows that everybody sees, and that name what is walled.
        await App.CreateAsync("interactions", new { influencerId = rows.Person, storyId = rows.Story, kind = "note", subject = "common" });
        await App.CreateAsync("coverage", new { title = "common", storyId = rows.Story, outletId = outlet, publishedAt = "2026-01-01T10:00:00Z" });
        using var stranger = await App.SignUpAsync("prOfficer", "read,write,send");

        foreach (var set in new[] { "interactions", "coverage" })
        {
            var row = Assert.Single(await App.ListAsync($"odata/{set}?$expand=story,campaign", stranger))!;
            Assert.Null(row["story"]);
            Assert.Null(row["campaign"]);
            Assert.Empty(await App.ListAsync($"odata/{set}?$filter=story/title eq 'Harvest'", stranger));
            Assert.Empty(await App.ListAsync($"odata/{set}?$filter=campaign/name eq 'Tramontane'", stranger));
            Assert.Empty(await App.ListAsync($"odata/{set}?$filter=startswith(story/title,'H')", stranger));
            Assert.Equal("[{\"story\":{\"title\":null},\"n\":1}]", await SumAsync($"{set}?$apply=groupby((story/title),aggregate($count as n))", stranger));
            using var followed = await SendAsync(stranger, HttpMethod.Get, $"odata/{set}({row["id"]})/story");
            Assert.True(followed.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound, $"{followed.StatusCode}");
            using var address = await SendAsync(stranger, HttpMethod.Get, $"odata/{set}({row["id"]})/story/$ref");
            Assert.True(address.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound, $"{address.StatusCode}");
        }

        foreach (var set in new[] { "tasks", "promises", "embargoAgreements", "relationships", "requests" })
        {
            Assert.Empty(await App.ListAsync($"odata/{set}?$expand=influencer", stranger));
            Assert.Equal("[]", await SumAsync($"{set}?$apply=groupby((influencer/displayName),aggregate($count as n))", stranger));
        }

        var everything = (await App.GetAsync("odata/influencers?$expand=interactions($expand=client,campaign,story),relationships($expand=client),coverage($expand=campaign,story)", stranger)).ToJsonString();
        foreach (var secret in new[] { "Rochambel", "Tramontane", "Harvest" })
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }
    }

    private async Task<(int Person, int Story, int Request)> RowsAsync()
    {
        var person = Id(await App.CreateAsync("influencers", new { displayName = "Zoé" }));
        var client = Id(await App.CreateAsync("clients", new { name = "Rochambel" }));
        var outlet = Id(await App.CreateAsync("outlets", new { name = "Gazette", kind = "newspaper" }));
        var campaign = Id(await App.CreateAsync("campaigns", new { name = "Tramontane", clientId = client, confidential = true }));
        var story = Id(await App.CreateAsync("stories", new { title = "Harvest", kind = "release", clientId = client, campaignId = campaign }));
        await App.CreateAsync("interactions", new { influencerId = person, clientId = client, campaignId = campaign, storyId = story, kind = "meeting" });
        var piece = Id(await App.CreateAsync("coverage", new { title = "Seen", campaignId = campaign, storyId = story, influencerId = person, publishedAt = "2026-01-01T10:00:00Z" }));
        await App.CreateAsync($"coverage({piece})/mentions", new { clientId = client });
        await App.CreateAsync("relationships", new { influencerId = person, clientId = client });
        await App.CreateAsync("embargoAgreements", new { storyId = story, influencerId = person });
        await App.CreateAsync("promises", new { kind = "interview", storyId = story, influencerId = person, outletId = outlet });
        await App.CreateAsync("tasks", new { title = "Call", influencerId = person, storyId = story, campaignId = campaign });
        return (person, story, Id(await App.CreateAsync("requests", new { influencerId = person, clientId = client, question = "When?" })));
    }

    private async Task<string> SumAsync(string url, HttpClient? client = null) => (await App.ListAsync("odata/" + url, client)).ToJsonString(Plain);

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
