using Microsoft.OData.Edm;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What operations on rows answer when they go well.</summary>
internal sealed class RowAnswers(DocumentParts parts, EdmSchemas schemas)
{
    public IOpenApiResponse Page(IEdmEntityType type) => parts.Response($"{type.Name}Page", () => new OpenApiResponse
    {
        Description = $"A page of {type.Name}.",
        Content = DocumentParts.Content(schemas.Page(type)),
    });

    public IOpenApiResponse One(IEdmEntityType type) => parts.Response(type.Name, () => new OpenApiResponse
    {
        Description = $"The {type.Name}, with its ETag.",
        Headers = parts.Headers(AnswerHeaders.ETag),
        Content = DocumentParts.Content(schemas.Of(type)),
    });

    public IOpenApiResponse Created(IEdmEntityType type) => parts.Response($"{type.Name}Created", () => new OpenApiResponse
    {
        Description = $"The new {type.Name}; `Location` says where it is.",
        Headers = parts.Headers(AnswerHeaders.Location, AnswerHeaders.EntityId, AnswerHeaders.ETag),
        Content = DocumentParts.Content(schemas.Of(type)),
    });

    /// <summary>Of a record that is no row.</summary>
    public IOpenApiResponse Record(Type record, bool created = false) => parts.Response(record.Name, () => new OpenApiResponse
    {
        Description = XmlDocs.Of(record) ?? "Done.",
        Headers = created ? parts.Headers(AnswerHeaders.Location, AnswerHeaders.ETag) : null,
        Content = DocumentParts.Content(schemas.Record(record)),
    });

    public IOpenApiResponse NotModified() => parts.Response("NotModified", () => new OpenApiResponse { Description = "The row is still the one of the ETag that was sent.", Headers = parts.Headers(AnswerHeaders.ETag) });

    public IOpenApiResponse Minimal() => parts.Response("Minimal", () => new OpenApiResponse { Description = "Done; the row is not sent, as `Prefer: return=minimal` asked.", Headers = parts.Headers(AnswerHeaders.Applied, AnswerHeaders.ETag) });

    public IOpenApiResponse CreatedMinimal() => parts.Response("CreatedMinimal", () => new OpenApiResponse { Description = "Done; the row is not sent, as `Prefer: return=minimal` asked. `Location` says where it is.", Headers = parts.Headers(AnswerHeaders.Location, AnswerHeaders.EntityId, AnswerHeaders.Applied, AnswerHeaders.ETag) });

    public IOpenApiResponse Done() => parts.Response("Done", () => new OpenApiResponse { Description = "Done." });

    public IOpenApiResponse Nothing() => parts.Response("Nothing", () => new OpenApiResponse { Description = "The link is empty." });

    public IOpenApiResponse Count() => parts.Response("Count", () => new OpenApiResponse { Description = "The number, as plain text.", Content = DocumentParts.Content(new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }, "text/plain", 12) });

    public IOpenApiResponse Links() => parts.Response("Links", () => new OpenApiResponse
    {
        Description = "The address of the one row, or in `value` those of all.",
        Content = DocumentParts.Content(schemas.Named("Links", () => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Addresses of linked rows.",
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["@odata.context"] = schemas.Context(),
                ["@odata.id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The row that a single link leads to." },
                ["value"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = schemas.Link(), Description = "The rows that a collection leads to." },
            },
        })),
    });
}
