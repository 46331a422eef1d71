using System.Text;
using System.Xml.Linq;

namespace InfluencerCrm.Api.Tests.OData;

/// <summary>PUT and <c>/$ref</c> at every set of the model, on the rows of the sample agency.</summary>
public sealed class EveryRowTests : IAsyncLifetime
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    private CrmApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await CrmApp.StartAsync("Sqlite", null, null, "--demo");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public async Task Put_OfTextsInLanguages_TakesThemAsTheyAreRead(string version)
    {
        var topic = (await _app.ListAsync("odata/topics?$top=1"))[0]!;
        using var read = new HttpRequestMessage(HttpMethod.Get, new Uri($"odata/topics({topic["id"]})", UriKind.Relative));
        read.Headers.TryAddWithoutValidation("OData-MaxVersion", version);
        using var answer = await _app.Admin.SendAsync(read, Ct);
        var row = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!.AsObject();

        var (status, text) = await SendAsync("PUT", $"odata/topics({topic["id"]})", row.ToJsonString());

        Assert.True(status == HttpStatusCode.OK, text);
        Assert.Equal(row["keywords"]!["en"]!.ToJsonString(), JsonNode.Parse(text)!["keywords"]!["en"]!.ToJsonString());
    }

    [Fact]
    public async Task Put_OfWhatWasRead_ChangesNothing_AndOfNothing_IsNoServerError()
    {
        var replaced = new List<string>();
        foreach (var (set, _) in await SetsAsync())
        {
            foreach (var row in (await _app.ListAsync($"odata/{set}?$top=3")).Select(r => r!.AsObject()))
            {
                var address = $"odata/{set}({row["id"]})";
                var (status, text) = await SendAsync("PUT", address, row.ToJsonString());
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity, $"{address}: {(int)status} {text}");
                if (status == HttpStatusCode.OK)
                {
                    replaced.Add(set);
                    Assert.Equal(Comparable(row), Comparable(JsonNode.Parse(text)!.AsObject()));
                }
                else if (status != HttpStatusCode.MethodNotAllowed)
                {
                    TestContext.Current.TestOutputHelper?.WriteLine($"{address}: {text}");
                }

                await NoServerErrorAsync("PUT", address, "{}");
                await NoServerErrorAsync("PUT", $"{address}?$select=id&$expand=nothing", "{}");
            }
        }

        Assert.True(replaced.Distinct().Count() >= 18, string.Join(' ', replaced.Distinct()));
    }

    [Fact]
    public async Task EveryNavigation_ReadsItsLinks_AndRefusesWhatIsNone()
    {
        string?[] bodies =
        [
            null, "{}", "[]", "{", """{"@odata.id":7}""", """{"@odata.id":null}""", """{"@odata.id":"topics(99999999999999999999)"}""",
            """{"@odata.id":"../../etc(1)"}""", """{"@odata.id":"mytopics(1)"}""", """{"@odata.id":"topics(1)(1)"}""",
        ];
        var links = 0;
        foreach (var (set, navigations) in await SetsAsync())
        {
            if ((await _app.ListAsync($"odata/{set}?$top=1&$select=id")) is not [{ } row])
            {
                continue;
            }

            foreach (var navigation in navigations)
            {
                var address = $"odata/{set}({row["id"]})/{navigation}/$ref";
                var (status, text) = await SendAsync("GET", address, null);
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NoContent, $"{address}: {(int)status} {text}");
                if (status == HttpStatusCode.OK)
                {
                    var answer = JsonNode.Parse(text)!;
                    links++;
                    Assert.All((answer["value"]?.AsArray() ?? [answer.DeepClone()]).Take(1), link => Assert.StartsWith(_app.Address.ToString(), link!["@odata.id"]!.GetValue<string>(), StringComparison.Ordinal));
                }

                foreach (var body in bodies)
                {
                    foreach (var method in new[] { "PUT", "POST" })
                    {
                        (status, text) = await SendAsync(method, address, body);
                        Assert.True((int)status is >= 400 and < 500, $"{method} {address} {body}: {(int)status} {text}");
                        Assert.NotNull(JsonNode.Parse(text)!["error"]!["code"]);
                    }
                }

                await NoServerErrorAsync("PATCH", address, "{}");
                await NoServerErrorAsync("DELETE", $"{address}?$id=nothing(1)", null);
                await NoServerErrorAsync("DELETE", $"{address}?$id={set}(99999999999999999999)", null);
            }
        }

        Assert.True(links > 40, $"only {links} links read");
    }

    [Fact]
    public async Task ALink_LeadsToItsRow()
    {
        var person = (await _app.ListAsync("odata/influencers?$top=1&$filter=interactions/any()"))[0]!;

        var links = await _app.ListAsync($"odata/influencers({person["id"]})/interactions/$ref");
        var rows = await _app.ListAsync($"odata/influencers({person["id"]})/interactions?$orderby=id&$select=id");

        Assert.Equal(rows.Select(r => $"{_app.Address}odata/interactions({r!["id"]})"), links.Select(l => l!["@odata.id"]!.GetValue<string>()));
        Assert.Equal(rows[0]!["id"]!.ToJsonString(), (await _app.GetAsync(new Uri(links[0]!["@odata.id"]!.GetValue<string>()).PathAndQuery))["id"]!.ToJsonString());
    }

    private async Task NoServerErrorAsync(string method, string address, string? body)
    {
        var (status, text) = await SendAsync(method, address, body);
        Assert.True((int)status < 500, $"{method} {address} {body}: {(int)status} {text}");
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(string method, string address, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _app.Admin.SendAsync(request, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private async Task<List<(string Set, List<string> Navigations)>> SetsAsync()
    {
        var metadata = XDocument.Parse(await _app.Admin.GetStringAsync(new Uri("odata/$metadata", UriKind.Relative), Ct));
        var types = metadata.Descendants(Edm + "EntityType").ToDictionary(e => (string)e.Attribute("Name")!, e => e.Elements(Edm + "NavigationProperty").Select(n => (string)n.Attribute("Name")!).ToList());
        return [.. metadata.Descendants(Edm + "EntitySet").Select(e => ((string)e.Attribute("Name")!, types[((string)e.Attribute("EntityType")!).Split('.')[^1]]))];
    }

    private static string Comparable(JsonObject row)
    {
        var members = row.Where(m => !m.Key.StartsWith('@') && m.Key is not ("version" or "updatedAt")).OrderBy(m => m.Key, StringComparer.Ordinal);
        return string.Join('\n', members.Select(m => $"{m.Key}: {m.Value?.ToJsonString()}"));
    }
}
