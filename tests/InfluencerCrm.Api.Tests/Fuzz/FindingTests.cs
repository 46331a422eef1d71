using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>What the fuzz test has found, each as the one request that showed it.</summary>
public sealed class FindingTests : ApiTest
{
    private static readonly (string Url, string? Code)[] Reads =
    [
        // One name twice.
        ("odata/influencers?$compute=id add 1 as b,id add 2 as b", "badQuery"),

        // Options inside an expand that the parser takes and the binder does not.
        ("odata/campaigns?$expand=client($filter=watchWords/all())", "badQuery"),
        ("odata/influencers?$expand=interactions($filter=totalseconds(occurredAt sub now()) gt 1)", null),
        ("odata/influencers?$expand=interactions($orderby=totalseconds(occurredAt sub now()))", null),

        // Names that stand for themselves, or for each other.
        ("odata/influencers?$compute=a add 1 as a&$select=a", "badQuery"),
        ("odata/influencers?$compute=b add 1 as a,a add 1 as b&$select=a", "badQuery"),
        ("odata/influencers?$apply=compute(a add 1 as a)", "badQuery"),
        ("odata/influencers?$apply=compute(b add 1 as a)/compute(a add 1 as b)", "badQuery"),

        // The parser's own words would name its classes.
        ("odata/influencers?$apply=aggregate(createdAt with average as b)", "badQuery"),

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
        // Rows, so that what is asked is worked out.
        await App.CreateAsync("influencers", new { displayName = "Ada", email = "ada@example.org" });
        var client = await App.CreateAsync("clients", new { name = "Acme" });
        await App.CreateAsync("campaigns", new { name = "Launch", clientId = Id(client) });
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

    [Theory]
    [InlineData("odata/topics(1)/name", "multipart/form-data; boundary=")]
    [InlineData("odata/topics(1)", "multipart/form-data; boundary=")]
    [InlineData("odata/topics(1)/name", "application/x-www-form-urlencoded")]
    public async Task AFormBesideAnAddress_SaysNothingOfTheAddress(string url, string type)
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url.Replace("(1)", $"({Id(topic)})", StringComparison.Ordinal), UriKind.Relative)) { Content = new ByteArrayContent("key=99999&property=parentId"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await App.Admin.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Energy", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    /// <summary>Two words for each step, and the expression is twice as large; or a stack deeper with each.</summary>
    [Theory]
    [InlineData("compute(id add id as a0)", "compute(a{0} add a{0} as a{1})", 6, 40)]
    [InlineData("compute(id add 1 as a0)", "compute(a{0}ADDS as a{1})", 2, 40)]
    public async Task NamesOfNamesOfNames_AreRefusedBeforeTheyGrow(string first, string step, int few, int many)
    {
        await App.CreateAsync("influencers", new { displayName = "Ada" });

        using var answered = await SendAsync(App.Admin, HttpMethod.Get, Url(few));
        using var refused = await SendAsync(App.Admin, HttpMethod.Post, "odata/$batch", System.Text.Json.JsonSerializer.Serialize(new { requests = new[] { new { id = "1", method = "GET", url = Url(many)[6..] } } }));

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var part = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Ct))!["responses"]![0]!;
        Assert.Equal((400, "queryTooDeep"), (part["status"]!.GetValue<int>(), part["body"]!["error"]!["code"]!.GetValue<string>()));

        string Url(int count) => $"odata/influencers?$apply={first}/" + string.Join('/', Enumerable.Range(0, count)
            .Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, step, i, i + 1).Replace("ADDS", string.Concat(Enumerable.Repeat(" add 1", 200)), StringComparison.Ordinal)));
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
