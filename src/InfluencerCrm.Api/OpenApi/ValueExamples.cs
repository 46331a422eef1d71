using System.Text.Json.Nodes;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What the values of rows look like.</summary>
internal static class ValueExamples
{
    /// <summary>Null where only a made-up text could stand.</summary>
    public static JsonNode? Of(Type declared, string name)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(LocalizedText))
        {
            return new JsonObject { ["en"] = "Home batteries", ["fr"] = "Batteries domestiques" };
        }

        if (type == typeof(LocalizedWords))
        {
            return new JsonObject { ["en"] = new JsonArray("battery", "storage") };
        }

        var known = MemberWords.ExampleOf(name);
        return type switch
        {
            _ when type == typeof(KeyScopes) => "read,write",
            _ when type.IsEnum => Words.Camel(Enum.GetNames(type)[0]),
            _ when type == typeof(bool) => false,
            _ when type == typeof(int) || type == typeof(long) => name == "id" ? 42 : 1,
            _ when type == typeof(double) || type == typeof(decimal) => known is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number ? known : 61.5,
            _ when type == typeof(DateTime) => "2026-11-24T10:00:00Z",
            _ when type == typeof(Guid) => "3f2b8a52-1c77-4d0e-9a55-0d6c1f0e7b11",
            _ when type == typeof(string) => known is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String ? known : null,
            _ => known as JsonArray,
        };
    }

    public static bool Suits(JsonNode example, JsonSchemaType? type) => example.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Array => type?.HasFlag(JsonSchemaType.Array) == true,
        System.Text.Json.JsonValueKind.Number => type?.HasFlag(JsonSchemaType.Number) == true,
        _ => type?.HasFlag(JsonSchemaType.String) == true && type?.HasFlag(JsonSchemaType.Object) != true,
    };
}
