using InfluencerCrm.Api.Tests.Imports;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.OData;

/// <summary>Following a set by delta links, on each database.</summary>
public sealed class DeltaTests : ApiTest
{
    private const string Set = "odata/interactions?$select=id,kind,subject";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private int? _person;

    protected override TimeProvider Clock => _clock;

    [DatabaseFact]
    public async Task CreatedChangedAndDeletedRows_Arrive_EachOnce()
    {
        var kept = await CallAsync("Kept");
        var gone = await CallAsync("Gone");
        var follower = await new Follower(App.Admin).BeginAsync(Set);
        Assert.Equal([kept, gone], follower.Rows.Keys.Order());

        await PatchAsync("interactions", kept, new { subject = "Changed" });
        await PatchAsync("interactions", kept, new { subject = "Changed again" });
        await DeleteAsync("interactions", gone);
        var added = await CallAsync("Added");
        await follower.UntilAsync(f => f.Rows.ContainsKey(added));

        Assert.Equal([(kept, "Changed again"), (added, "Added")], follower.Rows.OrderBy(r => r.Key).Select(r => (r.Key, r.Value["subject"]!.GetValue<string>())));
        Assert.Equal([(gone, "deleted")], follower.Removed);
        Assert.Contains("@odata.etag", follower.Rows[added].ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("outcome", follower.Rows[added].ToJsonString(), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task ALateCommit_IsNeverMissed()
    {
        var first = await CallAsync("First");
        var follower = await new Follower(App.Admin).BeginAsync(Set);

        // On a server this transaction draws the lower number and commits last; SQLite has one writer at a time, so there it commits first.
        await using var late = App.AsProduct();
        await using var transaction = await late.Db.Database.BeginTransactionAsync(Ct);
        var row = new Interaction(null, InteractionKind.Note, InteractionStatus.Done, _clock.GetUtcNow().UtcDateTime);
        late.Db.Add(row);
        await late.Db.SaveChangesAsync(Ct);
        if (TestDatabase.CurrentProvider == "Sqlite")
        {
            await transaction.CommitAsync(Ct);
        }

        var early = await CallAsync("Early");
        for (var look = 0; look < 5; look++)
        {
            await follower.FollowAsync();
        }

        if (TestDatabase.CurrentProvider != "Sqlite")
        {
            Assert.DoesNotContain(row.Id, follower.Rows.Keys);
            Assert.DoesNotContain(early, follower.Rows.Keys);
            await transaction.CommitAsync(Ct);
        }

        await follower.UntilAsync(f => f.Rows.ContainsKey(row.Id) && f.Rows.ContainsKey(early));
        Assert.Equal([first, row.Id, early], follower.Rows.Keys.Order());
    }

    [DatabaseFact]
    public async Task ALateCommitWithTheLowerTransaction_ButTheHigherNumber_IsNeverMissed()
    {
        var follower = await new Follower(App.Admin).BeginAsync(Set);
        await using var older = App.AsProduct();
        await using var transaction = await older.Db.Database.BeginTransactionAsync(Ct);
        older.Db.Add(Note("Before"));
        await older.Db.SaveChangesAsync(Ct);
        if (TestDatabase.CurrentProvider == "Sqlite")
        {
            await transaction.CommitAsync(Ct);
        }

        var between = await CallAsync("Between");
        await follower.FollowAsync();
        var after = Note("After");
        older.Db.Add(after);
        await older.Db.SaveChangesAsync(Ct);
        await follower.FollowAsync();
        if (TestDatabase.CurrentProvider != "Sqlite")
        {
            await transaction.CommitAsync(Ct);
        }

        await follower.UntilAsync(f => f.Rows.ContainsKey(between) && f.Rows.ContainsKey(after.Id));
        Assert.Equal(["After", "Before", "Between"], follower.Rows.Values.Select(r => r["subject"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [DatabaseFact]
    public async Task PagesOfTheFullRead_AndOfTheChanges_LeadToTheNextLink()
    {
        for (var i = 0; i < 5; i++)
        {
            await CallAsync($"Call {i}");
        }

        var follower = new Follower(App.Admin, pageSize: 2);
        await follower.BeginAsync(Set);
        Assert.Equal(3, follower.Pages);
        for (var i = 5; i < 10; i++)
        {
            await CallAsync($"Call {i}");
        }

        await PatchAsync("interactions", (int)follower.Rows.Keys.Min(), new { subject = "First" });
        await follower.UntilAsync(f => f.Rows.Count == 10 && f.Rows[f.Rows.Keys.Min()]["subject"]!.GetValue<string>() == "First");

        Assert.True(follower.Pages >= 6);
        Assert.All(follower.Changed.Values, times => Assert.Equal(1, times));
    }

    [DatabaseFact]
    public async Task AFilter_HoldsInTheChanges_AndWhatLeavesIt_IsRemoved()
    {
        var leaves = await CallAsync("Leaves");
        var follower = await new Follower(App.Admin).BeginAsync(Set + "&$filter=kind eq 'call'");

        await PatchAsync("interactions", leaves, new { kind = "meeting" });
        var other = Id(await App.CreateAsync("interactions", new { influencerId = await PersonAsync(), kind = "email", subject = "Of another kind" }));
        var added = await CallAsync("Added");
        await follower.UntilAsync(f => f.Rows.ContainsKey(added));

        Assert.Equal([added], follower.Rows.Keys);
        Assert.Contains((leaves, "changed"), follower.Removed);
        Assert.DoesNotContain(other, follower.Rows.Keys);
    }

    [DatabaseFact]
    public async Task ArchivedRestoredAndErasedPeople_GoAndComeBack()
    {
        var archived = Id(await App.CreateAsync("influencers", new { displayName = "Zoé Archive" }));
        var erased = Id(await App.CreateAsync("influencers", new { displayName = "Zoé Efface" }));
        await App.CreateAsync("interactions", new { influencerId = archived, kind = "call" });
        var follower = await new Follower(App.Admin).BeginAsync("odata/influencers?$select=id,displayName");

        await DeleteAsync("influencers", archived);
        using var erase = await SendAsync(App.Admin, HttpMethod.Post, $"api/influencers/{erased}/erase", """{"confirm":"Zoé Efface"}""");
        Assert.True(erase.IsSuccessStatusCode, await erase.Content.ReadAsStringAsync(Ct));
        await follower.UntilAsync(f => f.Rows.Count == 0);
        Assert.Equal([(archived, "changed"), (erased, "deleted")], follower.Removed.Distinct().Order());

        using var restore = await SendAsync(App.Admin, HttpMethod.Post, $"odata/influencers({archived})/restore", "{}", "*");
        Assert.True(restore.IsSuccessStatusCode, await restore.Content.ReadAsStringAsync(Ct));
        await follower.UntilAsync(f => f.Rows.ContainsKey(archived));
    }

    [DatabaseFact]
    public async Task RowsBehindAWall_AreNotMentioned_AndOnesThatGoBehindIt_AreRemoved()
    {
        var client = Id(await App.CreateAsync("clients", new { name = "Rochambel" }));
        var secret = Id(await App.CreateAsync("interactions", new { influencerId = await PersonAsync(), kind = "call", clientId = client, subject = "Secret" }));
        var ours = await CallAsync("Ours");
        var colleague = await App.SignUpAsync("prOfficer", "read");
        var follower = await new Follower(colleague).BeginAsync(Set);
        Assert.Equal([ours], follower.Rows.Keys);

        await PatchAsync("interactions", secret, new { subject = "Still secret" });
        var born = Id(await App.CreateAsync("interactions", new { influencerId = await PersonAsync(), kind = "call", clientId = client }));
        await DeleteAsync("interactions", secret);
        await PatchAsync("interactions", ours, new { clientId = client });
        var seen = await CallAsync("Seen");
        await follower.UntilAsync(f => f.Rows.ContainsKey(seen));

        Assert.Equal([seen], follower.Rows.Keys);
        Assert.Equal([(ours, "changed")], follower.Removed);
        Assert.DoesNotContain(born, follower.Removed.Select(r => r.Id));
        colleague.Dispose();
    }

    [DatabaseFact]
    public async Task WhileAnImportRuns_NothingIsMissed()
    {
        var file = "name;email\n" + string.Concat(Enumerable.Range(1, 1500).Select(i => $"Person {i};person{i}@example.org\n"));
        var import = App.ImportAsync(file, "?format=csv&kind=influencers");
        var follower = new Follower(App.Admin, pageSize: 50);
        await follower.BeginAsync("odata/influencers?$select=id");
        await follower.FollowAsync();

        await import;
        await follower.UntilAsync(f => f.Rows.Count == 1500);

        Assert.Equal(1500, (await App.GetAsync("odata/influencers?$count=true&$top=1"))["@odata.count"]!.GetValue<int>());
    }

    [DatabaseFact]
    public async Task ALinkFromBeforeTheReadersWallsMoved_IsGone()
    {
        var (colleague, userId) = await App.SignUpUserAsync("prOfficer", "read");
        var client = Id(await App.CreateAsync("clients", new { name = "Rochambel" }));
        var follower = await new Follower(colleague).BeginAsync(Set);

        await App.CreateAsync($"clients({client})/members", new { userId });

        using var response = await colleague.GetAsync(new Uri(follower.Link), Ct);
        Assert.Equal("changesGone", (await ErrorAsync(response, HttpStatusCode.Gone))["code"]!.GetValue<string>());
        colleague.Dispose();
    }

    [DatabaseFact]
    public async Task ALinkOlderThanTheChangesAreKept_IsGone()
    {
        var follower = await new Follower(App.Admin).BeginAsync(Set);
        _clock.Advance(PruneChanges.Kept - TimeSpan.FromMinutes(1));
        await follower.FollowAsync();
        var old = follower.Link;
        _clock.Advance(PruneChanges.Kept + TimeSpan.FromMinutes(1));

        using var response = await App.Admin.GetAsync(new Uri(old), Ct);

        Assert.Equal("changesGone", (await ErrorAsync(response, HttpStatusCode.Gone))["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task AMadeUpToken_IsRefused(string token)
    {
        using var response = await App.Admin.GetAsync(new Uri($"odata/interactions?$deltatoken={token}", UriKind.Relative), Ct);

        Assert.Equal("badDeltaToken", (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task ABentLink_OrOneOfAnotherSet_IsRefused()
    {
        var follower = await new Follower(App.Admin).BeginAsync(Set);

        foreach (var link in new[]
        {
            follower.Link.Replace("kind", "notes", StringComparison.Ordinal),
            follower.Link.Replace("/interactions", "/influencers", StringComparison.Ordinal),
            follower.Link + "&$filter=id eq 1",
            follower.Link[..^5] + "AAAAA",
            follower.Link + "&archived=include",
        })
        {
            using var response = await App.Admin.GetAsync(new Uri(link), Ct);
            Assert.Equal("badDeltaToken", (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        }

        using var elsewhere = await App.Admin.GetAsync(new Uri("odata/topics?$deltatoken=x", UriKind.Relative), Ct);
        Assert.Equal("notFollowed", (await ErrorAsync(elsewhere, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        using var stranger = await App.Anonymous.GetAsync(new Uri(follower.Link), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("odata/influencers?$expand=topics")]
    [InlineData("odata/influencers?$filter=topics/any(t: t/weight gt 0)")]
    [InlineData("odata/influencers?$filter=relationshipStage eq 'converted'")]
    [InlineData("odata/interactions?$filter=influencer/country eq 'FR'")]
    [InlineData("odata/interactions?$filter=occurredAt gt now()")]
    [InlineData("odata/interactions?$top=5")]
    [InlineData("odata/topics")]
    public async Task WhatCannotBeFollowed_IsAnsweredWithoutALink(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Prefer", "odata.track-changes");

        using var response = await App.Admin.SendAsync(request, Ct);

        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.DoesNotContain("deltaLink", text, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Theory]
    [InlineData("odata/influencers?$filter=languages/any(l: l eq 'fr') and contains(displayName,'zo')")]
    [InlineData("odata/interactions?$filter=(kind eq 'call' or id in (1,2)) and not (year(occurredAt) eq 1999)")]
    [InlineData("odata/coverage?$filter=status eq 'confirmed'")]
    [InlineData("odata/messages?$select=id,status")]
    public async Task WhatDependsOnTheRowAlone_CanBeFollowed(string url)
    {
        var follower = await new Follower(App.Admin).BeginAsync(url);

        await follower.FollowAsync();

        Assert.Contains("$delta", follower.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InVersion401_RemovedRows_HaveTheFormOfThatVersion()
    {
        var gone = await CallAsync("Gone");
        var follower = await new Follower(App.Admin).BeginAsync(Set);
        await DeleteAsync("interactions", gone);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(follower.Link));
        request.Headers.TryAddWithoutValidation("OData-MaxVersion", "4.01");

        using var response = await App.Admin.SendAsync(request, Ct);

        var removed = Assert.Single(JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["value"]!.AsArray())!;
        Assert.Equal("deleted", removed["@removed"]!["reason"]!.GetValue<string>());
        Assert.EndsWith($"interactions({gone})", (removed["@id"] ?? removed["@odata.id"])!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static Interaction Note(string subject)
    {
        var note = Interaction.Create(new() { Kind = InteractionKind.Note, Subject = subject, OccurredAt = DateTime.UnixEpoch });
        return note;
    }

    private async Task<int> CallAsync(string subject) => Id(await App.CreateAsync("interactions", new { influencerId = await PersonAsync(), kind = "call", subject }));

    private async Task<int> PersonAsync() => _person ??= Id(await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" }));

    private async Task PatchAsync(string set, int id, object body)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/{set}({id})", System.Text.Json.JsonSerializer.Serialize(body), "*");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private async Task DeleteAsync(string set, int id)
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Delete, $"odata/{set}({id})", ifMatch: "*");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
