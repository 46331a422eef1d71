using System.Reflection;
using System.Text.Json.Nodes;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Data;
using Microsoft.OData.Edm;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>JSON schemas of the EDM's types and of request records, with the classes' XML comments as their text.</summary>
internal sealed class EdmSchemas
{
    private readonly DocumentParts _parts;
    private readonly ValueSchemas _values;

    /// <param name="parts">Where they are written.</param>
    /// <param name="older">For OpenAPI 3.0.</param>
    public EdmSchemas(DocumentParts parts, bool older)
    {
        _parts = parts;
        _values = new ValueSchemas(this, older);
    }

    public IOpenApiSchema Of(IEdmEntityType type) => Named(type.Name, () => Entity(type));

    public IOpenApiSchema Page(IEdmEntityType type) => Named(type.Name + "Page", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = $"A page of {type.Name}.",
        Required = new HashSet<string> { "value" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["@odata.context"] = Context(),
            ["@odata.count"] = Named("Count", () => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "All rows that match, with `$count=true`." }),
            ["value"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(type), Description = "The rows." },
            ["@odata.nextLink"] = Named("NextLink", () => new OpenApiSchema { Type = JsonSchemaType.String, Description = "Where the next page is; absent on the last. Ask for it as it is." }),
            ["@odata.deltaLink"] = Named("DeltaLink", () => new OpenApiSchema { Type = JsonSchemaType.String, Description = "On the last page, when changes are tracked: where to ask later for what has changed. The answer holds changed rows, and `{\"reason\":\"deleted\"}` for those that are gone." }),
        },
    });

    public IOpenApiSchema Context() => Named("Context", () => new OpenApiSchema { Type = JsonSchemaType.String, Description = "What the answer is, as an address into $metadata." });

    /// <summary>A row named by its address.</summary>
    public IOpenApiSchema Link() => Named("Link", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "A row, named by its address.",
        Required = new HashSet<string> { "@odata.id" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["@odata.id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Address of the row, whole or from the service on.", Examples = ["campaigns(3)"] } },
    });

    /// <summary>A record outside the EDM; <see cref="Optional{T}"/> members are what they hold.</summary>
    public IOpenApiSchema Record(Type record) => Named(record.Name, () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = XmlDocs.Of(record),
        Required = RequiredOf(record),
        Properties = Members(record).ToDictionary(p => Words.Camel(p.Name), Property),
    });

    /// <summary>A body that creates a row: what a change may hold, what must be there, and the rows that may be sent inside.</summary>
    public IOpenApiSchema New(Type record, IEdmEntityType type, bool top)
    {
        var inside = InlineRow.Of(type, top).ToList();
        var sample = BodyExamples.Of(type.Name);
        if (inside.Count == 0 && sample.Required.Count == 0)
        {
            return Record(record);
        }

        return Named($"{(top || inside.Count == 0 ? "New" : "NewInside")}{type.Name}", () => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = XmlDocs.Of(EdmTypes.ClrTypeOf(type)),
            Required = sample.Required.Count == 0 ? null : new HashSet<string>(sample.Required),
            AllOf = inside.Count == 0 ? [Record(record)] : [Record(record), Inside(inside)],
        });
    }

    private OpenApiSchema Inside(IEnumerable<IEdmNavigationProperty> navigations) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = navigations.ToDictionary(n => n.Name, IOpenApiSchema (n) => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = $"{TextOf(n)} Sent inside the new row.",
            MaxItems = InlineRow.Most,
            Items = New(InlineRow.ChangesOf(n)!, n.ToEntityType(), top: false),
        }),
    };

    /// <summary>A schema that is written once and referred to.</summary>
    public OpenApiSchemaReference Named(string name, Func<OpenApiSchema> make)
    {
        var all = _parts.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        if (!all.ContainsKey(name))
        {
            // The name is taken first: types refer to each other in circles.
            all[name] = new OpenApiSchema();
            all[name] = make();
        }

        return new OpenApiSchemaReference(name, _parts.Document);
    }

    public IOpenApiSchema Described(IOpenApiSchema schema, string? text)
    {
        switch (schema)
        {
            case OpenApiSchema own when text is not null:
                own.Description = text;
                break;
            case OpenApiSchemaReference reference when text is not null:
                // Beside a reference from OpenAPI 3.1 on; before, the type's own text stands there.
                reference.Description = text;
                break;
        }

        return schema;
    }

    private IOpenApiSchema Property(PropertyInfo property)
    {
        var name = Words.Camel(property.Name);
        return Described(_values.Of(property, name), XmlDocs.Of(property) ?? OfWrittenRow(property) ?? MemberWords.TextOf(name));
    }

    /// <summary>What a record changes is described where it is.</summary>
    private static string? OfWrittenRow(PropertyInfo property) =>
        WrittenRows.Value.TryGetValue(property.DeclaringType!, out var row) && row.GetProperty(property.Name) is { } member ? XmlDocs.Of(member) : null;

    private static readonly Lazy<Dictionary<Type, Type>> WrittenRows = new(() => CrmEdm.Model.SchemaElements.OfType<IEdmEntityType>().Select(EdmTypes.ClrTypeOf)
        .SelectMany(row => row.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWritable<,>)).Select(i => (Row: row, Record: i.GetGenericArguments()[1])))
        .ToDictionary(w => w.Record, w => w.Row));

    private OpenApiSchema Entity(IEdmEntityType type)
    {
        var row = EdmTypes.ClrTypeOf(type);
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Description = XmlDocs.Of(row), Properties = new Dictionary<string, IOpenApiSchema>() };
        var example = new JsonObject();
        foreach (var property in type.StructuralProperties())
        {
            if (row.GetProperty(EdmTypes.ClrNameOf(property)) is not { } member)
            {
                continue;
            }

            schema.Properties[property.Name] = Described(_values.Of(member, property.Name), XmlDocs.Of(member) ?? MemberWords.TextOf(property.Name));
            if (ValueExamples.Of(member.PropertyType, property.Name) is { } value)
            {
                example[property.Name] = value;
            }
        }

        foreach (var navigation in type.NavigationProperties())
        {
            var target = Of(navigation.ToEntityType());
            schema.Properties[navigation.Name] = navigation.TargetMultiplicity() == EdmMultiplicity.Many
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = target, Description = Expanded(navigation) }
                : Described(target, Expanded(navigation));
        }

        // Without one, tools make one up out of all that could be expanded.
        schema.Examples = [example];
        return schema;
    }

    private static string TextOf(IEdmNavigationProperty navigation)
    {
        var member = EdmTypes.ClrTypeOf(navigation.DeclaringEntityType()).GetProperty(EdmTypes.ClrNameOf(navigation));
        return (member is null ? null : XmlDocs.Of(member)) ?? $"The {WordsOf.Name(navigation.Name)}.";
    }

    private static string Expanded(IEdmNavigationProperty navigation) => $"{TextOf(navigation)} With `$expand`.";

    /// <summary>Members that a record cannot be without.</summary>
    public static HashSet<string>? RequiredOf(Type record)
    {
        var required = Members(record).Where(p => p.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
            .Concat(record.GetConstructors().SelectMany(c => c.GetParameters()).Where(p => p is { HasDefaultValue: false, Name: not null } && Nullable.GetUnderlyingType(p.ParameterType) is null
                    && new NullabilityInfoContext().Create(p).WriteState != NullabilityState.Nullable)
                .Select(p => record.GetProperty(p.Name!)).OfType<PropertyInfo>())
            .Select(p => Words.Camel(p.Name)).ToHashSet();
        return required.Count == 0 ? null : required;
    }

    private static PropertyInfo[] Members(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
