using System.Net.Http.Headers;
using System.Text;

namespace InfluencerCrm.Api.Tests.Imports;

public sealed class VcardImportTests : ApiTest
{
    private const string Cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lefèvre;Zoé;;;\r\nFN:Zoé Lefèvre\r\nORG:Le Journal\r\nEMAIL;TYPE=pref:zoe@example.org\r\nEND:VCARD\r\n"
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nEMAIL:bad@@address\r\nBDAY:2000-01-01\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n"
        + "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ben Two\r\n";

    [Theory]
    [InlineData("?format=vcard", "upload.bin", null)]
    [InlineData("", "contacts.VCF", null)]
    [InlineData("", "upload.bin", "text/x-vcard; charset=utf-8")]
    [InlineData("", "upload.bin", null)]
    public async Task Cards_BecomePeople_AndASecondTimeMakeNoDoubles(string query, string fileName, string? contentType)
    {
        var app = App;

        var first = await ImportAsync(app, Cards, query, fileName, contentType);
        var second = await ImportAsync(app, Cards, query, fileName, contentType);

        Assert.Equal(("vcard", 3, 1, 2), (first["format"]!.GetValue<string>(), Number(first, "total"), Number(first, "created"), Number(first, "refused")));
        Assert.Equal((0, 1, 2), (Number(second, "created"), Number(second, "unchanged"), Number(second, "refused")));
        var person = Assert.Single(await app.ListAsync("odata/influencers"))!.AsObject();
        Assert.Equal(("Zoé Lefèvre", "Lefèvre"), (person["displayName"]!.GetValue<string>(), person["lastName"]!.GetValue<string>()));
    }

    [Fact]
    public async Task RefusedCards_ComeBackAsCards_WhichCanBeImportedAgain()
    {
        var app = App;
        var job = await ImportAsync(app, Cards, "", "contacts.vcf", null);

        using var response = await app.Admin.GetAsync(new Uri($"api/imports/{Number(job, "id")}/rejected", UriKind.Relative), Ct);
        var cards = await response.Content.ReadAsStringAsync(Ct);
        var again = await ImportAsync(app, cards.Replace("bad@@address", "jane@example.org", StringComparison.Ordinal), "", "contacts-rejected.vcf", null);

        Assert.Equal(("text/vcard", "contacts-rejected.vcf"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.FileNameStar));
        var lines = cards.Split("\r\n");
        Assert.Equal(["BEGIN:VCARD", "VERSION:3.0"], lines[..2]);
        Assert.StartsWith("X-IMPORT-PROBLEM:badAddress (line 8): ", lines[2], StringComparison.Ordinal);
        Assert.Equal(["FN:Jane Doe", "EMAIL:bad@@address", "BDAY:2000-01-01", "END:VCARD", "BEGIN:VCARD", "VERSION:4.0"], lines[3..9]);
        Assert.StartsWith("X-IMPORT-PROBLEM:unclosedCard (line 15): ", lines[9], StringComparison.Ordinal);
        Assert.Equal(["FN:Ben Two", "END:VCARD", ""], lines[10..]);
        Assert.Equal((2, 0), (Number(again, "created"), Number(again, "refused")));
    }

    [Fact]
    public async Task AFileThatIsOnlyCalledVcf_IsRefusedAsNoVcard()
    {
        var app = App;

        using var response = await PostAsync(app, "name,email\nAnn,ann@example.org\n", "", "contacts.vcf", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("importNotVcard", JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["error"]!["code"]!.GetValue<string>());
    }

    private static async Task<JsonObject> ImportAsync(CrmApp app, string file, string query, string fileName, string? contentType)
    {
        using var response = await PostAsync(app, file, query, fileName, contentType);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        var job = JsonNode.Parse(text)!.AsObject();
        while (job["status"]!.GetValue<string>() is "queued" or "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
            job = await app.GetAsync($"odata/imports({Number(job, "id")})");
        }

        Assert.True(job["status"]!.GetValue<string>() == "completed", job.ToJsonString());
        return job;
    }

    private static async Task<HttpResponseMessage> PostAsync(CrmApp app, string file, string query, string fileName, string? contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var form = new MultipartFormDataContent { { content, "file", fileName } };
        return await app.Admin.PostAsync(new Uri("api/imports" + query, UriKind.Relative), form, Ct);
    }

    private static int Number(JsonObject row, string member) => row[member]!.GetValue<int>();
}
