using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.OpenApi;

public sealed partial class DescriptionTests : OpenApiTest
{
    [Fact]
    public async Task EveryMemberOfEverySchema_IsDescribed()
    {
        var document = await DocumentAsync();
        var schemas = document["components"]!["schemas"]!.AsObject();

        var members = schemas.SelectMany(s => Members(s.Key, s.Value!.AsObject())).ToList();

        Assert.True(members.Count > 800);
        Assert.Empty(members.Where(m => m.Schema["description"] is null && Resolve(document, m.Schema)["description"] is null).Select(m => m.Name));
        Assert.Empty(schemas.Where(s => s.Value!["description"] is null).Select(s => s.Key));
    }

    [Fact]
    public async Task EveryOperation_HasAnIdOfItsOwn_Texts_AndErrors()
    {
        var operations = OperationsOf(await DocumentAsync()).ToList();

        Assert.True(operations.Count > 300);
        Assert.Empty(operations.GroupBy(o => o.Id).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(operations.Where(o => string.IsNullOrWhiteSpace((string?)o.Text["summary"]) || string.IsNullOrWhiteSpace((string?)o.Text["description"])).Select(o => o.Id));
        Assert.Empty(operations.Where(o => o.Text["responses"]!["default"] is null || o.Text["security"] is null && o.Text["responses"]!["429"] is null).Select(o => o.Id));
    }

    [Fact]
    public async Task EveryErrorAnswer_HasTheOneShape()
    {
        var document = await DocumentAsync();

        var errors = OperationsOf(document).SelectMany(o => o.Text["responses"]!.AsObject()).Where(r => r.Key is "default" || r.Key[0] is '4').Select(r => Resolve(document, r.Value!)).ToList();

        Assert.NotEmpty(errors);
        Assert.All(errors, e => Assert.Equal("#/components/schemas/Error", (string?)e["content"]!["application/json"]!["schema"]!["$ref"]));
    }

    [Fact]
    public async Task WhatIsDescribed_IsServed_AndNothingElseAtThoseAddresses()
    {
        var document = await DocumentAsync();
        var described = OperationsOf(document).Where(o => o.Path.StartsWith("/odata/", StringComparison.Ordinal) && !o.Path.EndsWith("$batch", StringComparison.Ordinal) || o.Path.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(o => Addresses(o).Select(a => (Address: a, o.Method))).GroupBy(o => o.Address, o => o.Method.ToUpperInvariant()).ToList();

        var differences = new List<string>();
        await OwnersAsync();
        foreach (var address in described)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(address.Key.TrimStart('/'), UriKind.Relative));
            using var response = await App.Admin.SendAsync(request, Ct);
            var allowed = response.Content.Headers.Allow.Except(["HEAD", "OPTIONS"]).ToList();
            differences.AddRange(address.Except(allowed).Select(method => $"{method} {address.Key} is described and not served"));
            foreach (var method in allowed.Except(address))
            {
                // Rows that the product itself writes (a send-out's messages) are refused to everybody, which is no operation.
                using var refused = await SendAsync(App.Admin, HttpMethod.Parse(method), address.Key.TrimStart('/'), "{}", "*");
                if (refused.StatusCode is not HttpStatusCode.Forbidden)
                {
                    differences.Add($"{method} {address.Key} is served and not described");
                }
            }
        }

        Assert.NotEmpty(described);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private async Task OwnersAsync()
    {
        await App.CreateAsync("influencers", new { displayName = "Zoé Lefèvre" });
        await App.CreateAsync("platforms", new { name = "Example Social" });
        await App.CreateAsync("presences", new { influencerId = 1, platformId = 1, handle = "zoe" });
        await App.CreateAsync("stories", new { title = "Home batteries" });
        await App.CreateAsync("sendOuts", new { name = "Release" });
        await App.CreateAsync("webhooks", new { url = "https://tool.example.org/hooks" });
    }

    [Fact]
    public async Task EveryEventOfWebhooks_IsDescribed()
    {
        var document = await DocumentAsync();

        var events = document["webhooks"]!.AsObject().Select(w => w.Key).ToList();

        Assert.Equal(InfluencerCrm.Core.Webhooks.WebhookEvents.All.Order(StringComparer.Ordinal), events.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, JsonObject Schema)> Members(string name, JsonObject schema)
    {
        foreach (var (member, value) in schema["properties"]?.AsObject() ?? [])
        {
            yield return ($"{name}.{member}", value!.AsObject());
        }

        foreach (var inner in (schema["allOf"]?.AsArray() ?? []).SelectMany(part => Members(name, part!.AsObject())).Concat(schema["properties"]?["data"] is JsonObject data ? Members($"{name}.data", data) : []))
        {
            yield return inner;
        }
    }

    /// <summary>With numbers for keys, and each link by its name.</summary>
    private static IEnumerable<string> Addresses(Operation operation)
    {
        var path = Key().Replace(operation.Path, "1");
        var link = operation.Text["parameters"]?.AsArray().FirstOrDefault(p => (string?)p!["name"] == "link");
        return link is null ? [path] : link["schema"]!["enum"]!.AsArray().Select(l => path.Replace("{link}", l!.GetValue<string>(), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{(id|relatedId)\}")]
    private static partial Regex Key();
}
