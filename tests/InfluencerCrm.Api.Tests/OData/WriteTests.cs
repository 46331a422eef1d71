namespace InfluencerCrm.Api.Tests.OData;

public sealed class WriteTests : ApiTest
{
    [Fact]
    public async Task Post_AnswersTheRow_ItsAddressAndItsETag()
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/outlets", """{"name":"Le Méridien","kind":"newspaper","country":"fr"}""");

        var row = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.EndsWith($"/odata/outlets({Id(row)})", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(ETag(row), response.Headers.ETag!.ToString());
        Assert.Equal("FR", row["country"]!.GetValue<string>());
    }

    [Fact]
    public async Task Patch_ChangesOnlyWhatIsSent_AndGivesANewETag()
    {
        var outlet = await App.CreateAsync("outlets", new { name = "Old", kind = "blog", country = "FR" });

        using var response = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/outlets({Id(outlet)})", """{"name":"New"}""", ETag(outlet));

        var changed = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        Assert.Equal("New", changed["name"]!.GetValue<string>());
        Assert.Equal("FR", changed["country"]!.GetValue<string>());
        Assert.NotEqual(ETag(outlet), ETag(changed));
    }

    [Fact]
    public async Task AnAction_AnswersTheRowWithItsETag()
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé", kind = "journalist" });
        await App.CreateAsync("interactions", new { influencerId = Id(person), kind = "call", occurredAt = "2026-03-01T10:00:00Z" });
        using var archived = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/influencers({Id(person)})", null, ETag(person));

        using var response = await SendAsync(App.Admin, HttpMethod.Post, $"odata/influencers({Id(person)})/restore", "{}");

        var row = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        Assert.Equal(response.Headers.ETag!.ToString(), ETag(row));
        using var changed = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/influencers({Id(person)})", """{"city":"Lyon"}""", ETag(row));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired, "eTagRequired")]
    [InlineData("W/\"nonsense\"", HttpStatusCode.BadRequest, "badETag")]
    [InlineData("garbage", HttpStatusCode.BadRequest, "badETag")]
    [InlineData("W/\"a\", W/\"b\"", HttpStatusCode.BadRequest, "badETag")]
    [InlineData("W/\"MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw\"", HttpStatusCode.PreconditionFailed, "versionMismatch")]
    public async Task Patch_WithAWrongIfMatch_IsRefused_AndChangesNothing(string? ifMatch, HttpStatusCode status, string code)
    {
        var outlet = await App.CreateAsync("outlets", new { name = "Old", kind = "blog" });

        using var response = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/outlets({Id(outlet)})", """{"name":"New"}""", ifMatch);

        Assert.Equal(code, (await ErrorAsync(response, status))["code"]!.GetValue<string>());
        Assert.Equal("Old", (await App.GetAsync($"odata/outlets({Id(outlet)})"))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task TwoWritersWithOneETag_OneWins_TheOtherGets412()
    {
        var outlet = await App.CreateAsync("outlets", new { name = "Old", kind = "blog" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            SendAsync(App.Admin, HttpMethod.Patch, $"odata/outlets({Id(outlet)})", $$"""{"name":"Writer {{i}}"}""", ETag(outlet))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task ReturnMinimal_AnswersNoBody()
    {
        using var client = App.WithKey(CrmApp.AdminKey);
        client.DefaultRequestHeaders.Add("Prefer", "return=minimal");

        using var response = await SendAsync(client, HttpMethod.Post, "odata/topics", """{"name":"Solar"}""");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(response.Headers.Contains("OData-EntityId"));
    }

    [Fact]
    public async Task WhatWasRead_MayBeSentBack()
    {
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé", languages = new[] { "fr" } });
        person["city"] = "Nantes";

        using var response = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/influencers({Id(person)})", person.ToJsonString(), ETag(person));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Bind_SetsASingleLink()
    {
        var parent = await App.CreateAsync("outlets", new { name = "Daily", kind = "newspaper" });

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/outlets", $$"""{"name":"Desk","kind":"newspaper","unit":"desk","parent@odata.bind":"outlets({{Id(parent)}})"}""");

        var row = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!;
        Assert.Equal(Id(parent), row["parentId"]!.GetValue<int>());
    }

    [Fact]
    public async Task ContainedRows_AreWrittenThroughTheirOwner()
    {
        var topic = await App.CreateAsync("topics", new { name = "Solar" });
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });
        var added = await App.CreateAsync($"influencers({Id(person)})/topics", new { topicId = Id(topic), stance = "covers" });
        var url = $"odata/influencers({Id(person)})/topics({Id(added)})";

        using var changed = await SendAsync(App.Admin, HttpMethod.Patch, url, """{"stance":"refuses"}""", ETag(added));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("refuses", (await App.GetAsync(url))["stance"]!.GetValue<string>());

        using var gone = await SendAsync(App.Admin, HttpMethod.Delete, url, ifMatch: "*");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Empty(await App.ListAsync($"odata/influencers({Id(person)})/topics"));
    }

    [Fact]
    public async Task ContainedRow_OfAnotherOwner_Is404()
    {
        var topic = await App.CreateAsync("topics", new { name = "Solar" });
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });
        var other = await App.CreateAsync("influencers", new { displayName = "Other" });
        var added = await App.CreateAsync($"influencers({Id(person)})/topics", new { topicId = Id(topic) });

        using var response = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/influencers({Id(other)})/topics({Id(added)})", """{"stance":"refuses"}""", "*");

        await ErrorAsync(response, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task DuplicateEmail_Is409_AndNamesTheRecord()
    {
        var first = await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", email = "Zoe@Example.org" });

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/influencers", """{"displayName":"Another","email":"zoe@example.org"}""");

        var error = await ErrorAsync(response, HttpStatusCode.Conflict);
        Assert.Equal("duplicateEmail", error["code"]!.GetValue<string>());
        Assert.Contains($"influencers/{Id(first)}", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(await App.ListAsync("odata/influencers"));
    }

    [Fact]
    public async Task SameEmailAtTheSameMoment_IsTakenOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i =>
            SendAsync(App.Admin, HttpMethod.Post, "odata/influencers", $$"""{"displayName":"Person {{i}}","email":"one@example.org"}""")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("""{"name":"x","kind":"newspaper","nope":1}""", 400, "unknownMember", "nope")]
    [InlineData("""{"name":5,"kind":"newspaper"}""", 400, "wrongType", "name")]
    [InlineData("""{"name":"x","kind":"alien"}""", 400, "wrongType", "kind")]
    [InlineData("""{"name":"x","kind":3}""", 400, "wrongType", "kind")]
    [InlineData("""{"name":"x","kind":"newspaper","audience":"many"}""", 400, "wrongType", "audience")]
    [InlineData("""{"name":"x\u0000y","kind":"newspaper"}""", 400, "nulCharacter", "name")]
    [InlineData("""{"name":"x","kind":"newspaper" """, 400, "badJson", null)]
    [InlineData("""["name"]""", 400, "notAnObject", null)]
    [InlineData("""{"kind":"newspaper"}""", 422, "required", "name")]
    [InlineData("""{"name":"","kind":"newspaper"}""", 422, "required", "name")]
    [InlineData("""{"name":null,"kind":"newspaper"}""", 422, "required", "name")]
    [InlineData("""{"name":"x\r\nBcc: y","kind":"newspaper"}""", 422, "controlCharacter", "name")]
    [InlineData("""{"name":"x","kind":"newspaper","country":"XX"}""", 422, "unknownCountry", "country")]
    [InlineData("""{"name":"x","kind":"newspaper","timeZone":"../etc/passwd"}""", 422, "unknownTimeZone", "timeZone")]
    [InlineData("""{"name":"x","kind":"newspaper","url":"javascript:alert(1)"}""", 422, "notAWebAddress", "url")]
    [InlineData("""{"name":"x","kind":"newspaper","audience":-1}""", 422, "outOfRange", "audience")]
    [InlineData("""{"name":"x","kind":"newspaper","parentId":99}""", 422, "missingReference", "parentId")]
    public async Task BadBodies_NameTheMember_AndWriteNothing(string body, int status, string code, string? target)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/outlets", body);

        var error = await ErrorAsync(response, (HttpStatusCode)status);
        Assert.Equal(code, error["code"]!.GetValue<string>());
        Assert.Equal(target, error["target"]?.GetValue<string>());
        Assert.Empty(await App.ListAsync("odata/outlets"));
    }

    [Fact]
    public async Task OverlongName_IsRefused()
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/outlets", $$"""{"name":"{{new string('x', 401)}}","kind":"blog"}""");

        Assert.Equal("tooLong", (await ErrorAsync(response, HttpStatusCode.UnprocessableEntity))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task HugeBody_Is413()
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/outlets", $$"""{"name":"{{new string('x', 3_000_000)}}","kind":"blog"}""");

        await ErrorAsync(response, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task DeepBody_Is400()
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/outlets", "{\"name\":" + new string('[', 200) + new string(']', 200) + "}");

        await ErrorAsync(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task OtherMediaType_Is415_AndOtherMethod_Is405()
    {
        using var xml = await SendAsync(App.Admin, HttpMethod.Post, "odata/outlets", "<a/>", mediaType: "application/xml");
        using var method = await SendAsync(App.Admin, HttpMethod.Delete, "odata/outlets");

        await ErrorAsync(xml, HttpStatusCode.UnsupportedMediaType);
        await ErrorAsync(method, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Delete_OfWhatIsInUse_Is409()
    {
        var parent = await App.CreateAsync("outlets", new { name = "Daily", kind = "newspaper" });
        await App.CreateAsync("outlets", new { name = "Desk", kind = "newspaper", parentId = Id(parent) });

        using var response = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/outlets({Id(parent)})", ifMatch: ETag(parent));

        Assert.Equal("inUse", (await ErrorAsync(response, HttpStatusCode.Conflict))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task SqlAndTemplateInjection_ComeBackAsData()
    {
        const string name = "'); DROP TABLE \"Outlets\";-- {{ 7*7 }} <script>alert(1)</script> %00 ${jndi:ldap://x}";
        var outlet = await App.CreateAsync("outlets", new { name, kind = "blog" });

        var found = await App.ListAsync($"odata/outlets?$filter=name eq '{Uri.EscapeDataString(name.Replace("'", "''", StringComparison.Ordinal))}'");

        Assert.Equal(Id(outlet), Id(Assert.Single(found)!.AsObject()));
        Assert.Equal(name, found[0]!["name"]!.GetValue<string>());
    }
}
