namespace InfluencerCrm.Api.Tests.OData.Batch;

public sealed class MultipartBatchTests : BatchCalls
{
    private const string Type = "multipart/mixed; boundary=b";

    private const string ChangeSet = """
        --b
        Content-Type: multipart/mixed; boundary=c

        --c
        Content-Type: application/http
        Content-Transfer-Encoding: binary
        Content-ID: 1

        POST /odata/influencers HTTP/1.1
        Content-Type: application/json

        {"displayName":"Ada","kind":"journalist"}
        --c
        Content-Type: application/http
        Content-Transfer-Encoding: binary
        Content-ID: 2

        POST $1/contactPoints HTTP/1.1
        Content-Type: application/json

        {"kind":"email","value":"VALUE"}
        --c--
        --b
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        GET influencers?$filter=displayName eq 'Ada'&$expand=contactPoints HTTP/1.1
        Accept: application/json

        --b--
        """;

    [DatabaseFact]
    public async Task ChangeSet_IsKeptWhole_AndAnsweredInMultipart_WhateverIsAccepted()
    {
        using var response = await SendTextAsync(null, Lines(ChangeSet.Replace("VALUE", "ada@example.org", StringComparison.Ordinal)), Type, accept: "application/json");

        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal("multipart/mixed", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, Count(text, "HTTP/1.1 201 Created"));
        Assert.Equal(1, Count(text, "HTTP/1.1 200 OK"));
        Assert.Contains("Content-ID: 2", text, StringComparison.Ordinal);
        Assert.Contains("multipart/mixed; boundary=changesetresponse_", text, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"ada@example.org\"", text, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task ChangeSet_WithAFailure_IsAnsweredByItsErrorAlone_AndLeavesNothing()
    {
        using var response = await SendTextAsync(null, Lines(ChangeSet.Replace("VALUE", "no address", StringComparison.Ordinal)), Type);

        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, Count(text, "HTTP/1.1 "));
        Assert.Contains("HTTP/1.1 422 ", text, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("influencers", "displayName eq 'Ada'"));
    }

    [Fact]
    public async Task LinesThatEndAsAnEditorLeavesThem_AreRead()
    {
        using var response = await SendTextAsync(null, ChangeSet.Replace("\r", "", StringComparison.Ordinal).Replace("VALUE", "ada@example.org", StringComparison.Ordinal), Type);

        Assert.Equal(2, Count(await response.Content.ReadAsStringAsync(Ct), "HTTP/1.1 201 Created"));
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { Type, "" },
        { Type, "nothing of the kind" },
        { "multipart/mixed", "--b--" },
        { "multipart/mixed; boundary=" + new string('b', 300), "--b--" },
        { Type, "--b\r\nContent-Type: application/http\r\n\r\nGET topics HTTP/1.1\r\n\r\n" },
        { Type, "--b\r\nContent-Type: text/plain\r\n\r\nGET topics HTTP/1.1\r\n\r\n\r\n--b--" },
        { Type, "--b\r\nContent-Type: application/http\r\n\r\n\r\n--b--" },
        { Type, "--b\r\nContent-Type: application/http\r\n\r\nGET\r\n\r\n\r\n--b--" },
        { Type, "--b\r\nContent-Type: application/http\r\n\r\nGET topics HTTP/1.1\r\nno header\r\n\r\n\r\n--b--" },
        { Type, "--b\r\nContent-Type: application/http\r\n\r\nPOST $batch HTTP/1.1\r\n\r\n{}\r\n--b--" },
        { Type, "--b\r\nContent-Type: application/http\r\n\r\nGET /api/session HTTP/1.1\r\n\r\n\r\n--b--" },
        { Type, "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\nGET topics HTTP/1.1\r\n\r\n\r\n--c--\r\n--b--" },
        { Type, "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: multipart/mixed; boundary=d\r\n\r\n--d--\r\n--c--\r\n--b--" },
        { Type, "--b\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 500)) + "\r\n--b--" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task WhatIsNoBatch_IsRefusedWhole(string contentType, string body)
    {
        using var response = await SendTextAsync(null, body, contentType);

        Assert.Equal("badBatch", (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
    }

    private static string Lines(string text) => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
