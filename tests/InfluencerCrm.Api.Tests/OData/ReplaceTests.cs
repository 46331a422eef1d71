namespace InfluencerCrm.Api.Tests.OData;

public sealed class ReplaceTests : ApiTest
{
    [DatabaseFact]
    public async Task Put_ReplacesTheWholeRow()
    {
        var outlet = await App.CreateAsync("outlets", new { name = "Old", kind = "blog", country = "FR", url = "https://old.example.org", audience = 5 });

        using var unguarded = await SendAsync(App.Admin, HttpMethod.Put, $"odata/outlets({Id(outlet)})", """{"name":"New","kind":"podcast"}""");
        using var response = await SendAsync(App.Admin, HttpMethod.Put, $"odata/outlets({Id(outlet)})", """{"name":"New","kind":"podcast"}""", ETag(outlet));
        using var stale = await SendAsync(App.Admin, HttpMethod.Put, $"odata/outlets({Id(outlet)})", """{"name":"Newer","kind":"podcast"}""", ETag(outlet));
        using var empty = await SendAsync(App.Admin, HttpMethod.Put, $"odata/outlets({Id(outlet)})", "{}", "*");

        var row = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        await ErrorAsync(unguarded, HttpStatusCode.PreconditionRequired);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("New", "podcast"), (row["name"]!.GetValue<string>(), row["kind"]!.GetValue<string>()));
        Assert.Null(row["country"]);
        Assert.Null(row["url"]);
        Assert.Null(row["audience"]);
        Assert.Equal(outlet["createdAt"]!.GetValue<string>(), row["createdAt"]!.GetValue<string>());
        await ErrorAsync(stale, HttpStatusCode.PreconditionFailed);
        await ErrorAsync(empty, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Put_OfWhatWasRead_ChangesNothing()
    {
        var client = await App.CreateAsync("clients", new { name = "Solar SA" });
        var person = await App.CreateAsync("influencers", new { displayName = "Ada", kind = "journalist", email = "ada@example.org", languages = new[] { "fr" }, country = "FR", vip = true });
        foreach (var (set, row) in new[]
        {
            ("influencers", person),
            ("clients", client),
            ("contactPoints", (await App.ListAsync($"odata/influencers({Id(person)})/contactPoints"))[0]!.AsObject()),
            ("campaigns", await App.CreateAsync("campaigns", new { name = "Roofs", clientId = Id(client) })),
            ("stories", await App.CreateAsync("stories", new { title = "Sun", kind = "release", clientId = Id(client) })),
            ("interactions", await App.CreateAsync("interactions", new { influencerId = Id(person), kind = "call", occurredAt = "2026-01-01T10:00:00Z" })),
            ("topics", await App.CreateAsync("topics", new { name = "Energy" })),
            ("mediaLists", await App.CreateAsync("mediaLists", new { name = "List", kind = "static" })),
            ("tasks", await App.CreateAsync("tasks", new { title = "Call" })),
        })
        {
            var before = await App.GetAsync($"odata/{set}({row["id"]})");
            using var response = await SendAsync(App.Admin, HttpMethod.Put, $"odata/{set}({row["id"]})", before.ToJsonString(), "*");

            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{set}: {text}");
            Assert.Equal(Comparable(before), Comparable(JsonNode.Parse(text)!.AsObject()));
        }
    }

    [Theory]
    [InlineData("interactions", """{"notes":"x"}""", "kind")]
    [InlineData("coverage", """{"excerpt":"x"}""", "title")]
    [InlineData("users", """{"displayName":"x"}""", "email")]
    [InlineData("webhooks", """{"active":false}""", "url")]
    public async Task Put_WithoutWhatANewRowMustHave_IsRefused_AndChangesNothing(string set, string body, string missing)
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Ada", kind = "journalist" });
        var row = set switch
        {
            "interactions" => await App.CreateAsync(set, new { influencerId = Id(person), kind = "call" }),
            "coverage" => await App.CreateAsync(set, new { title = "Sun", medium = "online" }),
            "users" => (await App.ListAsync("odata/users"))[0]!.AsObject(),
            _ => await App.CreateAsync(set, new { url = "https://hook.example.org/a", events = new[] { "influencer.erased" } }),
        };
        row = await App.GetAsync($"odata/{set}({row["id"]})");

        using var response = await SendAsync(App.Admin, HttpMethod.Put, $"odata/{set}({row["id"]})", body, "*");

        var error = await ErrorAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(missing, error["target"]!.GetValue<string>());
        Assert.Equal(ETag(row), ETag(await App.GetAsync($"odata/{set}({row["id"]})")));
    }

