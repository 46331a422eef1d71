using System.Net.Http.Headers;
using InfluencerCrm.Api.Tests.SendOuts;

namespace InfluencerCrm.Api.Tests.Stories;

public sealed class AssetTests : SendOutTest
{
    [Fact]
    public async Task AFile_IsKeptWithItsStory()
    {
        var story = await StoryAsync();

        using var response = await UploadAsync(App.Admin, story, "C:\\secret\\photo.jpg", "image/jpeg", [1, 2, 3]);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var asset = Assert.Single(await App.ListAsync($"odata/stories({story})/assets"));
        Assert.Equal("photo.jpg", Text(asset, "fileName"));
        Assert.Equal("image/jpeg", Text(asset, "mediaType"));
        Assert.Equal(3, asset!["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task WhoMayNotWritePlans_BringsNoFile()
    {
        using var assistant = await App.SignUpAsync("assistant", "read,write");
        var story = await StoryAsync();

        using var refused = await UploadAsync(assistant, story, "a.txt", "text/plain", [1]);
        using var nobody = await UploadAsync(App.Anonymous, story, "a.txt", "text/plain", [1]);
        using var nowhere = await UploadAsync(App.Admin, 999999, "a.txt", "text/plain", [1]);

        await ErrorAsync(refused, HttpStatusCode.Forbidden);
        await ErrorAsync(nobody, HttpStatusCode.Unauthorized);
        await ErrorAsync(nowhere, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task AFileThatIsTooLargeOrEmptyOrNone_IsRefused()
    {
        var story = await StoryAsync();

        using var large = await UploadAsync(App.Admin, story, "a.bin", "application/octet-stream", new byte[(20 * 1024 * 1024) + 1]);
        using var empty = await UploadAsync(App.Admin, story, "a.bin", "application/octet-stream", []);
        using var json = await SendAsync(App.Admin, HttpMethod.Post, $"api/stories/{story}/assets", "{}");

        await ErrorAsync(large, HttpStatusCode.RequestEntityTooLarge);
        await ErrorAsync(empty, HttpStatusCode.UnprocessableEntity);
        await ErrorAsync(json, HttpStatusCode.UnsupportedMediaType);
        Assert.Empty(await App.ListAsync($"odata/stories({story})/assets"));
    }

    [Fact]
    public async Task ALinkInAMail_BringsTheFileAsADownload_ToItsRecipientOnly()
    {
        var story = await StoryAsync();
        var asset = await AssetAsync(story, "page.html", "text/html");
        var other = await AssetAsync(story, "other.txt", "text/plain");
        var sendOut = await SendOutAsync(await ListAsync(await PersonAsync("Ana", "ana@example.org")), story, new { bodyTemplate = "{% for a in assets %}[{{ a.name }}]({{ a.url }}){% endfor %}" });
        await App.CreateAsync($"sendOuts({sendOut})/assets", new { storyAssetId = asset });
        await ScheduleAsync(sendOut);
        var token = Text(Assert.Single(await MessagesAsync(sendOut)), "internetMessageId")!.Split('@')[0];

        using var download = await App.Anonymous.GetAsync(new Uri($"assets/{asset}/{token}", UriKind.Relative), Ct);
        using var notCarried = await App.Anonymous.GetAsync(new Uri($"assets/{other}/{token}", UriKind.Relative), Ct);
        using var wrong = await App.Anonymous.GetAsync(new Uri($"assets/{asset}/{new string('0', 24)}", UriKind.Relative), Ct);

        Assert.Equal("<b>x</b>", await download.Content.ReadAsStringAsync(Ct));
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", Assert.Single(download.Headers.GetValues("X-Content-Type-Options")));
        await ErrorAsync(notCarried, HttpStatusCode.NotFound);
        await ErrorAsync(wrong, HttpStatusCode.NotFound);
        await PostAsync($"odata/sendOuts({sendOut})/cancel", null);
        using var cancelled = await App.Anonymous.GetAsync(new Uri($"assets/{asset}/{token}", UriKind.Relative), Ct);
        await ErrorAsync(cancelled, HttpStatusCode.NotFound);
    }

    [DatabaseFact]
    public async Task AFileUnderEmbargo_IsOpened_WhereTheAgreementCoversItsEnd()
    {
        var person = await PersonAsync("Ana", "ana@example.org");
        var story = await StoryAsync(new { embargoUntil = Json(Later.AddDays(3)) });
        var asset = await AssetAsync(story, "page.html", "text/html");
        await App.CreateAsync("embargoAgreements", new { storyId = story, influencerId = person, status = "accepted" });
        var sendOut = await SendOutAsync(await ListAsync(person), story, new { purpose = "embargoContent", bodyTemplate = "{% for a in assets %}[{{ a.name }}]({{ a.url }}){% endfor %}" });
        await App.CreateAsync($"sendOuts({sendOut})/assets", new { storyAssetId = asset });
        await ScheduleAsync(sendOut);
        var link = new Uri($"assets/{asset}/{Text(Assert.Single(await MessagesAsync(sendOut)), "internetMessageId")!.Split('@')[0]}", UriKind.Relative);

        using var covered = await App.Anonymous.GetAsync(link, Ct);
        using var moved = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/stories({story})", $$"""{"embargoUntil":"{{Json(Later.AddDays(4))}}"}""", "*");
        using var later = await App.Anonymous.GetAsync(link, Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (covered.StatusCode, moved.StatusCode, later.StatusCode));
    }

    private async Task<int> AssetAsync(int story, string name, string type)
    {
        using var response = await UploadAsync(App.Admin, story, name, type, "<b>x</b>"u8.ToArray());
        return Id(JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject());
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, int story, string name, string type, byte[] content)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(file, "file", name);
        return await client.PostAsync(new Uri($"api/stories/{story}/assets", UriKind.Relative), form, Ct);
    }
}
