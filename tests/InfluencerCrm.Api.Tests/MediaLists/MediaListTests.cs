using System.Text.Json;

namespace InfluencerCrm.Api.Tests.MediaLists;

public sealed class MediaListTests : ApiTest
{
    [Fact]
    public async Task AddAndRemoveMembers_MayBeRepeated()
    {
        var (ana, bea) = (await PersonAsync("Ana"), await PersonAsync("Bea"));
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List" }));

        var first = await ActAsync(list, "addMembers", new { influencerIds = new[] { ana, bea, ana } });
        var again = await ActAsync(list, "addMembers", new { influencerIds = new[] { ana } });
        var removed = await ActAsync(list, "removeMembers", new { influencerIds = new[] { ana, 999999 } });

        Assert.Equal("""{"changed":2,"unchanged":0,"members":2}""", first.ToJsonString());
        Assert.Equal("""{"changed":0,"unchanged":1,"members":2}""", again.ToJsonString());
        Assert.Equal("""{"changed":1,"unchanged":1,"members":1}""", removed.ToJsonString());
        Assert.Equal("Bea", Assert.Single(await App.ListAsync($"odata/mediaLists({list})/resolve()"))!["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task UnknownPeople_AreNamed_AndNobodyIsAdded()
    {
        var ana = await PersonAsync("Ana");
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List" }));

        using var response = await SendAsync(App.Admin, HttpMethod.Post, $"odata/mediaLists({list})/addMembers", $$"""{"influencerIds":[{{ana}},4711,-1]}""");

        var error = await ErrorAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("-1, 4711", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await App.ListAsync($"odata/mediaLists({list})/members"));
    }

    [Theory]
    [InlineData("""{"influencerIds":"1"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"influencerIds":null}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"ids":[1]}""", HttpStatusCode.BadRequest)]
    public async Task ABodyThatIsNone_IsRefused(string body, HttpStatusCode status)
    {
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List" }));

        using var response = await SendAsync(App.Admin, HttpMethod.Post, $"odata/mediaLists({list})/addMembers", body);

        await ErrorAsync(response, status);
    }

    [Fact]
    public async Task ADynamicList_IsWhoeverItsFilterFinds_AndTakesQueryOptions()
    {
        await App.CreateAsync("influencers", new { displayName = "Zoé", country = "FR", vip = true });
        await App.CreateAsync("influencers", new { displayName = "Ana", country = "FR", vip = true });
        await App.CreateAsync("influencers", new { displayName = "Bob", country = "GB", vip = true });
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List", kind = "dynamic", filter = "country eq 'FR' and vip and kind eq 'journalist'" }));

        var page = await App.GetAsync($"odata/mediaLists({list})/resolve()?$count=true&$orderby=displayName&$top=1&$select=displayName");

        Assert.Equal(2, page["@odata.count"]!.GetValue<int>());
        Assert.Equal("Ana", Assert.Single(page["value"]!.AsArray())!["displayName"]!.GetValue<string>());
        using var add = await SendAsync(App.Admin, HttpMethod.Post, $"odata/mediaLists({list})/addMembers", """{"influencerIds":[1]}""");
        Assert.Equal("notForThisKind", (await ErrorAsync(add, HttpStatusCode.UnprocessableEntity))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task AFilter_MeansWhatItMeansInARequest()
    {
        await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        const string Filter = "contains(displayName,'LEFEVRE')";
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List", kind = "dynamic", filter = Filter }));

        Assert.Single(await App.ListAsync($"odata/influencers?$filter={Filter}"));
        Assert.Single(await App.ListAsync($"odata/mediaLists({list})/resolve()"));
    }

    [Theory]
    [InlineData("country eq")]
    [InlineData("password eq 'x'")]
    [InlineData("Country eq 'FR'")]
    [InlineData("country eq 5")]
    [InlineData("contactPoints/any(p: p/addressKey eq 'x')")]
    [InlineData("kind eq 'dragon'")]
    public async Task AFilterThatIsNotUnderstood_IsNotSaved(string filter)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/mediaLists", JsonSerializer.Serialize(new { name = "List", kind = "dynamic", filter }));

        var error = await ErrorAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("badFilter", error["code"]!.GetValue<string>());
        Assert.Equal("filter", error["target"]!.GetValue<string>());
        Assert.Empty(await App.ListAsync("odata/mediaLists"));
    }

    [Fact]
    public async Task AFilterOverTooManyConditions_IsNotSaved()
    {
        var filter = string.Join(" or ", Enumerable.Repeat("vip", 600));

        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/mediaLists", JsonSerializer.Serialize(new { name = "List", kind = "dynamic", filter }));

        await ErrorAsync(response, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task AFilter_FindsOnlyWhatTheOneWhoAsksMaySee()
    {
        using var outsider = await App.SignUpAsync("prOfficer", "read,write,send");
        var client = Id(await App.CreateAsync("clients", new { name = "Voltis" }));
        var person = await PersonAsync("Ana");
        await App.CreateAsync("interactions", new { influencerId = person, clientId = client, kind = "meeting", subject = "Secret" });
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List", kind = "dynamic", filter = "interactions/any(i: i/subject eq 'Secret')" }));

        Assert.Single(await App.ListAsync($"odata/mediaLists({list})/resolve()"));
        Assert.Empty(await App.ListAsync($"odata/mediaLists({list})/resolve()", outsider));
    }

    private async Task<int> PersonAsync(string name) => Id(await App.CreateAsync("influencers", new { displayName = name }));

    private async Task<JsonObject> ActAsync(int list, string action, object body)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, $"odata/mediaLists({list})/{action}", JsonSerializer.Serialize(body));
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
