using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using InfluencerCrm.Core.Demo;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Exports;

/// <summary>Everything as one file, and what an empty installation makes of it.</summary>
public sealed class ArchiveTests
{
    public static TheoryData<string, string> Moves
    {
        get
        {
            var moves = new TheoryData<string, string>();
            foreach (var from in TestDatabase.Providers)
            {
                foreach (var into in TestDatabase.Providers)
                {
                    moves.Add(from, into);
                }
            }

            return moves;
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task TheSampleAgency_MovesWhole(string from, string into)
    {
        await using var old = await CrmApp.StartAsync(from);
        await LoadDemoAsync(old);
        await using var moved = await CrmApp.StartAsync(into);
        var archive = await ArchiveOfAsync(old.Admin);

        using var taken = await SendAsync(moved.Admin, archive);

        Assert.Equal((HttpStatusCode.OK, ""), (taken.StatusCode, taken.IsSuccessStatusCode ? "" : await taken.Content.ReadAsStringAsync(Ct)));
        var before = Rows(archive);

        // Both have the same key for the first admin; it is the archive's now.
        var after = Rows(await ArchiveOfAsync(moved.Admin));
        Assert.Equal(before.Keys, after.Keys);
        Assert.True(before["tables/messages.jsonl"].Count > 100 && before["tables/coverage.jsonl"].Count > 400);
        foreach (var (table, rows) in before)
        {
            // Each installation adds its own act, and the last use of the key.
            Assert.Equal(
                rows.Where(r => !r.Contains("\"LastUsedAt\"", StringComparison.OrdinalIgnoreCase)),
                after[table].Where(r => !r.Contains("\"note\":\"archive", StringComparison.Ordinal) || rows.Contains(r)).Where(r => !r.Contains("\"LastUsedAt\"", StringComparison.OrdinalIgnoreCase)));
        }

        // New rows come after the ones that moved.
        var newest = before["tables/influencers.jsonl"].Max(r => JsonNode.Parse(r)!["id"]!.GetValue<int>());
        Assert.True((await moved.CreateAsync("influencers", new { displayName = "New here" }))["id"]!.GetValue<int>() > newest);
    }

    [Fact]
    public async Task AMovedInstallation_StillKnowsAnErasedAddress()
    {
        await using var old = await CrmApp.StartAsync();
        await using var moved = await CrmApp.StartAsync();
        byte[] hash;
        await using (var scope = old.AsProduct())
        {
            hash = scope.Get<AddressHash>().Of("gone@example.org");
        }

        using var taken = await SendAsync(moved.Admin, await ArchiveOfAsync(old.Admin));

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await using var after = moved.AsProduct();
        Assert.Equal(hash, after.Get<AddressHash>().Of("gone@example.org"));
        await after.Get<LoadAddressHashKey>().ExecuteAsync(Ct);
        Assert.Equal(hash, after.Get<AddressHash>().Of("gone@example.org"));
    }

    [Fact]
    public async Task AnotherConfiguredKey_IsRefused_BecauseErasedAddressesWouldBeForgotten()
    {
        await using var old = await CrmApp.StartAsync();
        await using var moved = await CrmApp.StartAsync(settings: new Dictionary<string, string?> { ["Privacy:AddressHashKey"] = Convert.ToBase64String(new byte[AddressHash.KeyLength]) });

        using var taken = await SendAsync(moved.Admin, await ArchiveOfAsync(old.Admin));

        await RefusedAsync(taken, HttpStatusCode.Conflict, "archiveKeyDiffers");
    }

    [Fact]
    public async Task AnInstallationWithData_IsRefused()
    {
        await using var app = await CrmApp.StartAsync();
        var archive = await ArchiveOfAsync(app.Admin);
        await app.CreateAsync("outlets", new { name = "L’Écho", kind = "newspaper" });

        using var taken = await SendAsync(app.Admin, archive);

        await RefusedAsync(taken, HttpStatusCode.Conflict, "archiveNotEmpty");
        Assert.Single(await app.ListAsync("odata/outlets"));
    }

    [Fact]
    public async Task OnlyAdmins_TakeItOutOrIn()
    {
        await using var app = await CrmApp.StartAsync();
        var officer = await app.SignUpAsync("prOfficer", "read,write,send");

        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("api/archive", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(officer, [])).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetAsync("api/archive", Ct)).StatusCode);
    }

