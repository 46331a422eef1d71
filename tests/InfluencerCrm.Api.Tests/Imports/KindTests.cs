using System.Text;
using static InfluencerCrm.Api.Tests.Imports.ImportCalls;

namespace InfluencerCrm.Api.Tests.Imports;

/// <summary>Imports of outlets, coverage and oppositions.</summary>
public sealed class KindTests
{
    private const string Outlets = "Média;Type;Pays;Site web;Flux RSS;E-mail;Tirage;Groupe;Auteur\nLe Soir de Lyon;quotidien;France;www.soirdelyon.example.org;https://soirdelyon.example.org/rss;redaction@soirdelyon.example.org;120 500;Groupe Rhône;\nCarnet de Zoé;blog;;https://zoe.example.org;;;;;Zoé Lefèvre\n";

    private const string Coverage = "Date;Titre;Média;Auteur;Lien;Tonalité;Audience;Client;Type de média\n03/11/2026;La pile qui dure;Le Soir de Lyon;Zoé Lefèvre;https://soirdelyon.example.org/1;positif;1,2 M;Lumivelle;presse en ligne\n2026-11-04;Brève;Radio Plus;;;neutre;;;radio\n";

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Outlets_ComeWithFeedAddressGroupAndAuthor_AndASecondTimeChangeNothing(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);

        var first = await app.ImportAsync(Outlets, "?kind=outlets");
        var second = await app.ImportAsync(Outlets, "?kind=outlets");

