using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Tests.OData;

/// <summary>Rows inside rows: each owner's own, in their order, at any depth.</summary>
public sealed class ExpandTests : ApiTest
{
    [DatabaseFact]
    public async Task Newest_OfEachOwner_AndTheirNumber()
    {
        foreach (var name in new[] { "A", "B", "C" })
        {
            await App.CreateAsync("influencers", new { displayName = name });
        }

        var people = (await App.ListAsync("odata/influencers?$orderby=displayName")).Select(p => Id(p!.AsObject())).ToList();
        foreach (var day in Enumerable.Range(1, 4))
        {
            await InteractAsync(people[0], $"A{day}", day);
            await InteractAsync(people[2], $"C{day}", day);
        }

        var page = await App.ListAsync("odata/influencers?$orderby=displayName desc&$expand=interactions($top=2;$orderby=occurredAt desc;$count=true;$select=subject)");

        Assert.Equal(["C", "B", "A"], page.Select(p => p!["displayName"]!.GetValue<string>()));
        Assert.Equal(["C4 C3", "", "A4 A3"], page.Select(p => Texts(p!["interactions"]!, "subject")));
        Assert.Equal([4, 0, 4], page.Select(p => p!["interactions@odata.count"]!.GetValue<int>()));

        var second = await App.ListAsync("odata/influencers?$orderby=displayName&$expand=interactions($skip=1;$top=2;$orderby=occurredAt;$filter=occurredAt gt 2026-01-01T12:00:00Z)");
        Assert.Equal(["A3 A4", "", "C3 C4"], second.Select(p => Texts(p!["interactions"]!, "subject")));
        Assert.Equal(["A1 A2 A3 A4", "", "C1 C2 C3 C4"], (await App.ListAsync("odata/influencers?$orderby=displayName&$expand=interactions($orderby=subject)")).Select(p => Texts(p!["interactions"]!, "subject")));
        Assert.Equal(["", "", ""], (await App.ListAsync("odata/influencers?$expand=interactions($top=0)")).Select(p => Texts(p!["interactions"]!, "subject")));
    }

    [DatabaseFact]
    public async Task ThreeLevels_WithContainedRowsAndSingleLinks()
    {
        var topic = Id(await App.CreateAsync("topics", new { name = "Food" }));
        var outlet = Id(await App.CreateAsync("outlets", new { name = "Gazette", kind = "newspaper" }));
        var person = Id(await App.CreateAsync("influencers", new { displayName = "A", topics = new[] { new { topicId = topic, weight = 0.5 } } }));
        await App.CreateAsync("affiliations", new { influencerId = person, outletId = outlet });

        var row = await App.GetAsync($"odata/influencers({person})?$expand=topics($expand=topic($select=name)),affiliations($top=1;$expand=outlet($expand=affiliations($top=1)))&$select=displayName");

        Assert.Equal("Food", row["topics"]![0]!["topic"]!["name"]!.GetValue<string>());
        Assert.Equal("Gazette", row["affiliations"]![0]!["outlet"]!["name"]!.GetValue<string>());
        Assert.Equal(person, row["affiliations"]![0]!["outlet"]!["affiliations"]![0]!["influencerId"]!.GetValue<int>());
        Assert.NotNull(row["topics"]![0]!["@odata.etag"]);
        Assert.Single((await App.GetAsync($"odata/affiliations?$filter=influencerId eq {person}&$expand=influencer($select=displayName)"))["value"]!.AsArray());
    }

    [DatabaseFact]
    public async Task EveryNavigation_OfEverySet_CanBeExpanded()
    {
        var tried = 0;
        foreach (var set in InfluencerCrm.Api.OData.CrmEdm.Model.EntityContainer.EntitySets())
        {
            foreach (var navigation in set.EntityType.NavigationProperties())
            {
                foreach (var options in navigation.Type.IsCollection() ? new[] { "", "($top=2)", "($count=true;$orderby=id desc;$top=1)" } : [""])
                {
                    using var response = await App.Admin.GetAsync(new Uri($"odata/{set.Name}?$expand={navigation.Name}{options}", UriKind.Relative), Ct);
                    Assert.True(response.StatusCode == HttpStatusCode.OK, $"{set.Name} {navigation.Name}{options}: {await response.Content.ReadAsStringAsync(Ct)}");
                    tried++;
                }
            }
        }

        Assert.True(tried > 50, $"{tried}");
    }

    [DatabaseFact]
    public async Task AnExpand_DoesNotLookBehindAWall()
    {
        var client = Id(await App.CreateAsync("clients", new { name = "Secret" }));
        var person = Id(await App.CreateAsync("influencers", new { displayName = "A" }));
        await App.CreateAsync("interactions", new { influencerId = person, kind = "note", status = "done", subject = "walled", clientId = client, occurredAt = "2026-01-01T10:00:00Z" });
        var stranger = await App.SignUpAsync("prOfficer", "read,write");

        foreach (var options in new[] { "", "($top=5)", "($count=true)" })
        {
            Assert.Single((await App.GetAsync($"odata/influencers({person})?$expand=interactions{options}"))["interactions"]!.AsArray());
            var seen = await App.GetAsync($"odata/influencers({person})?$expand=interactions{options}", stranger);
            Assert.Empty(seen["interactions"]!.AsArray());
            Assert.DoesNotContain("\"interactions@odata.count\":1", seen.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Empty(await App.ListAsync("odata/interactions?$apply=groupby((kind),aggregate($count as n))", stranger));
    }

    [Theory]
    [InlineData("none", false, false)]
    [InlineData("minimal", true, false)]
    [InlineData("full", true, true)]
    public async Task Metadata_IsAsMuchAsWasAskedFor(string level, bool etag, bool link)
    {
        await App.CreateAsync("topics", new { name = "a" });

        var page = await App.GetAsync($"odata/topics?$format=application/json;odata.metadata={level}");

        Assert.Equal(etag, page.ContainsKey("@odata.context"));
        var row = page["value"]![0]!.AsObject();
        Assert.Equal(etag, row.ContainsKey("@odata.etag"));
        Assert.Equal(link, row.ContainsKey("@odata.id"));
        Assert.Equal("a", row["name"]!.GetValue<string>());
    }

    private Task<JsonObject> InteractAsync(int person, string subject, int day) => App.CreateAsync("interactions", new
    {
        influencerId = person, kind = "note", status = "done", subject, occurredAt = $"2026-01-0{day}T10:00:00Z",
    });

    private static string Texts(JsonNode rows, string member) => string.Join(' ', rows.AsArray().Select(r => r![member]!.GetValue<string>()));
}