    [Fact]
    public async Task EveryTableOfTheModel_IsInIt_OrTheManifestSaysWhyNot()
    {
        await using var app = await CrmApp.StartAsync();
        await using var scope = app.AsProduct();
        var tables = scope.Db.Model.GetEntityTypes().Select(e => JsonNamingPolicy.CamelCase.ConvertName(e.GetTableName()!)).ToHashSet();

        using var zip = new ZipArchive(new MemoryStream(await ArchiveOfAsync(app.Admin)));
        var manifest = await JsonNode.ParseAsync(await zip.GetEntry("manifest.json")!.OpenAsync(Ct), cancellationToken: Ct);

        var held = manifest!["tables"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()).ToList();
        var left = manifest["notIncluded"]!.AsArray().Select(t => t!["what"]!.GetValue<string>()).ToList();
        Assert.Equal(tables.Order(), held.Concat(left.Where(tables.Contains)).Order());
        Assert.Contains("senderAccounts.protectedPassword", left);
        Assert.Equal(["changes", "dataProtectionKeys", "idempotencyKeys", "keptSecrets", "setupLinks", "webhookDeliveries", "webhookFeeds"], left.Where(tables.Contains).Order());
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "cut", "archiveBroken" },
        { "empty", "archiveBroken" },
        { "text", "archiveBroken" },
        { "noManifest", "archiveBroken" },
        { "noKeys", "archiveBroken" },
        { "manifestOfAnother", "archiveBroken" },
        { "newer", "archiveTooNew" },
        { "path", "archiveUnknownEntry" },
        { "unknownTable", "archiveUnknownTable" },
        { "unknownColumn", "archiveBadRow" },
        { "wrongType", "archiveBadRow" },
        { "missingColumn", "archiveBadRow" },
        { "brokenReference", "archiveBadRow" },
        { "sameKeyTwice", "archiveBadRow" },
        { "noJson", "archiveBadRow" },
        { "fewerRows", "archiveBroken" },
        { "noAdmin", "archiveBadRow" },
        { "bomb", "archiveBomb" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task AHostileArchive_IsRefused_AndNothingChanges(string what, string code)
    {
        await using var old = await CrmApp.StartAsync();
        await old.CreateAsync("outlets", new { name = "L’Écho", kind = "newspaper" });
        await using var app = await CrmApp.StartAsync();
        var archive = Spoil(await ArchiveOfAsync(old.Admin), what);

        using var taken = await SendAsync(app.Admin, archive);

        await RefusedAsync(taken, HttpStatusCode.BadRequest, code);
        Assert.Empty(await app.ListAsync("odata/outlets"));
        Assert.Single(await app.ListAsync("odata/users"));
    }

    [Fact]
    public async Task AForm_IsTakenToo_AndOtherBodiesAreNot()
    {
        await using var app = await CrmApp.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await ArchiveOfAsync(app.Admin)), "file", "all.zip" } };

        using var taken = await app.Admin.PostAsync("api/archive", form, Ct);
        using var text = await app.Admin.PostAsync("api/archive", new StringContent("all"), Ct);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await RefusedAsync(text, HttpStatusCode.UnsupportedMediaType, "unsupportedMediaType");
    }

    private static byte[] Spoil(byte[] archive, string what)
    {
        switch (what)
        {
            case "cut": return archive[..(archive.Length / 2)];
            case "empty": return [];
            case "text": return Encoding.UTF8.GetBytes(new string('x', 5000));
        }

        using var memory = new MemoryStream();
        memory.Write(archive);
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            string Table(string name) => zip.Entries.Single(e => e.FullName.EndsWith($"-{name}.jsonl", StringComparison.Ordinal)).FullName;
            switch (what)
            {
                case "noManifest": zip.GetEntry("manifest.json")!.Delete(); break;
                case "noKeys": zip.GetEntry("keys.json")!.Delete(); break;
                case "manifestOfAnother": Change(zip, "manifest.json", t => t.Replace("influencercrm-archive", "other", StringComparison.Ordinal)); break;
                case "newer": Change(zip, "manifest.json", t => t.Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal)); break;
                case "path": zip.CreateEntry("../../etc/cron.d/evil"); break;
                case "unknownTable": Change(zip, "manifest.json", t => t.Replace("\"name\": \"outlets\"", "\"name\": \"sqlite_master\"", StringComparison.Ordinal)); break;
                case "unknownColumn": Change(zip, Table("outlets"), t => t.Replace("\"kind\"", "\"kind\\u0022; DROP TABLE\"", StringComparison.Ordinal)); break;
                case "wrongType": Change(zip, Table("outlets"), t => t.Replace("\"id\":1", "\"id\":\"one\"", StringComparison.Ordinal)); break;
                case "missingColumn": Change(zip, Table("outlets"), t => t.Replace("\"name\":\"L’Écho\",", "", StringComparison.Ordinal)); break;
                case "brokenReference": Change(zip, Table("outlets"), t => t.Replace("\"id\":1,", "\"id\":1,\"parentId\":77,", StringComparison.Ordinal)); break;
                case "sameKeyTwice": Change(zip, Table("outlets"), t => t + t); break;
                case "noJson": Change(zip, Table("outlets"), _ => "{]\n"); break;
                case "fewerRows": Change(zip, Table("outlets"), _ => ""); break;
                case "noAdmin": Change(zip, Table("users"), t => t.Replace("\"admin\"", "\"reader\"", StringComparison.Ordinal)); break;
                case "bomb": Change(zip, Table("outlets"), _ => new string(' ', 40_000_000)); break;
                default: throw new ArgumentOutOfRangeException(nameof(what));
            }
        }

        return memory.ToArray();
    }

    private static void Change(ZipArchive zip, string name, Func<string, string> change)
    {
        var entry = zip.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        var changed = change(text);
        Assert.NotEqual(text, changed);
        entry.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(changed);
    }

    private static async Task LoadDemoAsync(CrmApp app)
    {
        await using var scope = app.AsProduct();
        await scope.Get<LoadDemo>().ExecuteAsync(new DemoOptions { Today = new DateOnly(2026, 3, 2) }, Ct);
    }

    private static async Task<byte[]> ArchiveOfAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("api/archive", Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] archive)
    {
        using var body = new ByteArrayContent(archive);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        return await client.PostAsync("api/archive", body, Ct);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == status, text);
        Assert.Equal(code, JsonNode.Parse(text)!["error"]!["code"]!.GetValue<string>());
    }

    /// <summary>The rows of each table as texts, without the positions in the names of files.</summary>
    private static SortedDictionary<string, List<string>> Rows(byte[] archive)
    {
        var rows = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(archive));
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("tables/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            rows[$"tables/{entry.FullName[(entry.FullName.IndexOf('-', StringComparison.Ordinal) + 1)..]}"] = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }

        return rows;
    }
}
