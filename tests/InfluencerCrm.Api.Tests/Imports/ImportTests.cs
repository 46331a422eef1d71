using System.IO.Compression;
using System.Text;

namespace InfluencerCrm.Api.Tests.Imports;

/// <summary>Contact files through the API, by the product's own worker.</summary>
public sealed class ImportTests
{
    private const string TwelveOnOneAddress = "redaction@lejournal.example.org";

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task TheSameFileAgain_MakesNoDoubles(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        const string File = "Prénom;Nom;E-mail;Média;Téléphone\nZoé;Lefèvre;zoe@example.org;Le Journal;\nJean;Sans;;Le Journal;01 02\nAnne;Seule;;;\n";

        var first = await ImportAsync(app, File);
        var second = await ImportAsync(app, File);

        Assert.Equal((3, 0, 0), (Number(first, "created"), Number(first, "refused"), Number(first, "updated")));
        Assert.Equal((0, 3), (Number(second, "created"), Number(second, "unchanged")));
        Assert.Equal(3, (await app.ListAsync("odata/influencers")).Count);
        Assert.Single(await app.ListAsync("odata/outlets"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task TwelvePeopleOnOneSharedAddress_StayTwelve(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider);
        var file = "name,email,outlet\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"Person Number{(char)('A' + i)},{TwelveOnOneAddress},Le Journal\n"));

        await ImportAsync(app, file);
        var second = await ImportAsync(app, file);

        Assert.Equal(12, Number(second, "unchanged"));
        Assert.Equal(12, (await app.ListAsync("odata/influencers")).Count);
    }

    [Fact]
    public async Task AKnownPerson_IsFilledAndChangedAndNeverBlanked()
    {
        await using var app = await CrmApp.StartAsync();
        var known = await app.CreateAsync("influencers", new { displayName = "Zoé Lefèvre", email = "zoe@example.org", city = "Lyon", country = "FR" });

        var job = await ImportAsync(app, "name,email,city,country,bio\nZoé Lefèvre,ZOE@example.org,Paris,,Writes\n");

        var person = await app.GetAsync($"odata/influencers({Number(known, "id")})");
        Assert.Equal(1, Number(job, "updated"));
        Assert.Equal(("Paris", "FR", "Writes"), (Text(person, "city"), Text(person, "country"), Text(person, "bio")));
    }

    [Fact]
    public async Task ASecondRowOfAPerson_SaysWhichWasTheFirst()
    {
        await using var app = await CrmApp.StartAsync();

        var job = await ImportAsync(app, "name,email\nZoé Lefèvre,zoe@example.org\nZoé Lefèvre,zoe@example.org\n");

        var row = (await RowsAsync(app, job))[1]!.AsObject();
        Assert.Equal(("unchanged", "repeatedInFile"), (Text(row, "outcome"), Text(row, "code")));
        Assert.Contains("line 2", Text(row, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOpposition_IsAddedAndNeverLifted()
    {
        await using var app = await CrmApp.StartAsync();

        await ImportAsync(app, "name,email,do not contact\nZoé Lefèvre,zoe@example.org,oui\n");
        await ImportAsync(app, "name,email,do not contact\nZoé Lefèvre,zoe@example.org,non\n");

        var person = Assert.Single(await app.ListAsync("odata/influencers"))!.AsObject();
        var suppression = Assert.Single(await app.ListAsync("odata/suppressions"))!.AsObject();
        Assert.True(person["doNotContact"]!.GetValue<bool>());
        Assert.Equal(("all", "manual"), (Text(suppression, "scope"), Text(suppression, "reason")));
        Assert.Null(suppression["liftedAt"]);
    }

    [Fact]
    public async Task TheAddressOfAnErasedPerson_IsRefused()
    {
        await using var app = await CrmApp.StartAsync();
        await app.CreateAsync("suppressions", new { address = "gone@example.org", reason = "erasure" });

        var job = await ImportAsync(app, "name,email\nSomebody Gone,gone@example.org\n");

        Assert.Equal("erased", Text((await RowsAsync(app, job))[0]!.AsObject(), "code"));
        Assert.Empty(await app.ListAsync("odata/influencers"));
    }

    [Fact]
    public async Task ADryRun_SaysWhatItWouldDoAndChangesNothing()
    {
        await using var app = await CrmApp.StartAsync();

        var job = await ImportAsync(app, "name,email,outlet\nZoé Lefèvre,zoe@example.org,Le Journal\nX,bad@@address,\n", "&dryRun=true");

        Assert.Equal((1, 1), (Number(job, "created"), Number(job, "refused")));
        Assert.Equal(["created", "refused"], (await RowsAsync(app, job)).Select(r => Text(r!.AsObject(), "outcome")));
        Assert.Empty(await app.ListAsync("odata/influencers"));
        Assert.Empty(await app.ListAsync("odata/outlets"));
    }

    [Fact]
    public async Task RefusedRows_ComeBackWithTheReason()
    {
        await using var app = await CrmApp.StartAsync();

        var job = await ImportAsync(app, "name,email\nZoé Lefèvre,zoe@example.org\n\"Doe, Jane\",bad@@address\n");

        var csv = await app.Admin.GetStringAsync(new Uri($"api/imports/{Number(job, "id")}/rejected", UriKind.Relative), Ct);
        var lines = csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Import problem,name,email", lines[0]);
        Assert.StartsWith("badAddress (line 3)", lines[1].TrimStart('"'), StringComparison.Ordinal);
        Assert.EndsWith("\"Doe, Jane\",bad@@address", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task TwoHostsWithTheSameFile_MakeNoDoubles(string provider)
    {
        await using var app = await CrmApp.StartAsync(provider, new Dictionary<string, string?> { ["Imports:BatchRows"] = "20" });
        var file = "name,email,outlet\n" + string.Concat(Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? $"Name{i} Last,redaction@example.org,Le Journal\n" : $"Name{i} Last,p{i}@example.org,Le Journal\n"));

        var jobs = await Task.WhenAll(ImportAsync(app, file), ImportAsync(app, file), ImportAsync(app, file));

        Assert.Equal(300, jobs.Sum(j => Number(j, "created")));
        Assert.Equal(600, jobs.Sum(j => Number(j, "unchanged")));
        Assert.Equal(300, (await app.GetAsync("odata/influencers?$count=true&$top=1"))["@odata.count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("", 400, "importEmpty")]
    [InlineData("city,country\nParis,FR\n", 422, "importNoPersonColumn")]
    [InlineData("PK\u0003\u0004 no archive", 400, null)]
    public async Task AFileThatIsNone_IsRefusedAtOnceAndLeavesNothing(string content, int status, string? code)
    {
        await using var app = await CrmApp.StartAsync();

        using var response = await PostAsync(app, Encoding.UTF8.GetBytes(content));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["error"]!.AsObject();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code ?? Text(error, "code"), Text(error, "code"));
        Assert.Empty(await app.ListAsync("odata/imports"));
        Assert.Empty(Directory.GetFiles(Path.Combine(app.Folder, "imports")));
    }

    [Fact]
    public async Task AZipBombAndAnEndlessLine_AreRefused()
    {
        await using var app = await CrmApp.StartAsync();
        using var bomb = new MemoryStream();
        using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("xl/workbook.xml").Open();
            entry.Write(new byte[64 * 1024 * 1024]);
        }

        using var bombed = await PostAsync(app, bomb.ToArray());
        using var endless = await PostAsync(app, [.. "name,email\n"u8, .. Enumerable.Repeat((byte)'x', 40 * 1024 * 1024)]);

        Assert.Equal(HttpStatusCode.BadRequest, bombed.StatusCode);
        Assert.InRange((int)endless.StatusCode, 400, 422);
        Assert.Empty(await app.ListAsync("odata/influencers"));
    }

    [Fact]
    public async Task ALargerFileThanIsTaken_Returns413()
    {
        await using var app = await CrmApp.StartAsync("Sqlite", new Dictionary<string, string?> { ["Imports:MaxBytes"] = "1000" });

        using var response = await PostAsync(app, Encoding.UTF8.GetBytes("name\n" + new string('x', 2000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("?kind=outlets&preset=none", 422)]
    [InlineData("?kind=people", 400)]
    [InlineData("?format=vcard", 400)]
    [InlineData("?dryRun=maybe", 400)]
    [InlineData("?dry=true", 400)]
    public async Task QueryWordsThatAreNotKnown_AreRefused(string query, int status)
    {
        await using var app = await CrmApp.StartAsync();

        using var form = Form("name,email\n"u8.ToArray());
        using var response = await app.Admin.PostAsync(new Uri("api/imports" + query, UriKind.Relative), form, Ct);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task BodiesThatAreNoForm_AndForms_WithoutFile_AreRefused()
    {
        await using var app = await CrmApp.StartAsync();

        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var noForm = await app.Admin.PostAsync(new Uri("api/imports", UriKind.Relative), json, Ct);
        using var other = new MultipartFormDataContent { { new StringContent("x"), "files" } };
        using var noFile = await app.Admin.PostAsync(new Uri("api/imports", UriKind.Relative), other, Ct);
        using var form = Form("name\n"u8.ToArray());
        using var reader = await (await app.SignUpAsync("reader", "read")).PostAsync(new Uri("api/imports", UriKind.Relative), form, Ct);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (noForm.StatusCode, noFile.StatusCode, reader.StatusCode));
    }

    private static async Task<JsonObject> ImportAsync(CrmApp app, string file, string query = "")
    {
        using var response = await PostAsync(app, Encoding.UTF8.GetBytes(file), query);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        var job = JsonNode.Parse(text)!.AsObject();
        Assert.Equal($"/odata/imports({Number(job, "id")})", response.Headers.Location!.OriginalString);
        while (Text(job, "status") is "queued" or "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
            job = await app.GetAsync($"odata/imports({Number(job, "id")})");
        }

        Assert.True(Text(job, "status") == "completed", job.ToJsonString());
        return job;
    }

    private static async Task<HttpResponseMessage> PostAsync(CrmApp app, byte[] file, string query = "")
    {
        using var form = Form(file);
        return await app.Admin.PostAsync(new Uri("api/imports?kind=influencers" + query, UriKind.Relative), form, Ct);
    }

    private static MultipartFormDataContent Form(byte[] file) => new() { { new ByteArrayContent(file), "file", "people.csv" } };

    private static Task<JsonArray> RowsAsync(CrmApp app, JsonObject job) => app.ListAsync($"odata/imports({Number(job, "id")})/rows?$orderby=line");

    private static int Number(JsonObject row, string member) => row[member]!.GetValue<int>();

    private static string Text(JsonObject row, string member) => row[member]?.GetValue<string>() ?? "";
}
