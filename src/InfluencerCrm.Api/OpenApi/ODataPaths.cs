using System.Reflection;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.OData.Routing.Controllers;
using Microsoft.OData.Edm;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>
/// Describes the OData part of the API from the EDM and the controllers' capabilities. Swashbuckle alone sees every keyed route
/// twice, no query options, and drags the library's own types in.
/// </summary>
internal sealed class ODataPaths : IDocumentFilter
{
    private const string Prefix = "/odata";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = new EdmSchemas(swaggerDoc);
        foreach (var set in CrmEdm.Model.EntityContainer.EntitySets().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            var controller = ControllerOf(set);
            if (controller is not null)
            {
                new SetPaths(swaggerDoc, schemas, set, controller).Add(Prefix);
            }
        }

        swaggerDoc.Paths[Prefix + "/$metadata"] = new OpenApiPathItem
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation>
            {
                [HttpMethod.Get] = new()
                {
                    OperationId = "getMetadata",
                    Summary = "The OData metadata document (CSDL).",
                    Tags = new HashSet<OpenApiTagReference> { new("Metadata", swaggerDoc) },
                    Responses = new OpenApiResponses
                    {
                        ["200"] = new OpenApiResponse { Description = "CSDL in XML.", Content = new Dictionary<string, IOpenApiMediaType> { ["application/xml"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } } },
                    },
                },
            },
        };
    }

    private static Type? ControllerOf(IEdmEntitySet set) => typeof(ODataPaths).Assembly.GetTypes()
        .FirstOrDefault(t => typeof(ODataController).IsAssignableFrom(t) && !t.IsAbstract && string.Equals(t.Name, set.Name + "Controller", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The paths of one entity set.</summary>
internal sealed class SetPaths(OpenApiDocument document, EdmSchemas schemas, IEdmEntitySet set, Type controller)
{
    private readonly string _noun = Words.Of(EdmTypes.ClrTypeOf(set.EntityType));
    private readonly Type? _changes = ChangesOf(controller);

    public void Add(string prefix)
    {
        var type = set.EntityType;
        var path = $"{prefix}/{set.Name}";
        var list = Item(path);
        Operation(list, HttpMethod.Get, $"list{Upper(set.Name)}", $"Lists {set.Name}.", schemas.DocOf(EdmTypes.ClrTypeOf(type)), QueryOptions(), null, schemas.Page(type), "200", [400, 401, 403]);
        var one = Item($"{path}({{id}})");
        Operation(one, HttpMethod.Get, $"get{type.Name}", $"One {_noun}.", null, [Id(), Select(), Expand(), Header("If-None-Match", "An ETag; 304 when it still holds.")], null, schemas.Of(type), "200", [401, 403, 404, 410]);
        if (_changes is not null)
        {
            Operation(list, HttpMethod.Post, $"create{type.Name}", $"Creates one {_noun}.", null, [Prefer()], schemas.New(_changes, type, top: true), schemas.Of(type), "201", [400, 401, 403, 409, 415, 422]);
            Operation(one, HttpMethod.Patch, $"update{type.Name}", $"Changes the members that are sent.", null, [Id(), IfMatch(), Prefer()], schemas.Record(_changes), schemas.Of(type), "200", [400, 401, 403, 404, 409, 412, 415, 422, 428]);
            Operation(one, HttpMethod.Put, $"replace{type.Name}", "Replaces the row: members that are not sent become what they are in a new one.", null, [Id(), IfMatch(), Prefer()], schemas.Record(_changes), schemas.Of(type), "200", [400, 401, 403, 404, 409, 412, 415, 422, 428]);
            Operation(one, HttpMethod.Delete, $"delete{type.Name}", $"Deletes one {_noun}; one with history is archived.", null, [Id(), IfMatch()], null, null, "204", [401, 403, 404, 409, 412, 428]);
        }

        foreach (var navigation in type.NavigationProperties())
        {
            Navigation(path, navigation);
        }

        foreach (var operation in CrmEdm.Model.FindDeclaredBoundOperations(type))
        {
            Bound(path, operation);
        }
    }

    private void Navigation(string path, IEdmNavigationProperty navigation)
    {
        var many = navigation.TargetMultiplicity() == EdmMultiplicity.Many;
        var target = navigation.ToEntityType();
        var item = Item($"{path}({{id}})/{navigation.Name}");
        var name = $"{set.EntityType.Name}{Upper(navigation.Name)}";
        Operation(item, HttpMethod.Get, $"get{name}", many ? $"The {navigation.Name} of one {_noun}." : $"The {navigation.Name} of one {_noun}, or 204.", null,
            many ? [Id(), .. QueryOptions()] : [Id(), Select(), Expand()], null, many ? schemas.Page(target) : schemas.Of(target), "200", [400, 401, 403, 404]);
        var changes = InlineRow.ChangesOf(navigation);
        if (!many || changes is null || _changes is null)
        {
            return;
        }

        Operation(item, HttpMethod.Post, $"add{name}", $"Adds to the {navigation.Name} of one {_noun}.", null, [Id(), Prefer()], schemas.New(changes, target, top: true), schemas.Of(target), "201", [400, 401, 403, 404, 409, 415, 422]);
        if (!navigation.ContainsTarget)
        {
            return;
        }

        var one = Item($"{path}({{id}})/{navigation.Name}({{relatedId}})");
        var related = new OpenApiParameter { Name = "relatedId", In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } };
        Operation(one, HttpMethod.Get, $"getOne{name}", $"One of the {navigation.Name} of one {_noun}.", null, [Id(), related, Select()], null, schemas.Of(target), "200", [401, 403, 404]);
        Operation(one, HttpMethod.Patch, $"updateOne{name}", "Changes the members that are sent.", null, [Id(), related, IfMatch(), Prefer()], schemas.Record(changes), schemas.Of(target), "200", [400, 401, 403, 404, 409, 412, 415, 422, 428]);
        Operation(one, HttpMethod.Put, $"replaceOne{name}", "Replaces the row: members that are not sent become what they are in a new one.", null, [Id(), related, IfMatch(), Prefer()], schemas.Record(changes), schemas.Of(target), "200", [400, 401, 403, 404, 409, 412, 415, 422, 428]);
        Operation(one, HttpMethod.Delete, $"deleteOne{name}", $"Removes one of the {navigation.Name}.", null, [Id(), related, IfMatch()], null, null, "204", [401, 403, 404, 409, 412, 428]);
    }

    private void Bound(string path, IEdmOperation operation)
    {
        var method = controller.GetMethods().FirstOrDefault(m => string.Equals(m.Name, operation.Name, StringComparison.OrdinalIgnoreCase));
        if (method is null)
        {
            return;
        }

        var item = Item($"{path}({{id}})/{operation.Name}{(operation is IEdmFunction ? "()" : "")}");
        var body = method.GetCustomAttribute<BodyAttribute>()?.Record;
        var answer = AnswerOf(operation, method.GetCustomAttribute<AnswerAttribute>() is { } declared ? declared.Record ?? EdmTypes.ClrTypeOf(set.EntityType) : null);
        Operation(item, operation is IEdmFunction ? HttpMethod.Get : HttpMethod.Post, $"{operation.Name}{set.EntityType.Name}",
            schemas.DocOf(method) ?? $"{Upper(operation.Name)} of one {_noun}.", null, [Id()], body is null ? null : schemas.Record(body),
            answer, answer is null ? "204" : "200", operation is IEdmFunction ? [401, 403, 404] : [400, 401, 403, 404, 409, 422]);
    }

    private IOpenApiSchema? AnswerOf(IEdmOperation operation, Type? record) =>
        operation.GetReturn()?.Type?.Definition is IEdmCollectionType { ElementType.Definition: IEdmEntityType many } ? schemas.Page(many)
        : record is null ? null
        : typeof(IRow).IsAssignableFrom(record) ? schemas.Of(EdmTypes.EntityTypeOf(record))
        : schemas.Record(record);

    private OpenApiPathItem Item(string path)
    {
        if (document.Paths.TryGetValue(path, out var there))
        {
            return (OpenApiPathItem)there;
        }

        var item = new OpenApiPathItem { Operations = [] };
        document.Paths[path] = item;
        return item;
    }

    private void Operation(OpenApiPathItem item, HttpMethod method, string id, string summary, string? description, IEnumerable<OpenApiParameter> parameters, IOpenApiSchema? body, IOpenApiSchema? answer, string success, int[] errors)
    {
        var operation = new OpenApiOperation
        {
            OperationId = id,
            Summary = summary,
            Description = description,
            Tags = new HashSet<OpenApiTagReference> { new(set.Name, document) },
            Parameters = [.. parameters.Select(schemas.Parameter)],
            Responses = new OpenApiResponses
            {
                [success] = new OpenApiResponse
                {
                    Description = success switch { "201" => "Created; Location and ETag say where and which version.", "204" => "Done.", _ => "Found." },
                    Content = answer is null ? null : new Dictionary<string, IOpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = answer } },
                },
            },
        };
        if (body is not null)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = body } } };
        }

        foreach (var status in errors)
        {
            operation.Responses[$"{status}"] = schemas.ErrorResponse(status, ErrorText(status));
        }

        item.Operations![method] = operation;
    }

    internal static string ErrorText(int status) => status switch
    {
        400 => "The request cannot be read.",
        401 => "No key, or one that is unknown, expired or revoked.",
        403 => "The role or the key's scopes do not allow it.",
        404 => "No such row, or it may not be seen.",
        409 => "A duplicate, or the wrong state.",
        410 => "The person was erased.",
        412 => "The row was changed since it was read.",
        413 => "The body is too large.",
        415 => "Not a kind of body this endpoint reads.",
        422 => "A rule is broken or a reference is missing; see details.",
        428 => "If-Match is missing.",
        _ => "Refused.",
    };

    private static Type? ChangesOf(Type controller)
    {
        for (var type = controller; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(WriteController<,>))
            {
                return type.GetGenericArguments()[1];
            }
        }

        return null;
    }

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static OpenApiParameter Id() => new() { Name = "id", In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } };

    private static OpenApiParameter IfMatch() => new() { Name = "If-Match", In = ParameterLocation.Header, Required = true, Description = "The ETag of the row as you read it, or *.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiParameter Prefer() => Header("Prefer", "return=minimal answers 204 without a body.");

    private static OpenApiParameter Header(string name, string text) => new() { Name = name, In = ParameterLocation.Header, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiParameter Select() => Option("$select", "Properties to answer, for example id,createdAt.");

    private static OpenApiParameter Expand() => Option("$expand", "Navigations to answer with the row.");

    private static IEnumerable<OpenApiParameter> QueryOptions() =>
    [
        Option("$filter", "OData condition, for example createdAt gt 2026-01-01T00:00:00Z."),
        Option("$search", "Words that must all occur, without regard to case and accents."),
        Option("$orderby", "For example createdAt desc,id."),
        Option("$top", "Rows to answer, 1,000 a page at most.", JsonSchemaType.Integer),
        Option("$skip", "Rows to pass over.", JsonSchemaType.Integer),
        Option("$count", "true adds @odata.count.", JsonSchemaType.Boolean),
        Select(),
        Expand(),
        Header("Prefer", "maxpagesize=N sets the page size."),
    ];

    private static OpenApiParameter Option(string name, string text, JsonSchemaType type = JsonSchemaType.String) =>
        new() { Name = name, In = ParameterLocation.Query, Description = text, Schema = new OpenApiSchema { Type = type } };
}
