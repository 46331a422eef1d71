using System.Net.Http.Json;

namespace InfluencerCrm.Api.Tests.OpenApi;

/// <summary>The bodies that the description shows are sent as they stand, in an order in which the rows they refer to are there.</summary>
public sealed class BodyExampleTests : OpenApiTest
{
    private static readonly string[] First =
        ["Client", "Topic", "Outlet", "Platform", "Influencer", "Campaign", "Story", "MediaList", "SendOut"];

    [Fact]
    public async Task EveryExample_CreatesARow()
    {
        var document = await DocumentAsync();
        await PrepareAsync();
        var refused = new List<string>();
        foreach (var create in Creates(document))
        {
            using var response = await App.Admin.PostAsJsonAsync(Address(create), Example(document, create), Ct);
            if (response.StatusCode != HttpStatusCode.Created)
            {
                refused.Add($"{create.Id}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}");
            }
        }

        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    [Fact]
    public async Task WhatIsRequired_CannotBeLeftOut()
    {
        var document = await DocumentAsync();
        await PrepareAsync();
        var taken = new List<string>();
        foreach (var create in Creates(document))
        {
            var example = Example(document, create);
            foreach (var left in RequiredOf(document, create))
            {
                using var response = await App.Admin.PostAsJsonAsync(Address(create), Without(example, left), Ct);
                if (response.StatusCode is not (HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest))
                {
                    taken.Add($"{create.Id} without {left}: {(int)response.StatusCode}");
                }
            }

            using var whole = await App.Admin.PostAsJsonAsync(Address(create), example, Ct);
        }

        Assert.True(taken.Count == 0, string.Join('\n', taken));
    }

    private static List<Operation> Creates(JsonObject document)
    {
        var creates = OperationsOf(document).Where(o => o.Id.StartsWith("create", StringComparison.Ordinal)).ToList();
        Assert.True(creates.Count > 35);
        return [.. creates.OrderBy(o => Array.IndexOf(First, o.Id["create".Length..]) is var at and >= 0 ? at : First.Length)];
    }

    private static string Address(Operation create) => create.Path.TrimStart('/').Replace("{id}", "1", StringComparison.Ordinal);

    private static JsonObject Content(JsonObject document, Operation create) => Resolve(document, create.Text["requestBody"]!)["content"]!["application/json"]!.AsObject();

    private static JsonObject Example(JsonObject document, Operation create) =>
        Content(document, create)["example"]?.AsObject() ?? throw new InvalidOperationException($"{create.Id} has no example.");

    private static List<string> RequiredOf(JsonObject document, Operation create)
    {
        var schema = Resolve(document, Content(document, create)["schema"]!);
        return [.. (schema["required"]?.AsArray() ?? []).Concat((schema["allOf"]?.AsArray() ?? []).SelectMany(p => p!["required"]?.AsArray() ?? [])).Select(r => r!.GetValue<string>())];
    }

    private static JsonObject Without(JsonObject example, string member)
    {
        var body = example.DeepClone().AsObject();
        Assert.True(body.Remove(member));
        return body;
    }

    // Rows that the examples refer to beside their own: a second person and user, and what no set creates, a story's file.
    private async Task PrepareAsync()
    {
        await App.CreateAsync("influencers", new { displayName = "Somebody before" });
        await App.CreateAsync("users", new { displayName = "A colleague", email = "colleague@agency.example.org", role = "assistant", password = "a long enough password" });
        var story = await App.CreateAsync("stories", new { title = "With a file", kind = "release" });
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "figures.pdf" } };
        using var response = await App.Admin.PostAsync(new Uri($"api/stories/{story["id"]}/assets", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