    [DatabaseFact]
    public async Task OfPutsOfOneVersion_OneWins()
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SendAsync(App.Admin, HttpMethod.Put, $"odata/topics({Id(topic)})", $$"""{"name":"Energy {{i}}"}""", ETag(topic))));

        Assert.Single(responses, r => r.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, responses.Count(r => r.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Theory]
    [InlineData("", HttpStatusCode.UnprocessableEntity, "required")]
    [InlineData("[]", HttpStatusCode.BadRequest, "notAnObject")]
    [InlineData("{", HttpStatusCode.BadRequest, "badJson")]
    [InlineData("""{"name":7}""", HttpStatusCode.BadRequest, "wrongType")]
    [InlineData("""{"name":"A","nothing":1}""", HttpStatusCode.BadRequest, "unknownMember")]
    [InlineData("""{"name":"A","name":"B"}""", HttpStatusCode.BadRequest, "badJson")]
    [InlineData("""{"name":"A\u0000"}""", HttpStatusCode.BadRequest, "nulCharacter")]
    [InlineData("""{"name":"A","parentId":999999}""", HttpStatusCode.UnprocessableEntity, null)]
    public async Task APutThatIsWrong_IsRefused(string body, HttpStatusCode status, string? code)
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });

        using var response = await SendAsync(App.Admin, HttpMethod.Put, $"odata/topics({Id(topic)})", body, ETag(topic));
        using var malformed = await SendAsync(App.Admin, HttpMethod.Put, $"odata/topics({Id(topic)})", """{"name":"A"}""", "nonsense");
        using var nowhere = await SendAsync(App.Admin, HttpMethod.Put, "odata/topics(999999)", """{"name":"A"}""", "*");

        var error = await ErrorAsync(response, status);
        Assert.Equal(code ?? error["code"]!.GetValue<string>(), error["code"]!.GetValue<string>());
        Assert.Equal("badETag", (await ErrorAsync(malformed, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        await ErrorAsync(nowhere, HttpStatusCode.NotFound);
        Assert.Equal(ETag(topic), ETag(await App.GetAsync($"odata/topics({Id(topic)})")));
    }

    [Fact]
    public async Task WhoMayNotWrite_MayNotReplaceNorLink()
    {
        var campaign = await App.CreateAsync("campaigns", new { name = "Roofs" });
        var reader = await App.SignUpAsync("reader", "read");

        using var put = await SendAsync(reader, HttpMethod.Put, $"odata/campaigns({Id(campaign)})", """{"name":"X"}""", "*");
        using var link = await SendAsync(reader, HttpMethod.Put, $"odata/campaigns({Id(campaign)})/client/$ref", """{"@odata.id":"clients(1)"}""", "*");
        using var unlink = await SendAsync(reader, HttpMethod.Delete, $"odata/campaigns({Id(campaign)})/client/$ref", null, "*");
        using var add = await SendAsync(reader, HttpMethod.Post, "odata/topics(1)/children/$ref", """{"@odata.id":"topics(1)"}""");

        await ErrorAsync(put, HttpStatusCode.Forbidden);
        await ErrorAsync(link, HttpStatusCode.Forbidden);
        await ErrorAsync(unlink, HttpStatusCode.Forbidden);
        Assert.InRange((int)add.StatusCode, 403, 404);
    }

    [Fact]
    public async Task Put_ReplacesAContainedRow()
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });
        var person = await App.CreateAsync("influencers", new { displayName = "Ada", kind = "journalist", topics = new[] { new { topicId = Id(topic), stance = "covers", strength = "main" } } });
        var link = person["topics"]![0]!;

        using var response = await SendAsync(App.Admin, HttpMethod.Put, $"odata/influencers({Id(person)})/topics({link["id"]})", $$"""{"topicId":{{Id(topic)}},"stance":"refuses"}""", "*");

        var row = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        Assert.True(response.StatusCode == HttpStatusCode.OK, row.ToJsonString());
        Assert.Equal("refuses", row["stance"]!.GetValue<string>());
    }

    [DatabaseFact]
    public async Task Links_AreReadSetAndEmptied()
    {
        var client = await App.CreateAsync("clients", new { name = "Solar SA" });
        var campaign = await App.CreateAsync("campaigns", new { name = "Roofs" });
        var address = $"odata/campaigns({Id(campaign)})/client/$ref";

        using var nothing = await SendAsync(App.Admin, HttpMethod.Get, address);
        using var set = await SendAsync(App.Admin, HttpMethod.Put, address, $$"""{"@odata.id":"{{App.Address}}odata/clients({{Id(client)}})"}""", "*");
        var read = await App.GetAsync(address);
        using var wrong = await SendAsync(App.Admin, HttpMethod.Put, address, """{"@odata.id":"topics(1)"}""", "*");
        using var unguarded = await SendAsync(App.Admin, HttpMethod.Delete, address);
        using var emptied = await SendAsync(App.Admin, HttpMethod.Delete, address, null, "*");

        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal($"{App.Address}odata/clients({Id(client)})", read["@odata.id"]!.GetValue<string>());
        Assert.Equal("badLink", (await ErrorAsync(wrong, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        await ErrorAsync(unguarded, HttpStatusCode.PreconditionRequired);
        Assert.Equal(HttpStatusCode.NoContent, emptied.StatusCode);
        Assert.Null((await App.GetAsync($"odata/campaigns({Id(campaign)})"))["clientId"]);
    }

    [Fact]
    public async Task Collections_TakeRowsInAndOut()
    {
        var parent = await App.CreateAsync("topics", new { name = "Energy" });
        var child = await App.CreateAsync("topics", new { name = "Solar" });
        var address = $"odata/topics({Id(parent)})/children/$ref";

        using var added = await SendAsync(App.Admin, HttpMethod.Post, address, $$"""{"@odata.id":"topics({{Id(child)}})"}""");
        var read = await App.ListAsync(address);
        using var other = await SendAsync(App.Admin, HttpMethod.Delete, $"{address}?$id=topics({Id(parent)})");
        using var removed = await SendAsync(App.Admin, HttpMethod.Delete, $"{address}?$id={App.Address}odata/topics({Id(child)})");

        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        Assert.Equal($"{App.Address}odata/topics({Id(child)})", Assert.Single(read)!["@odata.id"]!.GetValue<string>());
        await ErrorAsync(other, HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty(await App.ListAsync(address));
    }

    [DatabaseFact]
    public async Task AProperty_IsReadByItself_AndBare()
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Ada «L.»", kind = "journalist", languages = new[] { "fr", "en" }, vip = true, audience = 1200, awayUntil = "2030-01-02T03:04:05Z" });
        var address = $"odata/influencers({Id(person)})";

        var name = await App.GetAsync($"{address}/displayName");
        var languages = await App.GetAsync($"{address}/languages");
        using var nothing = await SendAsync(App.Admin, HttpMethod.Get, $"{address}/city");
        using var unknown = await SendAsync(App.Admin, HttpMethod.Get, $"{address}/nothing");
        using var list = await SendAsync(App.Admin, HttpMethod.Get, $"{address}/languages/$value");
        using var known = new HttpRequestMessage(HttpMethod.Get, new Uri($"{address}/kind", UriKind.Relative));
        known.Headers.TryAddWithoutValidation("If-None-Match", ETag(person));
        using var unchanged = await App.Admin.SendAsync(known, Ct);

        Assert.Equal($"{App.Address}odata/$metadata#influencers({Id(person)})/displayName", name["@odata.context"]!.GetValue<string>());
        Assert.Equal("Ada «L.»", name["value"]!.GetValue<string>());
        Assert.Equal(["fr", "en"], languages["value"]!.AsArray().Select(l => l!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        await ErrorAsync(unknown, HttpStatusCode.NotFound);
        Assert.Equal("notARawValue", (await ErrorAsync(list, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("Ada «L.»", await App.Admin.GetStringAsync(new Uri($"{address}/displayName/$value", UriKind.Relative), Ct));
        Assert.Equal("journalist", await App.Admin.GetStringAsync(new Uri($"{address}/kind/$value", UriKind.Relative), Ct));
        Assert.Equal("true", await App.Admin.GetStringAsync(new Uri($"{address}/vip/$value", UriKind.Relative), Ct));
        Assert.Equal("1200", await App.Admin.GetStringAsync(new Uri($"{address}/audience/$value", UriKind.Relative), Ct));
        Assert.Equal("2030-01-02T03:04:05Z", await App.Admin.GetStringAsync(new Uri($"{address}/awayUntil/$value", UriKind.Relative), Ct));
    }

    [DatabaseFact]
    public async Task AProperty_BehindASingleLink_IsReadUnderTheETagOfItsRow()
    {
        var outlet = await App.CreateAsync("outlets", new { name = "Gazette", kind = "newspaper" });
        var client = await App.CreateAsync("clients", new { name = "Rochambel" });
        var story = await App.CreateAsync("stories", new { title = "Harvest", kind = "release", clientId = Id(client) });
        var entry = await App.CreateAsync("interactions", new { kind = "note", outletId = Id(outlet), storyId = Id(story), influencerId = Id(await App.CreateAsync("influencers", new { displayName = "Ada" })) });
        var address = $"odata/interactions({Id(entry)})";
        using var stranger = await App.SignUpAsync("prOfficer", "read");

        using var name = await SendAsync(App.Admin, HttpMethod.Get, $"{address}/outlet/name");
        using var empty = await SendAsync(App.Admin, HttpMethod.Get, $"{address}/campaign/name");
        using var unset = await SendAsync(App.Admin, HttpMethod.Get, $"{address}/outlet/url");
        using var unknown = await SendAsync(App.Admin, HttpMethod.Get, $"{address}/outlet/nothing");
        using var walled = await SendAsync(stranger, HttpMethod.Get, $"{address}/story/title/$value");

        var body = JsonNode.Parse(await name.Content.ReadAsStringAsync(Ct))!;
        Assert.Equal(("Gazette", $"{App.Address}odata/$metadata#interactions({Id(entry)})/outlet/name"), (body["value"]!.GetValue<string>(), body["@odata.context"]!.GetValue<string>()));
        Assert.Equal(ETag(outlet), name.Headers.ETag!.ToString());
        Assert.Equal("newspaper", await App.Admin.GetStringAsync(new Uri($"{address}/outlet/kind/$value", UriKind.Relative), Ct));
        Assert.Equal("Harvest", await App.Admin.GetStringAsync(new Uri($"{address}/story/title/$value", UriKind.Relative), Ct));
        Assert.Equal(HttpStatusCode.NoContent, unset.StatusCode);
        await ErrorAsync(empty, HttpStatusCode.NotFound);
        await ErrorAsync(unknown, HttpStatusCode.NotFound);
        await ErrorAsync(walled, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("id", "1")]
    [InlineData("DISPLAYNAME", null)]
    [InlineData("topics/$value", null)]
    [InlineData("displayName/nothing", null)]
    [InlineData("displayName/$value/$value", null)]
    [InlineData("displayName/$count", null)]
    [InlineData("displayName?$select=x", null)]
    [InlineData("passwordHash", null)]
    [InlineData("displayNameSearch/$value", null)]
    [InlineData("$value", null)]
    [InlineData("displayName'", null)]
    [InlineData("%252e%252e", null)]
    [InlineData("version", "")]
    public async Task AnOddProperty_IsAnsweredWithoutA5xx(string property, string? value)
    {
        await App.CreateAsync("influencers", new { displayName = "Ada", kind = "journalist" });

        using var response = await SendAsync(App.Admin, HttpMethod.Get, $"odata/influencers(1)/{property}");

        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(value is null ? (int)response.StatusCode is >= 400 and < 500 : response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {text}");
        Assert.Contains(value ?? "\"code\"", text, StringComparison.Ordinal);
    }

    private static string Comparable(JsonObject row)
    {
        var copy = row.DeepClone().AsObject();
        foreach (var name in new[] { "@odata.context", "@odata.etag", "version", "updatedAt" })
        {
            copy.Remove(name);
        }

        return copy.ToJsonString();
    }
}
