using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>What the fuzz test has found, each as the one request that showed it.</summary>
public sealed class FindingTests : ApiTest
{
    private static readonly (string Url, string? Code)[] Reads =
    [
        // One name twice.
        ("odata/influencers?$compute=id add 1 as b,id add 2 as b", "badQuery"),

        // Values that only the database refuses, or none.
        ("odata/influencers?$filter=contactPoints/any(c:c/affiliationId le NaN)", null),
        ("odata/influencers?$filter=influenceScore div 0 eq 1", null),
        ("odata/influencers?$filter=id div 0 eq 1", null),
        ("odata/influencers?$filter=id mod 0 eq 1", null),
        ("odata/influencers?$filter=influenceScore mod 2.5 eq 1", null),
        ("odata/influencers?$filter=id add 2147483647 gt 0", null),
        ("odata/influencers?$filter=substring(displayName,-1,99999999) eq 'x'", null),
        ("odata/influencers/$count?$filter=id div 0 eq 1", null),
        ("odata/influencers?$apply=filter(id div 0 eq 1)", null),
        ("odata/influencers?$orderby=id div 0", null),
        ("odata/influencers?$compute=id div 0 as a&$select=a", null),
        ("odata/influencers?$compute=influenceScore mod 2.5 as a&$select=a&$orderby=a", null),
        ("api/exports/influencers?filter=id div 0 eq 1", null),
        ("api/exports/influencers?filter=influenceScore mod 2.5 eq 1", null),

        // U+0000 in every kind of option.
        ("odata/influencers?$filter=displayName eq '%00'", "nulCharacter"),
        ("odata/influencers?$search=%00", "nulCharacter"),
        ("odata/influencers?$search=a%00b", "nulCharacter"),
        ("odata/influencers?$apply=filter(displayName eq '%00')", "nulCharacter"),
        ("odata/influencers?$filter=displayName eq @p&@p='%00'", "nulCharacter"),
        ("api/exports/influencers?filter=displayName eq '%00'", "nulCharacter"),
    ];

    private static readonly (string Url, string Body, string Code)[] Writes =
    [
        ("odata/influencers", """{"displayName":"\ud800"}""", "badJson"),
        ("odata/influencers", """{"\ud800":1}""", "badJson"),
        ("odata/influencers", """{"displayName":"x","contactPoints":[{"value":"\udc00"}]}""", "badJson"),
        ("odata/apiKeys", """{"x":[{"a":"\ud800"}]}""", "badJson"),
        ("odata/$batch", """{"requests":[{"\ud800":1}]}""", "badBatch"),
        ("odata/$batch", """{"requests":[{"id":"\ud800","method":"GET","url":"topics"}]}""", "badBatch"),
        ("api/session", """{"email":"a\u0000@example.org","password":"x"}""", "nulCharacter"),
        ("api/session", """{"email":{"a":{"a":{}}},"password":"x"}""", "badRequest"),
    ];

    [DatabaseFact]
    public async Task AQueryThatNoDatabaseAnswers_IsTheClientsError()
    {
        // A row, so that databases work out what is asked.
        await App.CreateAsync("influencers", new { displayName = "Ada", email = "ada@example.org" });
        foreach (var (url, code) in Reads)
        {
            using var response = await SendAsync(App.Admin, HttpMethod.Get, url);

            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.True((int)response.StatusCode < 500, $"{url}: {(int)response.StatusCode} {text}");
            if (code is not null || (int)response.StatusCode >= 400)
            {
                var error = await ErrorAsync(response, url.StartsWith("api/exports", StringComparison.Ordinal) && code is null ? response.StatusCode : HttpStatusCode.BadRequest);
                Assert.Contains(error["code"]!.GetValue<string>(), code is null ? ["badQuery", "notSupported", "badFilter"] : new[] { code });
            }
        }
    }

    [DatabaseFact]
    public async Task TextsThatAreNone_AreTheClientsError()
    {
        foreach (var (url, body, code) in Writes)
        {
            using var response = await SendAsync(App.Admin, HttpMethod.Post, url, body);

            Assert.True((int)response.StatusCode < 500, $"{url} {body}: {(int)response.StatusCode}");
            Assert.Equal(code, (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("OData-Version")]
    [InlineData("OData-MaxVersion")]
    public async Task AnEmptyVersion_IsNoVersion(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("odata/topics", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, "");
        using var response = await App.Admin.SendAsync(request, Ct);

        Assert.Equal("badODataVersion", (await ErrorAsync(response, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task APartOfABatchWithoutAType_IsTheClientsError()
    {
        using var typed = new HttpRequestMessage(HttpMethod.Post, new Uri("odata/$batch", UriKind.Relative)) { Content = new ByteArrayContent("--b\r\nContent-ID: 1\r\n\r\nGET topics HTTP/1.1\r\n\r\n\r\n--b--\r\n"u8.ToArray()) };
        typed.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=b");
        using var answer = await App.Admin.SendAsync(typed, Ct);

        Assert.Equal("badBatch", (await ErrorAsync(answer, HttpStatusCode.BadRequest))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task AChunkWithoutEnd_IsTheClientsError()
    {
        using var connection = new RawConnection(App.Address);
        var answer = await connection.SendAsync(
            Encoding.ASCII.GetBytes($"POST /odata/topics HTTP/1.1\r\nHost: {App.Address.Authority}\r\nX-Api-Key: {CrmApp.AdminKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{{}}"), isHead: false, closes: true, Ct);

        Assert.Equal((400, true), (answer.Status, answer.Text.Contains("badRequest", StringComparison.Ordinal)));
    }
}
