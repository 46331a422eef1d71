namespace InfluencerCrm.Api.Tests.Access;

public sealed class WallTests : ApiTest
{
    [Fact]
    public async Task ClientsRows_DoNotExistForOthers_ThroughAnyPath()
    {
        var (insider, insiderId) = await App.SignUpUserAsync("prOfficer", "read,write,send");
        using var outsider = await App.SignUpAsync("prOfficer", "read,write,send");
        var client = await App.CreateAsync("clients", new { name = "Rochambel" });
        await App.CreateAsync($"clients({Id(client)})/members", new { userId = insiderId });
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });
        await App.CreateAsync("relationships", new { influencerId = Id(person), clientId = Id(client), stage = "converted" });
        await App.CreateAsync("interactions", new { influencerId = Id(person), clientId = Id(client), kind = "meeting", subject = "Secret" });
        await App.CreateAsync("interactions", new { influencerId = Id(person), kind = "call", subject = "Ours" });

        Assert.Single(await App.ListAsync("odata/clients", insider));
        Assert.Equal(2, (await App.ListAsync("odata/interactions", insider)).Count);
        Assert.Equal("converted", (await App.GetAsync($"odata/influencers({Id(person)})", insider))["relationshipStage"]!.GetValue<string>());

        Assert.Empty(await App.ListAsync("odata/clients", outsider));
        Assert.Equal("Ours", Assert.Single(await App.ListAsync("odata/interactions", outsider))!["subject"]!.GetValue<string>());
        Assert.Empty(await App.ListAsync($"odata/influencers({Id(person)})/relationships", outsider));
        Assert.Empty(await App.ListAsync("odata/influencers?$filter=interactions/any(i: i/subject eq 'Secret')", outsider));
        Assert.Empty(await App.ListAsync("odata/influencers?$filter=relationshipStage eq 'converted'", outsider));
        var expanded = await App.GetAsync($"odata/influencers({Id(person)})?$expand=interactions,relationships", outsider);
        Assert.DoesNotContain("Secret", expanded.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("unknown", expanded["relationshipStage"]!.GetValue<string>());
        Assert.Equal(1, (await App.GetAsync("odata/interactions?$count=true&$top=1", outsider))["@odata.count"]!.GetValue<int>());
        using var write = await SendAsync(outsider, HttpMethod.Post, "odata/interactions", $$"""{"influencerId":{{Id(person)}},"clientId":{{Id(client)}},"kind":"call"}""");
        Assert.Equal("missingReference", (await ErrorAsync(write, HttpStatusCode.UnprocessableEntity))["code"]!.GetValue<string>());
        insider.Dispose();
    }

    [Fact]
    public async Task ConfidentialCampaign_AndRowsThatBearItsId_AreHidden()
    {
        var (member, memberId) = await App.SignUpUserAsync("prOfficer", "read,write,send");
        using var colleague = await App.SignUpAsync("prOfficer", "read,write,send");
        var campaign = await App.CreateAsync("campaigns", new { name = "Tramontane", confidential = true });
        await App.CreateAsync($"campaigns({Id(campaign)})/members", new { userId = memberId });
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé" });
        var call = await App.CreateAsync("interactions", new { influencerId = Id(person), campaignId = Id(campaign), kind = "call" });

        Assert.Single(await App.ListAsync("odata/campaigns", member));
        Assert.Single(await App.ListAsync("odata/interactions", member));
        Assert.Empty(await App.ListAsync("odata/campaigns", colleague));
        Assert.Empty(await App.ListAsync("odata/interactions", colleague));
        using var byKey = await SendAsync(colleague, HttpMethod.Get, $"odata/interactions({Id(call)})");
        await ErrorAsync(byKey, HttpStatusCode.NotFound);
        using var members = await SendAsync(colleague, HttpMethod.Get, $"odata/campaigns({Id(campaign)})/members");
        await ErrorAsync(members, HttpStatusCode.NotFound);
        member.Dispose();
    }
}
