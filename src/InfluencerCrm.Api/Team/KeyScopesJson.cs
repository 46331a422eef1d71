using System.Text.Json;
using System.Text.Json.Serialization;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Api.Team;

/// <summary>Scopes of a key as a list of words: <c>["read","write"]</c>.</summary>
internal sealed class KeyScopesJson : JsonConverter<KeyScopes>
{
    private static readonly KeyScopes[] Single = [KeyScopes.Read, KeyScopes.Write, KeyScopes.Send, KeyScopes.Admin];

    public static IEnumerable<string> Names(KeyScopes scopes) => Single.Where(s => scopes.HasFlag(s)).Select(s => Words.Camel(s.ToString()));

    public override KeyScopes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var scopes = KeyScopes.None;
        foreach (var name in JsonSerializer.Deserialize<List<string>>(ref reader, options) ?? [])
        {
            var scope = Single.FirstOrDefault(s => Words.Camel(s.ToString()) == name);
            scopes |= scope != KeyScopes.None ? scope : throw new JsonException($"{name} is no scope.");
        }

        return scopes;
    }

    public override void Write(Utf8JsonWriter writer, KeyScopes value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, Names(value), options);
}
