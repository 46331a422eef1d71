using System.Text.Json;
using System.Text.Json.Serialization;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Api.Team;

/// <summary>Scopes of a key as words: a list, <c>["read","write"]</c>, or a text, <c>"read,write"</c>, as OData writes flags.</summary>
internal sealed class KeyScopesJson : JsonConverter<KeyScopes>
{
    private static readonly KeyScopes[] Single = [KeyScopes.Read, KeyScopes.Write, KeyScopes.Send, KeyScopes.Admin];

    public static IEnumerable<string> Names(KeyScopes scopes) => Single.Where(s => scopes.HasFlag(s)).Select(s => Words.Camel(s.ToString()));

    public override KeyScopes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var scopes = KeyScopes.None;
        var names = reader.TokenType == JsonTokenType.String
            ? reader.GetString()!.Split(',', StringSplitOptions.TrimEntries)
            : JsonSerializer.Deserialize<string[]>(ref reader, options) ?? [];
        foreach (var name in names)
        {
            var scope = Single.FirstOrDefault(s => Words.Camel(s.ToString()) == name);
            scopes |= scope != KeyScopes.None ? scope : throw new JsonException($"{name} is no scope.");
        }

        return scopes;
    }

    public override void Write(Utf8JsonWriter writer, KeyScopes value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, Names(value), options);
}
