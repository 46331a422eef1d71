using System.Reflection;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>Schemas of single members: what JSON holds for a CLR type.</summary>
/// <param name="older">For OpenAPI 3.0, where a reference cannot be empty too.</param>
internal sealed class ValueSchemas(EdmSchemas schemas, bool older)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly OpenApiSchema Nothing = new() { Type = JsonSchemaType.Null };

    public IOpenApiSchema Of(PropertyInfo property, string name)
    {
        NullabilityInfo info;
        lock (Nullability)
        {
            info = Nullability.Create(property);
        }

        if (info.Type is { IsGenericType: true } && info.Type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            info = info.GenericTypeArguments[0];
        }

        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var nullable = type != info.Type || (!type.IsValueType && info.ReadState == NullabilityState.Nullable);
        if (older && nullable && type.IsEnum)
        {
            return new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Enum = WordsOf(type), Description = XmlDocs.Of(type) };
        }

        var schema = Value(type);
        if (schema is OpenApiSchema own)
        {
            own.Type |= nullable ? JsonSchemaType.Null : 0;
            own.Examples = MemberWords.ExampleOf(name) is { } example && ValueExamples.Suits(example, own.Type) ? [example] : null;
            return own;
        }

        return !nullable ? schema
            : !older ? new OpenApiSchema { AnyOf = [schema, Nothing], Description = XmlDocs.Of(type) }
            : new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null, AllOf = [schema], Description = XmlDocs.Of(type) };
    }

    private IOpenApiSchema Value(Type type)
    {
        if (type == typeof(KeyScopes))
        {
            return new OpenApiSchema { Type = JsonSchemaType.String, Description = $"{XmlDocs.Of(type)} Words with commas between." };
        }

        if (type.IsEnum)
        {
            return schemas.Named(type.Name, () => new OpenApiSchema { Type = JsonSchemaType.String, Description = XmlDocs.Of(type), Enum = WordsOf(type) });
        }

        if (type == typeof(LocalizedText) || type == typeof(LocalizedWords))
        {
            var text = DocumentParts.Text();
            return schemas.Named(type.Name, () => new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = XmlDocs.Of(type),
                AdditionalProperties = type == typeof(LocalizedText) ? text : new OpenApiSchema { Type = JsonSchemaType.Array, Items = text },
                Examples = [ValueExamples.Of(type, "")!],
            });
        }

        if (Arguments(type, typeof(IReadOnlyDictionary<,>)) is [_, var counted])
        {
            return new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Value(counted) };
        }

        if (type != typeof(string) && Arguments(type, typeof(IEnumerable<>)) is [var element])
        {
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = Value(element) };
        }

        return type switch
        {
            _ when type == typeof(string) => DocumentParts.Text(),
            _ when type == typeof(bool) => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            _ when type == typeof(int) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            _ when type == typeof(long) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            _ when type == typeof(double) || type == typeof(decimal) => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
            _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) => DocumentParts.Text("date-time"),
            _ when type == typeof(DateOnly) => DocumentParts.Text("date"),
            _ when type == typeof(Guid) => DocumentParts.Text("uuid"),
            _ when type.IsClass => schemas.Record(type),
            _ => DocumentParts.Text(),
        };
    }

    private static List<JsonNode> WordsOf(Type words) => [.. Enum.GetNames(words).Select(n => (JsonNode)Words.Camel(n))];

    private static Type[]? Arguments(Type type, Type generic) =>
        type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == generic)?.GetGenericArguments();
}
