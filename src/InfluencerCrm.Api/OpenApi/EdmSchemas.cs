using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>JSON schemas of the EDM's types and of request records, with the classes' XML comments as their text.</summary>
internal sealed class EdmSchemas(OpenApiDocument document)
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Docs = new();

    public IOpenApiSchema Of(IEdmEntityType type) => Component(type.Name, () => Entity(type));

    public IOpenApiSchema Page(IEdmEntityType type) => Component(type.Name + "Page", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = $"A page of {type.Name}.",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["@odata.context"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["@odata.count"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "All rows that match, when $count=true." },
            ["value"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(type) },
            ["@odata.nextLink"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Where the next page is; absent on the last." },
        },
    });

    public IOpenApiSchema Error() => Component("Error", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "The one error shape.",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["error"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable slug." },
                    ["message"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    ["target"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
                    ["details"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object } },
                },
            },
        },
    });

    /// <summary>An error answer, described once and referred to.</summary>
    public OpenApiResponseReference ErrorResponse(int status, string text)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        var name = $"Error{status}";
        document.Components.Responses.TryAdd(name, new OpenApiResponse
        {
            Description = text,
            Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = Error() } },
        });
        return new OpenApiResponseReference(name, document);
    }

    /// <summary>A parameter, described once and referred to.</summary>
    public IOpenApiParameter Parameter(OpenApiParameter parameter)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Parameters ??= new Dictionary<string, IOpenApiParameter>();
        var name = parameter.Name!.TrimStart('$') + parameter.In switch { ParameterLocation.Header => "Header", ParameterLocation.Path => "Path", _ => "Option" };
        if (document.Components.Parameters.TryGetValue(name, out var there) && there.Description != parameter.Description)
        {
            return parameter;
        }

        document.Components.Parameters.TryAdd(name, parameter);
        return new OpenApiParameterReference(name, document);
    }

    /// <summary>A record outside the EDM; <see cref="Optional{T}"/> members are what they hold.</summary>
    public IOpenApiSchema Record(Type record) => Component(record.Name, () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = DocOf(record),
        AdditionalPropertiesAllowed = false,
        Properties = record.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => Words.Camel(p.Name), Property),
    });

    /// <summary>A body that creates a row: what a change may hold, and the rows that may be sent inside.</summary>
    public IOpenApiSchema New(Type record, IEdmEntityType type, bool top)
    {
        var inside = InlineRow.Of(type, top).ToList();
        return inside.Count == 0 ? Record(record) : Component($"{(top ? "New" : "NewInside")}{type.Name}", () => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = DocOf(record),
            AdditionalPropertiesAllowed = false,
            Properties = record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => (Name: Words.Camel(p.Name), Schema: Property(p)))
                .Concat(inside.Select(n => (n.Name, Schema: (IOpenApiSchema)new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    MaxItems = InlineRow.Most,
                    Items = New(InlineRow.ChangesOf(n)!, n.ToEntityType(), top: false),
                })))
                .ToDictionary(p => p.Name, p => p.Schema),
        });
    }

    public string? DocOf(MemberInfo member)
    {
        var assembly = (member as Type ?? member.DeclaringType!).Assembly;
        var prefix = member switch
        {
            Type type => $"T:{type.FullName}",
            MethodInfo method => $"M:{method.DeclaringType!.FullName}.{method.Name}",
            _ => $"P:{member.DeclaringType!.FullName}.{member.Name}",
        };
        var docs = Docs.GetOrAdd(assembly, Load);
        return docs.TryGetValue(prefix, out var text) ? text
            : member is MethodInfo ? docs.FirstOrDefault(d => d.Key.StartsWith(prefix + "(", StringComparison.Ordinal)).Value
            : null;
    }

    private IOpenApiSchema Property(PropertyInfo property)
    {
        var type = property.PropertyType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            type = type.GetGenericArguments()[0];
        }

        return Described(Value(type), DocOf(property));
    }

    private OpenApiSchema Entity(IEdmEntityType type)
    {
        var clr = EdmTypes.ClrTypeOf(type);
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Description = DocOf(clr), Properties = new Dictionary<string, IOpenApiSchema>() };
        foreach (var property in type.StructuralProperties())
        {
            var member = clr.GetProperty(EdmTypes.ClrNameOf(property));
            if (member is not null)
            {
                schema.Properties[property.Name] = Described(Value(member.PropertyType), DocOf(member));
            }
        }

        foreach (var navigation in type.NavigationProperties())
        {
            var target = Component(navigation.ToEntityType().Name, () => Entity(navigation.ToEntityType()));
            schema.Properties[navigation.Name] = navigation.TargetMultiplicity() == EdmMultiplicity.Many
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = target, Description = "With $expand." }
                : target;
        }

        return schema;
    }

    private IOpenApiSchema Value(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var nullable = type != declared ? JsonSchemaType.Null : 0;
        if (type.IsEnum)
        {
            return Component(type.Name, () => new OpenApiSchema { Type = JsonSchemaType.String, Description = DocOf(type), Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)Words.Camel(n))] });
        }

        if (type == typeof(LocalizedText) || type == typeof(LocalizedWords))
        {
            return Component(type.Name, () => new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = DocOf(type),
                AdditionalProperties = type == typeof(LocalizedText) ? new OpenApiSchema { Type = JsonSchemaType.String } : new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            });
        }

        if (type != typeof(string) && type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } list)
        {
            return new OpenApiSchema { Type = JsonSchemaType.Array | nullable, Items = Value(list.GetGenericArguments()[0]) };
        }

        return type switch
        {
            _ when type == typeof(string) => new OpenApiSchema { Type = JsonSchemaType.String },
            _ when type == typeof(bool) => new OpenApiSchema { Type = JsonSchemaType.Boolean | nullable },
            _ when type == typeof(int) => new OpenApiSchema { Type = JsonSchemaType.Integer | nullable, Format = "int32" },
            _ when type == typeof(long) => new OpenApiSchema { Type = JsonSchemaType.Integer | nullable, Format = "int64" },
            _ when type == typeof(double) || type == typeof(decimal) => new OpenApiSchema { Type = JsonSchemaType.Number | nullable },
            _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) => new OpenApiSchema { Type = JsonSchemaType.String | nullable, Format = "date-time" },
            _ when type == typeof(Guid) => new OpenApiSchema { Type = JsonSchemaType.String | nullable, Format = "uuid" },
            _ when type == typeof(TimeOnly) || type == typeof(TimeSpan) => new OpenApiSchema { Type = JsonSchemaType.String | nullable, Format = "time" },
            _ when type.IsClass => Record(type),
            _ => new OpenApiSchema { Type = JsonSchemaType.String | nullable },
        };
    }

    private static IOpenApiSchema Described(IOpenApiSchema schema, string? text)
    {
        if (text is not null && schema is OpenApiSchema own)
        {
            own.Description = text;
        }

        return schema;
    }

    private OpenApiSchemaReference Component(string name, Func<OpenApiSchema> make)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        if (!document.Components.Schemas.ContainsKey(name))
        {
            // The name is taken first: types refer to each other in circles.
            document.Components.Schemas[name] = new OpenApiSchema();
            document.Components.Schemas[name] = make();
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static IReadOnlyDictionary<string, string> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(file))
        {
            return new Dictionary<string, string>();
        }

        return XDocument.Load(file).Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .GroupBy(m => (string)m.Attribute("name")!)
            .ToDictionary(g => g.Key, g => Text(g.First().Element("summary")!), StringComparer.Ordinal);
    }

    private static string Text(XElement summary)
    {
        foreach (var element in summary.Descendants().ToList())
        {
            var name = (string?)element.Attribute("cref") ?? (string?)element.Attribute("name") ?? (string?)element.Attribute("langword");
            element.ReplaceWith(name is null ? element.Value : name[(name.LastIndexOfAny(['.', ':']) + 1)..]);
        }

        return string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
