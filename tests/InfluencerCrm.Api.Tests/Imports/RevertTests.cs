using static InfluencerCrm.Api.Tests.Imports.ImportCalls;

namespace InfluencerCrm.Api.Tests.Imports;

/// <summary>Imports that are taken back, by the product's own worker.</summary>
public sealed class RevertTests
{
    private const string People = "first name,last name,email,city,outlet,topics,phone\nZoé,Lefèvre,zoe@example.org,Paris,Le Journal,Énergie,01 44 00 00 01\nJean,Sans,,Lyon,La Gazette,,\n";

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task WhatNobodyTouched_IsAsItWasBefore(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        await app.CreateAsync("topics", new { name = "Énergie" });
        var known = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", firstName = "Zoé", lastName = "Lefèvre", email = "zoe@example.org", city = "Lyon", tags = new[] { "a" } });
        var before = await StateAsync(app);

        var job = await app.ImportAsync(People);
        var after = await StateAsync(app);
        var reverted = await app.RevertAsync(job);

        Assert.NotEqual(before, after);
        Assert.Equal(before, await StateAsync(app));
        Assert.Equal(("reverted", 2, 0), (Text(reverted, "status"), Number(reverted, "undone"), Number(reverted, "kept")));
        Assert.Equal(["putBack", "removed"], (await app.WordsAsync(job)).Select(w => Text(w, "reverted")));
        Assert.Equal("Lyon", Text(await app.GetAsync($"odata/influencers({Number(known, "id")})"), "city"));
        Assert.Empty(await app.ListAsync("odata/outlets"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task WhatSomebodyTouchedOrUses_Stays(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var job = await app.ImportAsync("name,email\nOne Touched,one@example.org\nTwo Used,two@example.org\nThree Gone,three@example.org\nFour Tagged,four@example.org\n");
        var people = await app.ListAsync("odata/influencers?$orderby=id");
        int Id(int index) => Number(people[index]!.AsObject(), "id");
        await app.PatchAsync($"odata/influencers({Id(0)})", new { city = "Rennes" });
        await app.CreateAsync("interactions", new { influencerId = Id(1), kind = "note", notes = "rappeler" });
        await app.CreateAsync("contactPoints", new { influencerId = Id(3), kind = "phone", value = "+33 1 44 00 00 02" });

        var reverted = await app.RevertAsync(job);

        Assert.Equal((1, 3), (Number(reverted, "undone"), Number(reverted, "kept")));
        Assert.Equal(["kept", "kept", "removed", "kept"], (await app.WordsAsync(job)).Select(w => Text(w, "reverted")));
        Assert.Equal(["One Touched", "Two Used", "Four Tagged"], (await app.ListAsync("odata/influencers?$orderby=id")).Select(p => Text(p!.AsObject(), "displayName")));
        Assert.All((await app.WordsAsync(job)).Where(w => Text(w, "reverted") == "kept"), w => Assert.NotEmpty(Text(w, "revertNote")));
    }

    [Fact]
    public async Task AValueThatWasChangedSince_StaysAndOthersGoBack()
    {
        await using var app = await CrmApp.StartAsync();
        var known = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", email = "zoe@example.org", city = "Lyon", bio = "Writes." });
        var job = await app.ImportAsync("name,email,city,bio,tags\nZoé Lefèvre,zoe@example.org,Paris,Writes well.,press\n");
        await app.PatchAsync($"odata/influencers({Number(known, "id")})", new { city = "Brest" });

        await app.RevertAsync(job);

        var person = await app.GetAsync($"odata/influencers({Number(known, "id")})");
        var word = Assert.Single(await app.WordsAsync(job));
        Assert.Equal(("Brest", "Writes."), (Text(person, "city"), Text(person, "bio")));
        Assert.Empty(person["tags"]!.AsArray());
        Assert.Equal("putBack", Text(word, "reverted"));
        Assert.Contains("city", Text(word, "revertNote"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOpposition_IsNotLiftedByARevert()
    {
        await using var app = await CrmApp.StartAsync();
        await app.CreateAsync("influencers", new { firstName = "Zoé", lastName = "Lefèvre", email = "zoe@example.org" });
        var job = await app.ImportAsync("name,email,do not contact\nZoé Lefèvre,zoe@example.org,oui\nNew Person,new@example.org,oui\n");

        var reverted = await app.RevertAsync(job);

        Assert.Equal((0, 2), (Number(reverted, "undone"), Number(reverted, "kept")));
        Assert.All(await app.ListAsync("odata/influencers"), p => Assert.True(p!["doNotContact"]!.GetValue<bool>()));
        Assert.Equal(2, (await app.ListAsync("odata/suppressions?$filter=liftedAt eq null")).Count);
    }

    [Fact]
    public async Task APersonOfTwoRows_GoesAsAWhole()
    {
        await using var app = await CrmApp.StartAsync("Sqlite", new Dictionary<string, string?> { ["Imports:BatchRows"] = "1" });
        var job = await app.ImportAsync("name,email,city,phone\nZoé Lefèvre,zoe@example.org,Lyon,\nZoé Lefèvre,zoe@example.org,Paris,01 44 00 00 03\n");

        var reverted = await app.RevertAsync(job);

        Assert.Equal((1, 1), (Number(job, "created"), Number(job, "updated")));
        Assert.Equal((2, 0), (Number(reverted, "undone"), Number(reverted, "kept")));
        Assert.Empty(await app.ListAsync("odata/influencers"));
        Assert.Empty(await app.ListAsync("odata/contactPoints"));
    }

    [Theory]
    [InlineData("?dryRun=true", "name,email\nA B,a@example.org\n", "wrongState")]
    [InlineData("?kind=suppressions", "email\na@example.org\n", "neverReverted")]
    public async Task WhatCannotBeTakenBack_SaysSo(string query, string file, string code)
    {
        await using var app = await CrmApp.StartAsync();
        var job = await app.ImportAsync(file, query);

        using var response = await app.Admin.PostAsync(new Uri($"api/imports/{Number(job, "id")}/revert", UriKind.Relative), null, Ct);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecondRevert_AndOneOfNothing_AreRefused()
    {
        await using var app = await CrmApp.StartAsync();
        var job = await app.ImportAsync("name,email\nA B,a@example.org\n");
        await app.RevertAsync(job);

        using var again = await app.Admin.PostAsync(new Uri($"api/imports/{Number(job, "id")}/revert", UriKind.Relative), null, Ct);
        using var none = await app.Admin.PostAsync(new Uri("api/imports/999/revert", UriKind.Relative), null, Ct);
        using var reader = await (await app.SignUpAsync("reader", "read")).PostAsync(new Uri($"api/imports/{Number(job, "id")}/revert", UriKind.Relative), null, Ct);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (again.StatusCode, none.StatusCode, reader.StatusCode));
    }

    [Fact]
    public async Task ADryRun_ShowsEachValueBeforeAndAfter()
    {
        await using var app = await CrmApp.StartAsync();
        var known = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", email = "zoe@example.org", city = "Lyon" });

        var job = await app.ImportAsync("name,email,city,phone,outlet\nZoé Lefèvre,zoe@example.org,Paris,01 44 00 00 04,Le Journal\nJean Neuf,jean@example.org,Brest,,\n", "?dryRun=true");

        var words = await app.WordsAsync(job);
        var changed = JsonNode.Parse(Text(words[0], "changes"))!.AsArray();
        var city = changed.Single(c => (string?)c!["member"] == "city")!;
        Assert.Equal(("influencer", Number(known, "id"), "Lyon", "Paris"), ((string?)city["entity"], (int?)city["id"], (string?)city["before"], (string?)city["after"]));
        Assert.Contains(changed, c => (string?)c!["entity"] == "contactPoint" && c["member"] is null);
        Assert.Contains(changed, c => (string?)c!["entity"] == "affiliation" && (string?)c["after"] == "Le Journal");
        Assert.Contains(JsonNode.Parse(Text(words[1], "changes"))!.AsArray(), c => (string?)c!["member"] == "displayName" && (string?)c["after"] == "Jean Neuf");
        Assert.Equal("Lyon", Text(await app.GetAsync($"odata/influencers({Number(known, "id")})"), "city"));
    }

    /// <summary>Everything that an import may touch, without what changes with every write.</summary>
    private static async Task<string> StateAsync(CrmApp app)
    {
        var state = new JsonArray();
        foreach (var set in new[] { "influencers", "outlets", "contactPoints", "affiliations", "topics", "suppressions" })
        {
            foreach (var row in await app.ListAsync($"odata/{set}?$orderby=id"))
            {
                var values = row!.DeepClone().AsObject();
                foreach (var name in values.Select(v => v.Key).Where(k => k is "version" or "updatedAt" or "@odata.etag").ToList())
                {
                    values.Remove(name);
                }

                state.Add(values);
            }
        }

        return state.ToJsonString();
    }
}
