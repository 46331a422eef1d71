using System.Text.Json.Nodes;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>A body that creates a row.</summary>
/// <param name="Body">Works as it stands where the rows that it refers to are there.</param>
/// <param name="Required">Members without which it would be refused, whatever else is sent; not those that one of two must be, nor those that the address gives where a row is made through its owner.</param>
internal sealed record BodyExample(JsonObject? Body, IReadOnlyList<string> Required);

/// <summary>Bodies that create rows, from <c>examples.json</c>; a test sends them all.</summary>
internal static class BodyExamples
{
    private static readonly Lazy<JsonObject> All = new(() =>
    {
        using var file = typeof(BodyExamples).Assembly.GetManifestResourceStream("InfluencerCrm.Api.OpenApi.examples.json")!;
        return JsonNode.Parse(file)!.AsObject();
    });

    public static BodyExample Of(string type) => All.Value[type] is JsonObject example
        ? new BodyExample(example["body"]!.DeepClone().AsObject(), [.. example["required"]!.AsArray().Select(r => r!.GetValue<string>())])
        : new BodyExample(null, []);
}