        var outlets = (await app.ListAsync("odata/outlets?$orderby=name&$expand=contactPoints,affiliations($expand=influencer)")).Select(o => o!.AsObject()).ToList();
        Assert.Equal((2, 0), (Number(first, "created"), Number(first, "refused")));
        Assert.Equal(2, Number(second, "unchanged"));
        Assert.Equal(["Carnet de Zoé", "Groupe Rhône", "Le Soir de Lyon"], outlets.Select(o => Text(o, "name")));
        Assert.Equal(("newspaper", "FR", "https://www.soirdelyon.example.org", 120500, Number(outlets[1], "id")), (Text(outlets[2], "kind"), Text(outlets[2], "country"), Text(outlets[2], "url"), Number(outlets[2], "audience"), Number(outlets[2], "parentId")));
        Assert.Equal("redaction@soirdelyon.example.org", (string?)Assert.Single(outlets[2]["contactPoints"]!.AsArray())!["value"]);
        Assert.Equal(("Zoé Lefèvre", "blogger"), ((string?)outlets[0]["affiliations"]![0]!["influencer"]!["displayName"], (string?)outlets[0]["affiliations"]![0]!["influencer"]!["kind"]));
        Assert.Equal("https://soirdelyon.example.org/rss", (string?)Assert.Single(await app.ListAsync("odata/feeds"))!["url"]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Outlets_AreTakenBackWithAllTheyBrought(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        await app.CreateAsync("outlets", new { name = "Le Soir de Lyon", kind = "website", country = "BE" });

        var job = await app.ImportAsync(Outlets, "?kind=outlets");
        var reverted = await app.RevertAsync(job);

        Assert.Equal((1, 1, 2, 0), (Number(job, "created"), Number(job, "updated"), Number(reverted, "undone"), Number(reverted, "kept")));
        var outlet = Assert.Single(await app.ListAsync("odata/outlets"))!.AsObject();
        Assert.Equal(("website", "BE", "", ""), (Text(outlet, "kind"), Text(outlet, "country"), Text(outlet, "audience"), Text(outlet, "parentId")));
        Assert.Empty(await app.ListAsync("odata/feeds"));
        Assert.Empty(await app.ListAsync("odata/influencers"));
        Assert.Empty(await app.ListAsync("odata/contactPoints"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Coverage_FindsAuthorClientAndOutlet_AndASecondTimeChangesNothing(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var author = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        var client = await app.CreateAsync("clients", new { name = "Lumivelle" });

        var first = await app.ImportAsync(Coverage, "?kind=coverage");
        var second = await app.ImportAsync(Coverage, "?kind=coverage");

        var pieces = (await app.ListAsync("odata/coverage?$orderby=publishedAt&$expand=outlet,mentions,authors")).Select(o => o!.AsObject()).ToList();
        Assert.Equal((2, 2), (Number(first, "created"), Number(second, "unchanged")));
        Assert.Equal(2, pieces.Count);
        Assert.Equal(("La pile qui dure", "positive", 1_200_000, "online", Number(author, "id")), (Text(pieces[0], "title"), Text(pieces[0], "sentiment"), Number(pieces[0], "reach"), Text(pieces[0], "medium"), Number(pieces[0], "influencerId")));
        Assert.StartsWith("2026-11-03T00:00:00", Text(pieces[0], "publishedAt"), StringComparison.Ordinal);
        Assert.Equal(Number(client, "id"), (int?)Assert.Single(pieces[0]["mentions"]!.AsArray())!["clientId"]);
        Assert.Equal(("Radio Plus", "radio", "radio"), ((string?)pieces[1]["outlet"]!["name"], (string?)pieces[1]["outlet"]!["kind"], Text(pieces[1], "medium")));
        Assert.StartsWith("2026-11-03", Text(await app.GetAsync($"odata/influencers({Number(author, "id")})"), "lastCoverageAt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coverage_IsTakenBack_WithOutletsAndTheAuthorsLastPiece()
    {
        await using var app = await CrmApp.StartAsync();
        var author = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        await app.CreateAsync("clients", new { name = "Lumivelle" });

        var reverted = await app.RevertAsync(await app.ImportAsync(Coverage, "?kind=coverage"));

        Assert.Equal((2, 0), (Number(reverted, "undone"), Number(reverted, "kept")));
        Assert.Empty(await app.ListAsync("odata/coverage"));
        Assert.Empty(await app.ListAsync("odata/outlets"));
        Assert.Equal("", Text(await app.GetAsync($"odata/influencers({Number(author, "id")})"), "lastCoverageAt"));
    }

    [Fact]
    public async Task AListOfFeeds_BecomesOutlets_AndRefusedOnesComeBackAsOne()
    {
        await using var app = await CrmApp.StartAsync();
        var file = $"<opml version=\"2.0\"><head><title>Blogs</title></head><body><outline text=\"Énergie\"><outline type=\"rss\" text=\"Watt Else &amp; Co\" xmlUrl=\"https://watt.example.org/feed\" htmlUrl=\"https://watt.example.org\" language=\"fr\"/><outline type=\"rss\" text=\"{new string('x', 900)}\" xmlUrl=\"https://x.example.org/feed\"/></outline></body></opml>";

        var job = await app.ImportAsync(file, fileName: "blogs.opml");
        var rejected = await app.Admin.GetStringAsync(new Uri($"api/imports/{Number(job, "id")}/rejected", UriKind.Relative), Ct);
        var again = await app.ImportAsync(rejected, fileName: "blogs-rejected.opml");

        var outlet = Assert.Single(await app.ListAsync("odata/outlets"))!.AsObject();
        Assert.Equal(("outlets", "opml", 1, 1), (Text(job, "kind"), Text(job, "format"), Number(job, "created"), Number(job, "refused")));
        Assert.Equal(("Watt Else & Co", "https://watt.example.org", "fr"), (Text(outlet, "name"), Text(outlet, "url"), Text(outlet, "language")));
        Assert.Single(await app.ListAsync("odata/feeds"));
        Assert.Contains("tooLong", rejected, StringComparison.Ordinal);
        Assert.Equal((0, 1), (Number(again, "created"), Number(again, "refused")));
    }

    [Fact]
    public async Task Coverage_ShowsNothingFromBehindAWall()
    {
        await using var app = await CrmApp.StartAsync();
        var client = await app.CreateAsync("clients", new { name = "Lumivelle" });
        await app.CreateAsync("campaigns", new { name = "Projet Nuit", clientId = Number(client, "id") });
        var assistant = await app.SignUpAsync("assistant", "read,write");

        var job = await app.ImportAsync("date,title,campaign,client\n2026-11-03,An article,Projet Nuit,Lumivelle\n", "?kind=coverage", client: assistant);

        var word = Assert.Single(await app.WordsAsync(job));
        Assert.Equal(("created", "unknownCampaign"), (Text(word, "outcome"), Text(word, "code")));
        Assert.Contains("Lumivelle", Text(word, "message"), StringComparison.Ordinal);
        Assert.Equal("", Text(Assert.Single(await app.ListAsync("odata/coverage?$expand=mentions"))!.AsObject(), "campaignId"));
    }

    [Theory]
    [InlineData("date,title\n,No date\n2026-13-45,No such day\n2026-11-03,\n", new[] { "noDate", "noDate", "noTitle" })]
    [InlineData("date,title,url\n2026-11-03,A,javascript:alert(1)\n2026-11-03,B,http://a b\n2026-11-03,\"=HYPERLINK(1)\",\n", new[] { "notAWebAddress", "notAWebAddress", "" })]
    public async Task Coverage_RowsThatAreWrong_SayWhy(string file, string[] codes)
    {
        await using var app = await CrmApp.StartAsync();

        var job = await app.ImportAsync(file, "?kind=coverage");

        Assert.Equal(codes, (await app.WordsAsync(job)).Select(w => Text(w, "code")));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Oppositions_HoldForAllAddressesOfThePerson_AndAreNeverLifted(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var person = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", email = "zoe@example.org" });
        await app.CreateAsync("contactPoints", new { influencerId = Number(person, "id"), kind = "email", value = "zoe2@example.org" });
        const string File = "Email Address,UNSUB_TIME,Unsub reason\nZOE@example.org,2026-01-02,spam\nredaction@example.org,,\nother@example.org,,hard bounce\n";

        var first = await app.ImportAsync(File, "?kind=suppressions");
        var second = await app.ImportAsync(File, "?kind=suppressions");
        var third = await app.ImportAsync("email,status\nzoe@example.org,subscribed\n", "?kind=suppressions");

        var standing = (await app.ListAsync("odata/suppressions?$filter=liftedAt eq null&$orderby=address")).Select(s => s!.AsObject()).ToList();
        Assert.Equal((3, 3, 1), (Number(first, "created"), Number(second, "unchanged"), Number(third, "unchanged")));
        Assert.Equal(["other@example.org", "redaction@example.org", "zoe2@example.org", "zoe@example.org"], standing.Select(s => Text(s, "address")).Order(StringComparer.Ordinal));
        Assert.Equal(2, standing.Count(s => Text(s, "influencerId") == $"{Number(person, "id")}" && Text(s, "reason") == "complaint"));
        Assert.Equal("bounce", Text(standing.Single(s => Text(s, "address") == "other@example.org"), "reason"));
        Assert.Equal("notOpposed", Text(Assert.Single(await app.WordsAsync(third)), "code"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ABounce_IsTheAddresssAlone_AndOpposesNobody(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var person = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", email = "zoe@example.org" });
        await app.CreateAsync("contactPoints", new { influencerId = Number(person, "id"), kind = "email", value = "zoe2@example.org" });

        await app.ImportAsync("email,reason\nzoe@example.org,hard bounce\nnew@example.org,bounced\n", "?kind=suppressions");
        var opposed = await app.ImportAsync("email,reason\nnew@example.org,unsubscribed\n", "?kind=suppressions");
        await app.ImportAsync("name,email\nNoé Neuf,new@example.org\n");

        var bounces = (await app.ListAsync("odata/suppressions?$filter=reason eq 'bounce'&$orderby=id")).Select(s => (Text(s!.AsObject(), "address"), s["influencerId"]?.GetValue<int>()));
        Assert.Equal([("zoe@example.org", null), ("new@example.org", null)], bounces);
        Assert.Equal(1, Number(opposed, "created"));
        var statuses = (await app.ListAsync("odata/contactPoints?$orderby=value")).Select(p => $"{p!["value"]} {p["status"]}");
        Assert.Equal(["new@example.org bounced", "zoe2@example.org unknown", "zoe@example.org bounced"], statuses);
        Assert.Equal(["bounced", "bounced"], (await app.ListAsync("odata/influencers")).Select(i => Text(i!.AsObject(), "emailStatus")));
    }

    [Theory]
    [InlineData("outlets", "Name,Country\nA,France\n")]
    [InlineData("coverage", "Title,Date\nA,2026-11-03\n")]
    [InlineData("suppressions", "Email\na@example.org\n")]
    public async Task ADryRun_ChangesNothing(string kind, string file)
    {
        await using var app = await CrmApp.StartAsync();

        var job = await app.ImportAsync(file + file[(file.IndexOf('\n', StringComparison.Ordinal) + 1)..], $"?kind={kind}&dryRun=true");

        Assert.Equal((1, 1), (Number(job, "created"), Number(job, "unchanged")));
        Assert.NotEmpty(Text((await app.WordsAsync(job))[0], "changes"));
        foreach (var set in new[] { "outlets", "coverage", "suppressions" })
        {
            Assert.Empty(await app.ListAsync($"odata/{set}"));
        }
    }

    [Theory]
    [InlineData("outlets", "Pays\nFrance\n")]
    [InlineData("coverage", "Date\n2026-11-03\n")]
    [InlineData("suppressions", "Name\nA\n")]
    public async Task AFileWithoutTheColumnThatMatters_IsRefused(string kind, string file)
    {
        await using var app = await CrmApp.StartAsync();

        using var response = await app.PostFileAsync(Encoding.UTF8.GetBytes(file), $"?kind={kind}");

        Assert.Equal(422, (int)response.StatusCode);
        Assert.Contains("importNoKeyColumn", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeAndHostileCells_AreRefusedRowByRow()
    {
        await using var app = await CrmApp.StartAsync();
        var file = $"name,kind,url,audience\n{new string('x', 5000)},,,\nA\u0001B,,,\n\"<script>\",nonsense,ftp://x.example.org,-5\nOk,,,99999999999999\n";

        var job = await app.ImportAsync(file, "?kind=outlets");

        Assert.Equal(["refused", "refused", "created", "created"], (await app.WordsAsync(job)).Select(w => Text(w, "outcome")));
        Assert.Equal(["tooLong", "controlCharacter", "unknownKind", "notANumber"], (await app.WordsAsync(job)).Select(w => Text(w, "code")));
    }

    [Fact]
    public async Task APresetAndChosenColumns_GoBeforeTheHeadings()
    {
        await using var app = await CrmApp.StartAsync();
        var preset = await app.CreateAsync("importPresets", new { name = "Agence", kind = "influencers", columns = new object[] { new { heading = "Qui", field = "displayName" }, new { heading = "Ville", field = (string?)null } } });
        const string File = "Qui,Ville,E-mail,Note perso\nZoé Lefèvre,Paris,zoe@example.org,Bio\n";

        var job = await app.ImportAsync(File, "?preset=Agence", columns: "{\"Note perso\":\"bio\"}");

        var person = Assert.Single(await app.ListAsync("odata/influencers"))!.AsObject();
        Assert.Equal(("Zoé Lefèvre", "", "zoe@example.org", "Bio"), (Text(person, "displayName"), Text(person, "city"), Text(person, "email"), Text(person, "bio")));
        Assert.Equal("[{\"heading\":\"Qui\",\"field\":\"displayName\"},{\"heading\":\"Ville\"},{\"heading\":\"E-mail\",\"field\":\"email\"},{\"heading\":\"Note perso\",\"field\":\"bio\"}]", Text(job, "columns"));
        Assert.Contains("utf-8", Text(job, "description"), StringComparison.Ordinal);
        Assert.Equal(2, (await app.ListAsync($"odata/importPresets({Number(preset, "id")})/columns")).Count);
    }

    [Theory]
    [InlineData("?preset=None", null, 422)]
    [InlineData("?", "{\"name\":\"nothing\"}", 422)]
    [InlineData("?", "{\"Other\":\"email\"}", 422)]
    [InlineData("?", "[]", 400)]
    [InlineData("?", "{\"name\":5}", 400)]
    [InlineData("?preset=a&preset=b", null, 400)]
    public async Task AChoiceThatDoesNotFit_IsRefused(string query, string? columns, int status)
    {
        await using var app = await CrmApp.StartAsync();

        using var response = await app.PostFileAsync("name,email\nA,a@example.org\n"u8.ToArray(), query, columns: columns);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await app.ListAsync("odata/imports"));
    }

    [Fact]
    public async Task RefusedRowsOfAWorkbook_ComeBackAsAWorkbookThatCanBeImported()
    {
        await using var app = await CrmApp.StartAsync();
        using var sheet = new MemoryStream();
        await MiniExcelLibs.MiniExcel.SaveAsAsync(sheet, new[] { new { Nom = "Zoé Lefèvre", Mail = "zoe@example.org" }, new { Nom = "Jean", Mail = "jean@@x" } }, cancellationToken: Ct);
        using var upload = await app.PostFileAsync(sheet.ToArray(), "?", "people.xlsx");
        var job = await app.EndAsync(JsonNode.Parse(await upload.Content.ReadAsStringAsync(Ct))!.AsObject());

        using var response = await app.Admin.GetAsync(new Uri($"api/imports/{Number(job, "id")}/rejected", UriKind.Relative), Ct);
        using var rejected = new MemoryStream(await response.Content.ReadAsByteArrayAsync(Ct));
        using var again = await app.PostFileAsync(rejected.ToArray(), "?", "rejected.xlsx");

        Assert.EndsWith("people-rejected.xlsx", response.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        var row = (IDictionary<string, object>)Assert.Single(MiniExcelLibs.MiniExcel.Query(rejected, useHeaderRow: true));
        Assert.StartsWith("badAddress (line 3)", (string)row["Import problem"], StringComparison.Ordinal);
        Assert.Equal(("Jean", "jean@@x"), ((string)row["Nom"], (string)row["Mail"]));
        Assert.Equal(1, Number(await app.EndAsync(JsonNode.Parse(await again.Content.ReadAsStringAsync(Ct))!.AsObject()), "refused"));
    }
}
