namespace InfluencerCrm.Api.Tests.OData;

/// <summary><c>If-Match</c> and <c>If-None-Match</c> in every form that a client may send them.</summary>
public sealed class ConditionTests : ApiTest
{
    [Theory]
    [InlineData("TAG", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"other\", TAG", HttpStatusCode.NotModified)]
    [InlineData("STRONG", HttpStatusCode.NotModified)]
    [InlineData("W/\"other\"", HttpStatusCode.OK)]
    [InlineData("W/\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", HttpStatusCode.OK)]
    [InlineData("nonsense", HttpStatusCode.OK)]
    public async Task IfNoneMatch_IsUnderstood_OnEverySingleRow(string header, HttpStatusCode expected)
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });
        var person = await App.CreateAsync("influencers", new { displayName = "Zoé", topics = new[] { new { topicId = Id(topic) } } });
        var contained = await App.GetAsync($"odata/influencers({Id(person)})/topics({person["topics"]![0]!["id"]})");
        foreach (var (address, row) in new[]
        {
            ($"odata/influencers({Id(person)})", person),
            ($"odata/influencers({Id(person)})?$select=displayName&$expand=topics", person),
            ($"odata/influencers({Id(person)})/displayName/$value", person),
            ($"odata/influencers({Id(person)})/topics({contained["id"]})", contained),
            ($"odata/influencers({Id(person)})/topics({contained["id"]})?$select=weight", contained),
        })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
                request.Headers.TryAddWithoutValidation("If-None-Match", header.Replace("TAG", ETag(row), StringComparison.Ordinal).Replace("STRONG", ETag(row)[2..], StringComparison.Ordinal));
                using var response = await App.Admin.SendAsync(request, Ct);

                Assert.True(response.StatusCode == expected, $"{method} {address}: {(int)response.StatusCode}");
                Assert.Equal(ETag(row), response.Headers.ETag?.ToString());
                Assert.True(expected == HttpStatusCode.OK || (await response.Content.ReadAsByteArrayAsync(Ct)).Length == 0);
            }
        }
    }

    [Fact]
    public async Task IfNoneMatch_OfWhatWasChangedSince_IsAnswered()
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });
        using var changed = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/topics({Id(topic)})", """{"name":"Energies"}""", ETag(topic));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"odata/topics({Id(topic)})", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-None-Match", ETag(topic));

        using var response = await App.Admin.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(changed.Headers.ETag, response.Headers.ETag);
    }

    [Theory]
    [InlineData("TAG", null)]
    [InlineData("*", null)]
    [InlineData("STRONG", null)]
    [InlineData(null, HttpStatusCode.PreconditionRequired)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("TAG, TAG", HttpStatusCode.BadRequest)]
    [InlineData("*, TAG", HttpStatusCode.BadRequest)]
    [InlineData("W/\"AAAA\"", HttpStatusCode.BadRequest)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    [InlineData("W/\"MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw\"", HttpStatusCode.PreconditionFailed)]
    public async Task IfMatch_IsUnderstood_ByEveryChange(string? header, HttpStatusCode? refusal)
    {
        foreach (var (method, body) in new[] { ("PATCH", """{"name":"B"}"""), ("PUT", """{"name":"B"}"""), ("DELETE", null) })
        {
            var topic = await App.CreateAsync("topics", new { name = $"Energy {method}" });

            using var response = await SendAsync(App.Admin, new HttpMethod(method), $"odata/topics({Id(topic)})", body?.Replace("B", method, StringComparison.Ordinal),
                header?.Replace("TAG", ETag(topic), StringComparison.Ordinal).Replace("STRONG", ETag(topic)[2..], StringComparison.Ordinal));

            if (refusal is { } status)
            {
                await ErrorAsync(response, status);
                Assert.Equal(ETag(topic), ETag(await App.GetAsync($"odata/topics({Id(topic)})")));
            }
            else
            {
                Assert.True(response.IsSuccessStatusCode, $"{method}: {(int)response.StatusCode}");
            }
        }
    }

    [DatabaseFact]
    public async Task ManyChangesOfWhateverIsThere_AreNoServerErrors()
    {
        var topic = await App.CreateAsync("topics", new { name = "Energy" });

        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => SendAsync(App.Admin, i % 2 == 0 ? HttpMethod.Patch : HttpMethod.Put, $"odata/topics({Id(topic)})", $$"""{"name":"Energy {{i}}"}""", "*")));

        Assert.All(responses, r => Assert.True(r.StatusCode is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed, $"{(int)r.StatusCode}"));
        Assert.Contains(responses, r => r.StatusCode == HttpStatusCode.OK);
    }
}
