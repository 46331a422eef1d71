using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>What a set takes by POST, as the product's own description says it.</summary>
internal static class WrittenMembers
{
    private static readonly string[] OtherThanTexts = ["date-time", "date", "time", "duration", "uuid", "byte", "binary"];

    /// <summary>The members by name; null where nothing is taken.</summary>
    public static IReadOnlyDictionary<string, JsonObject>? Of(JsonObject description, IEdmEntitySet set)
    {
        if (description["paths"]![$"/odata/{set.Name}"]?["post"]?["requestBody"] is not JsonObject body)
        {
            return null;
        }

        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        Add(description, Followed(description, body)["content"]!["application/json"]!["schema"]!.AsObject(), found);
        return found;
    }

    public static bool IsText(JsonObject member) =>
        (member["type"] is JsonArray types ? types.Select(t => t!.GetValue<string>()) : [member["type"]?.GetValue<string>() ?? ""]).Contains("string")
        && member["enum"] is null && !OtherThanTexts.Contains(member["format"]?.GetValue<string>());

    private static void Add(JsonObject description, JsonObject schema, Dictionary<string, JsonObject> found)
    {
        schema = Followed(description, schema);
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            Add(description, part!.AsObject(), found);
        }

        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            found[name] = member!.AsObject();
        }
    }

    private static JsonObject Followed(JsonObject description, JsonObject node) => node["$ref"]?.GetValue<string>() is not { } path ? node
        : Followed(description, path.Split('/').Skip(1).Aggregate((JsonNode)description, (at, name) => at[name]!).AsObject());
}
