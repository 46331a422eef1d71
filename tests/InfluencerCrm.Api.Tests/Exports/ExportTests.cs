using System.Net.Http.Json;
using System.Text;

namespace InfluencerCrm.Api.Tests.Exports;

/// <summary>Tables as files, and what an import makes of them.</summary>
public sealed class ExportTests
{
    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task People_LeaveAndComeBackTheSame(string provider)
    {
        await using var from = await CrmApp.StartAsync(provider);
        await FillAsync(from);
        foreach (var format in new[] { "csv", "xlsx" })
        {
            await using var into = await CrmApp.StartAsync(provider);
            await into.CreateAsync("topics", new { name = "Énergie, climat" });
            using var answer = await from.Admin.GetAsync($"api/exports/influencers?format={format}", Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

            var job = await ImportAsync(into, $"people.{format}", await answer.Content.ReadAsByteArrayAsync(Ct));

            Assert.Equal(("completed", 4, 0), (job["status"]!.GetValue<string>(), job["created"]!.GetValue<int>(), job["refused"]!.GetValue<int>()));
            Assert.Equal(await PeopleAsync(from), await PeopleAsync(into));
        }
    }

    [Fact]
    public async Task TheSameFileInTheSamePlace_MakesNobodyNew_AndThenChangesNobody()
    {
        await using var app = await CrmApp.StartAsync();
        await FillAsync(app);

        var first = await ImportAsync(app, "people.csv", await app.Admin.GetByteArrayAsync("api/exports/influencers", Ct));
        var second = await ImportAsync(app, "people.csv", await app.Admin.GetByteArrayAsync("api/exports/influencers", Ct));

        Assert.Equal((0, 0), (first["created"]!.GetValue<int>(), first["refused"]!.GetValue<int>()));
        Assert.Equal(4, second["unchanged"]!.GetValue<int>());
    }

    [Fact]
    public async Task TextsThatBeginLikeFormulas_AreTextsForASpreadsheet_AndPhonesStayPhones()
    {
        await using var app = await CrmApp.StartAsync();
        await FillAsync(app);

        var csv = await app.Admin.GetByteArrayAsync("api/exports/influencers", Ct);

        var text = Encoding.UTF8.GetString(csv);
        Assert.Equal("\uFEFF"u8.ToArray(), csv[..3]);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", text, StringComparison.Ordinal);
        Assert.Contains("'@handle", text, StringComparison.Ordinal);
        Assert.Contains(",+33102030405,", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFilter_AListAndAnEmptyTable_GiveWhatTheySay()
    {
        await using var app = await CrmApp.StartAsync();
        await FillAsync(app);
        var list = await app.CreateAsync("mediaLists", new { name = "Lyon", kind = "dynamic", filter = "city eq 'Lyon'" });

        var filtered = await LinesAsync(app, "api/exports/influencers?filter=city eq 'Lyon'");
        var members = await LinesAsync(app, $"api/exports/mediaLists/{list["id"]}");
        var none = await LinesAsync(app, "api/exports/influencers?filter=city eq 'Nowhere'");

        Assert.Equal(2, filtered.Length);
        Assert.Equal(filtered, members);
        Assert.Single(none);
        using var workbook = await app.Admin.GetAsync("api/exports/influencers?format=xlsx&filter=city eq 'Nowhere'", Ct);
        Assert.Equal(HttpStatusCode.OK, workbook.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task InteractionsAndCoverage_LeaveWithNames_AndOnlyWhatTheCallerSees(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var person = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        var outlet = await app.CreateAsync("outlets", new { name = "L’Écho", kind = "newspaper" });
        var client = await app.CreateAsync("clients", new { name = "Volta" });
        await app.CreateAsync("interactions", new { influencerId = person["id"], kind = "call", clientId = client["id"], outletId = outlet["id"], subject = "Behind the wall", occurredAt = "2026-03-01T10:00:00Z" });
        await app.CreateAsync("interactions", new { influencerId = person["id"], kind = "call", subject = "For everybody", occurredAt = "2026-03-02T10:00:00Z" });
        await app.CreateAsync("coverage", new { title = "Heat", publishedAt = "2026-03-03T10:00:00Z", medium = "online", outletId = outlet["id"], influencerId = person["id"], reach = 1200 });
        var stranger = await app.SignUpAsync("reader", "read");

        var all = await LinesAsync(app, "api/exports/interactions");
        var seen = await LinesAsync(app, "api/exports/interactions", stranger);
        var coverage = await LinesAsync(app, "api/exports/coverage");

        Assert.Equal(3, all.Length);
        Assert.StartsWith("2026-03-01T10:00:00Z,call,done,", all[1], StringComparison.Ordinal);
        Assert.Contains("Zoé Lefèvre,L’Écho,Behind the wall,", all[1], StringComparison.Ordinal);
        Assert.Contains(",Volta,", all[1], StringComparison.Ordinal);
        Assert.Equal([all[0], all[2]], seen);
        Assert.StartsWith("2026-03-03T10:00:00Z,Heat,L’Écho,Zoé Lefèvre,online,", coverage[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Interactions_NameTheirParticipants_ButNobodyWhoWasErased(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var (_, user) = await app.SignUpUserAsync("reader", "read");
        var host = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        var guest = await app.CreateAsync("influencers", new { displayName = "Ulrich Maß" });
        var gone = await app.CreateAsync("influencers", new { displayName = "Was Here" });
        await app.CreateAsync("interactions", new
        {
            influencerId = host["id"], kind = "meeting", subject = "Lunch", occurredAt = "2026-03-01T10:00:00Z",
            participants = new object[] { new { influencerId = gone["id"] }, new { influencerId = guest["id"] }, new { userId = user } },
        });
        await app.CreateAsync("interactions", new { influencerId = host["id"], kind = "call", subject = "Alone", occurredAt = "2026-03-02T10:00:00Z" });
        using (var erased = await app.Admin.PostAsJsonAsync($"api/influencers/{gone["id"]}/erase", new { confirm = "Was Here" }, Ct))
        {
            Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        }

        var lines = await LinesAsync(app, "api/exports/interactions");

        Assert.EndsWith(",Next step due,Participants,Id", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",\"Ulrich Maß; A reader\",1", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",,2", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task APageOfFewAmongMany_HasTheSameParts()
    {
        await using var app = await CrmApp.StartAsync();
        await FillAsync(app);
        for (var i = 0; i < 10; i++)
        {
            await app.CreateAsync("influencers", new { displayName = $"Between {i}", email = $"between{i}@example.org" });
        }

        await app.CreateAsync("influencers", new { displayName = "Last", city = "Lyon", email = "last@example.org", contactPoints = new[] { new { kind = "email", value = "later@example.org" } } });

        var all = await LinesAsync(app, "api/exports/influencers");
        var few = await LinesAsync(app, "api/exports/influencers?filter=city eq 'Lyon'");

        Assert.Contains("last@example.org; later@example.org", few[^1], StringComparison.Ordinal);
        Assert.Equal(3, few.Length);
        Assert.Subset(all.ToHashSet(), few.ToHashSet());
    }

    [Theory]
    [InlineData("api/exports/influencers?format=pdf", HttpStatusCode.BadRequest, "badQuery")]
    [InlineData("api/exports/influencers?format=csv&format=csv", HttpStatusCode.BadRequest, "badQuery")]
    [InlineData("api/exports/influencers?$filter=vip", HttpStatusCode.BadRequest, "unknownQueryWord")]
    [InlineData("api/exports/influencers?filter=nothing eq 1", HttpStatusCode.BadRequest, "badQuery")]
    [InlineData("api/exports/interactions?filter=((((", HttpStatusCode.BadRequest, "badQuery")]
    [InlineData("api/exports/mediaLists/99", HttpStatusCode.NotFound, "notFound")]
    public async Task WhatCannotBeUnderstood_IsRefusedBeforeAnythingLeaves(string url, HttpStatusCode status, string code)
    {
        await using var app = await CrmApp.StartAsync();

        using var answer = await app.Admin.GetAsync(url, Ct);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["error"]!["code"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetAsync("api/exports/coverage", Ct)).StatusCode);
    }

    private static async Task FillAsync(CrmApp app)
    {
        var topic = await app.CreateAsync("topics", new { name = "Énergie, climat" });
        var outlet = await app.CreateAsync("outlets", new { name = "L’Écho", kind = "newspaper" });
        await app.CreateAsync("influencers", new
        {
            displayName = "Zoé Lefèvre", firstName = "Zoé", lastName = "Lefèvre", kind = "blogger", email = "zoe@example.org", phone = "+33102030405", city = "Lyon", country = "FR",
            language = "fr", tags = new[] { "a, b" }, about = "First line\nsecond \"line\"; third",
            topics = new[] { new { topicId = topic["id"]!.GetValue<int>() } },
            affiliations = new[] { new { outletId = outlet["id"]!.GetValue<int>(), function = "Reporter", beat = "Energy", primary = true } },
            contactPoints = new[] { new { kind = "email", value = "second@example.org" } },
        });
        await app.CreateAsync("influencers", new { displayName = "Evil Person", email = "evil@example.org", about = "=HYPERLINK(\"http://evil.example\")", bio = "@handle", tags = new[] { "x", "-y", "'quoted'" } });
        await app.CreateAsync("influencers", new { displayName = "Nils No Address", country = "SE", doNotContact = true, doNotContactReason = "asked by phone" });
        await app.CreateAsync("influencers", new { displayName = "Ολυμπία Παπά", kind = "expert", email = "olympia@example.org", languages = new[] { "el", "en" } });
    }

    /// <summary>The whole table; where a person is known from is all that may differ.</summary>
    private static async Task<string> PeopleAsync(CrmApp app) =>
        (await app.Admin.GetStringAsync("api/exports/influencers", Ct)).Replace("import people.csv", "", StringComparison.Ordinal).Replace("import people.xlsx", "", StringComparison.Ordinal);

    private static async Task<string[]> LinesAsync(CrmApp app, string url, HttpClient? client = null) =>
        (await (client ?? app.Admin).GetStringAsync(new Uri(url, UriKind.Relative), Ct)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static async Task<JsonObject> ImportAsync(CrmApp app, string name, byte[] file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } };
        using var answer = await app.Admin.PostAsync("api/imports", form, Ct);
        var id = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["id"]!.GetValue<int>();
        for (var i = 0; i < 300; i++)
        {
            var job = await app.GetAsync($"odata/imports({id})");
            if (job["status"]!.GetValue<string>() is not ("queued" or "running"))
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }

        throw new TimeoutException("The import did not end.");
    }
}
