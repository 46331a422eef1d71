namespace InfluencerCrm.Api.Tests.OData;

/// <summary>The same question about one row, asked again and again by several people: from the second time on it is read another way, to the same answer.</summary>
public sealed class PlannedReadTests : ApiTest
{
    private const int Times = 4;

    private static readonly string[] Options =
    [
        "",
        "?$select=id,displayName,relationshipStage",
        "?$select=displayName&archived=include",
        "?$expand=interactions($orderby=occurredAt desc;$top=2)",
        "?$expand=interactions($orderby=subject;$skip=1;$top=1;$select=subject),topics($expand=topic)",
        "?$expand=interactions($filter=subject ne 'second' and kind eq 'call')",
        "?$expand=interactions($filter=occurredAt lt now();$select=id,subject)",
        "?$expand=interactions($count=true;$top=1),relationships/$count",
        "?$expand=interactions($compute=length(subject) as width;$select=width)",
        "?$expand=relationships($expand=client)",
        "?$compute=length(displayName) as width&$select=width",
        "?$expand=interactions($expand=influencer)",
    ];

    [DatabaseFact]
    public async Task EveryTime_TheAnswerIsThatOfTheSet()
    {
        var people = await PeopleAsync();
        foreach (var (options, person) in Options.SelectMany(o => people.Select(p => (o, p))))
        {
            var set = Assert.Single(await App.ListAsync($"odata/influencers{(options.Length == 0 ? "?" : options + "&")}$filter=id eq {person}"))!;
            for (var i = 0; i < Times; i++)
            {
                var row = await App.GetAsync($"odata/influencers({person}){options}");
                row.Remove("@odata.context");
                Assert.Equal(set.ToJsonString(), row.ToJsonString());
            }
        }

        foreach (var (options, nobody) in Options.SelectMany(o => new[] { 987654, 98765432109876 }.Select(n => (o, n))))
        {
            using var missing = await SendAsync(App.Admin, HttpMethod.Get, $"odata/influencers({nobody}){options}");
            await ErrorAsync(missing, HttpStatusCode.NotFound);
        }
    }

    [DatabaseFact]
    public async Task WhatChangedMeanwhile_IsSeen()
    {
        var person = (await PeopleAsync())[0];
        var address = $"odata/influencers({person})?$expand=interactions($orderby=id desc;$top=1;$select=subject)&$select=displayName";
        for (var i = 0; i < Times; i++)
        {
            await App.CreateAsync("interactions", new { influencerId = person, kind = "call", subject = $"Call {i}" });
            using var renamed = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/influencers({person})", $$"""{"displayName":"Name {{i}}"}""", ifMatch: "*");

            var row = await App.GetAsync(address);

            Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
            Assert.Equal($"Name {i}", row["displayName"]!.GetValue<string>());
            Assert.Equal($"Call {i}", Assert.Single(row["interactions"]!.AsArray())!["subject"]!.GetValue<string>());
        }
    }

    [DatabaseFact]
    public async Task Walls_HoldForEachWhoAsks_AndMoveAtOnce()
    {
        var person = (await PeopleAsync())[0];
        var client = Id(await App.CreateAsync("clients", new { name = "Rochambel" }));
        await App.CreateAsync("relationships", new { influencerId = person, clientId = client, stage = "converted" });
        var secret = Id(await App.CreateAsync("interactions", new { influencerId = person, clientId = client, kind = "meeting", subject = "Secret" }));
        var (officer, officerId) = await App.SignUpUserAsync("prOfficer", "read,write,send");
        var address = $"odata/influencers({person})?$expand=interactions($orderby=id;$top=10),relationships";

        for (var i = 0; i < Times; i++)
        {
            Assert.Contains("Secret", (await App.GetAsync(address)).ToJsonString(), StringComparison.Ordinal);
            var seen = await App.GetAsync(address, officer);
            Assert.DoesNotContain("Secret", seen.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal("connected", seen["relationshipStage"]!.GetValue<string>());
            using var behind = await SendAsync(officer, HttpMethod.Get, $"odata/interactions({secret})");
            await ErrorAsync(behind, HttpStatusCode.NotFound);
        }

        var member = await App.CreateAsync($"clients({client})/members", new { userId = officerId });
        for (var i = 0; i < Times; i++)
        {
            var seen = await App.GetAsync(address, officer);
            Assert.Contains("Secret", seen.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal("converted", seen["relationshipStage"]!.GetValue<string>());
            Assert.Equal("Secret", (await App.GetAsync($"odata/interactions({secret})", officer))["subject"]!.GetValue<string>());
        }

        using var gone = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/clients({client})/members({Id(member)})", ifMatch: "*");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.DoesNotContain("Secret", (await App.GetAsync(address, officer)).ToJsonString(), StringComparison.Ordinal);
        officer.Dispose();
    }

    [DatabaseFact]
    public async Task ARightThatWasTaken_IsMissedAtOnce()
    {
        var person = (await PeopleAsync())[0];
        var (officer, officerId) = await App.SignUpUserAsync("prOfficer", "read,write,send");
        for (var i = 0; i < Times; i++)
        {
            await App.GetAsync($"odata/influencers({person})", officer);
        }

        using var changed = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/users({officerId})", """{"active":false}""", ifMatch: "*");
        using var refused = await SendAsync(officer, HttpMethod.Get, $"odata/influencers({person})");

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await ErrorAsync(refused, HttpStatusCode.Unauthorized);
        officer.Dispose();
    }

    [DatabaseFact]
    public async Task ArchivedAndErased_AreGoneAtOnce()
    {
        var people = await PeopleAsync();
        for (var i = 0; i < Times; i++)
        {
            await App.GetAsync($"odata/influencers({people[0]})");
            await App.GetAsync($"odata/influencers({people[0]})?archived=include");
        }

        using var archived = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/influencers({people[0]})", ifMatch: "*");
        using var hidden = await SendAsync(App.Admin, HttpMethod.Get, $"odata/influencers({people[0]})");

        Assert.Equal(HttpStatusCode.NoContent, archived.StatusCode);
        await ErrorAsync(hidden, HttpStatusCode.NotFound);
        Assert.Equal(people[0], Id(await App.GetAsync($"odata/influencers({people[0]})?archived=include")));
    }

    private async Task<List<int>> PeopleAsync()
    {
        var topic = Id(await App.CreateAsync("topics", new { name = "Wine" }));
        var people = new List<int>();
        foreach (var name in new[] { "Zoé", "Ada", "Jean-Luc" })
        {
            var person = Id(await App.CreateAsync("influencers", new { displayName = name, country = "FR" }));
            await App.CreateAsync($"influencers({person})/topics", new { topicId = topic });
            await App.CreateAsync("relationships", new { influencerId = person, stage = "connected" });
            foreach (var (subject, day) in new[] { ("first", 1), ("second", 2), ("third", 3) })
            {
                await App.CreateAsync("interactions", new { influencerId = person, kind = "call", subject, occurredAt = $"2026-03-0{day}T10:00:00Z" });
            }

            people.Add(person);
        }

        return people;
    }
}
