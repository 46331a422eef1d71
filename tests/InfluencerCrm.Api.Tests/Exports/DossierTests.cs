using System.Net.Http.Json;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Exports;

/// <summary>What a person gets who asks what is held on them.</summary>
public sealed class DossierTests
{
    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AnAdmin_GetsEverything_AndThatItWasAskedForIsKept(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var person = await FillAsync(app);

        var dossier = await app.GetAsync($"api/influencers/{person}/export");
        var again = await app.GetAsync($"api/influencers/{person}/export");

        Assert.True(dossier["complete"]!.GetValue<bool>());
        Assert.Equal("Zoé Lefèvre", dossier["person"]!["row"]!["displayName"]!.GetValue<string>());
        Assert.Equal(["zoe@example.org", "+33 1 02 03 04 05"], Rows(dossier, "contactPoints").Select(r => r["value"]!.GetValue<string>()));
        Assert.Equal("L’Écho", Assert.Single(Rows(dossier, "affiliations"))["outlet"]!.GetValue<string>());
        Assert.Equal("Énergie", Assert.Single(Rows(dossier, "influencerTopics"))["topic"]!.GetValue<string>());
        Assert.Equal(["Behind the wall", "For everybody"], Rows(dossier, "interactions").Select(r => r["subject"]!.GetValue<string>()));
        Assert.Equal(2, Rows(dossier, "interactionParticipants").Count);
        Assert.Equal("asked on the phone", Assert.Single(Rows(dossier, "suppressions"))["source"]!.GetValue<string>());
        Assert.Equal("influencers", Assert.Single(dossier["mentions"]!["rows"]!.AsArray())!["kind"]!.GetValue<string>());
        Assert.Contains(Rows(again, "auditEntries"), e => e["note"]?.GetValue<string>() == "dossier exported");
        Assert.DoesNotContain("Somebody Else", dossier.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReader_GetsWhatTheySee_AndTheDocumentSaysSo()
    {
        await using var app = await CrmApp.StartAsync();
        var person = await FillAsync(app);
        var reader = await app.SignUpAsync("reader", "read");

        var dossier = await app.GetAsync($"api/influencers/{person}/export", reader);

        Assert.False(dossier["complete"]!.GetValue<bool>());
        Assert.Equal(["For everybody"], Rows(dossier, "interactions").Select(r => r["subject"]!.GetValue<string>()));
        Assert.Single(Rows(dossier, "interactionParticipants"));
        Assert.NotNull(Part(dossier, "auditEntries")["leftOut"]);
        Assert.DoesNotContain("Behind the wall", dossier.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArchivedPerson_HasADossier_AnErasedOneIsGone_AStrangerIsNotFound()
    {
        await using var app = await CrmApp.StartAsync();
        var person = await FillAsync(app);
        using (var archived = await app.Admin.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"odata/influencers({person})") { Headers = { { "If-Match", "*" } } }, Ct))
        {
            Assert.Equal(HttpStatusCode.NoContent, archived.StatusCode);
        }

        Assert.Equal("Zoé Lefèvre", (await app.GetAsync($"api/influencers/{person}/export"))["person"]!["row"]!["displayName"]!.GetValue<string>());
        using (var erased = await app.Admin.PostAsJsonAsync($"api/influencers/{person}/erase", new { confirm = "Zoé Lefèvre" }, Ct))
        {
            Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Gone, (await app.Admin.GetAsync($"api/influencers/{person}/export", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Admin.GetAsync("api/influencers/999/export", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetAsync($"api/influencers/{person}/export", Ct)).StatusCode);
    }

    [Fact]
    public async Task EveryEntityWithAPerson_IsAPart_WithASentenceOfItsOwn()
    {
        await using var app = await CrmApp.StartAsync();
        var person = await app.CreateAsync("influencers", new { displayName = "Somebody" });
        await using var scope = app.AsProduct();
        var tables = scope.Db.Model.GetEntityTypes().Where(e => e.FindProperty("InfluencerId") is not null).Select(e => Words.Camel(e.GetTableName()!)).ToList();

        var parts = (await app.GetAsync($"api/influencers/{person["id"]}/export"))["parts"]!.AsArray();

        var names = parts.Select(p => p!["name"]!.GetValue<string>()).ToList();
        Assert.InRange(tables.Count, 19, int.MaxValue);
        Assert.Superset(tables.ToHashSet(), names.ToHashSet());
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.DoesNotContain(parts, p => p!["about"]!.GetValue<string>() == "Other entries that name you.");
    }

    private static async Task<int> FillAsync(CrmApp app)
    {
        var topic = await app.CreateAsync("topics", new { name = "Énergie" });
        var outlet = await app.CreateAsync("outlets", new { name = "L’Écho", kind = "newspaper" });
        var client = await app.CreateAsync("clients", new { name = "Volta" });
        var person = (await app.CreateAsync("influencers", new
        {
            displayName = "Zoé Lefèvre", email = "zoe@example.org", phone = "+33 1 02 03 04 05",
            topics = new[] { new { topicId = topic["id"]!.GetValue<int>() } },
            affiliations = new[] { new { outletId = outlet["id"]!.GetValue<int>(), function = "Reporter" } },
        }))["id"]!.GetValue<int>();
        var other = await app.CreateAsync("influencers", new { displayName = "Somebody Else", awayDelegateId = person });
        await app.CreateAsync("interactions", new { influencerId = person, kind = "call", clientId = client["id"], subject = "Behind the wall", occurredAt = "2026-03-01T10:00:00Z" });
        await app.CreateAsync("interactions", new { influencerId = person, kind = "call", subject = "For everybody", occurredAt = "2026-03-02T10:00:00Z" });
        await app.CreateAsync("interactions", new { influencerId = other["id"], kind = "meeting", clientId = client["id"], subject = "Behind the wall too", occurredAt = "2026-03-03T10:00:00Z", participants = new[] { new { influencerId = person } } });
        await app.CreateAsync("interactions", new { influencerId = other["id"], kind = "meeting", subject = "A lunch", occurredAt = "2026-03-04T10:00:00Z", participants = new[] { new { influencerId = person } } });
        await app.CreateAsync("suppressions", new { address = "zoe@example.org", scope = "all", reason = "manual", source = "asked on the phone" });
        return person;
    }

    private static JsonObject Part(JsonObject dossier, string name) => dossier["parts"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == name)!.AsObject();

    private static List<JsonObject> Rows(JsonObject dossier, string part) => [.. Part(dossier, part)["rows"]!.AsArray().Select(r => r!.AsObject())];
}
