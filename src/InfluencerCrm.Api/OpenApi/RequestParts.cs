using System.Text.Json.Nodes;
using InfluencerCrm.Api.Access;
using InfluencerCrm.Api.Idempotency;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The parameters of requests: keys, query options, headers.</summary>
internal sealed class RequestParts(DocumentParts parts)
{
    public IOpenApiParameter Id() => parts.Parameter("Id", () => Key("id", "Key of the row."));

    public IOpenApiParameter RelatedId() => parts.Parameter("RelatedId", () => Key("relatedId", "Key of the row inside."));

    public IOpenApiParameter IfMatch() => parts.Parameter("IfMatch", () =>
    {
        var header = Header("If-Match", "The ETag of the row as you read it, so that nobody's change in between is lost; `*` writes whatever its version.", required: true);
        header.Examples = Choice(("any", "Whatever its version", "*"), ("read", "The version that was read", "W/\"3f2b8a52-1c77-4d0e-9a55-0d6c1f0e7b11\""));
        return header;
    });

    public IOpenApiParameter IfMatchOfLink() => parts.Parameter("IfMatchOfLink", () => Header("If-Match", "The ETag of the row that holds a single link; not needed to take a row out of a collection.", "*"));

    public IOpenApiParameter IfNoneMatch() => parts.Parameter("IfNoneMatch", () => Header("If-None-Match", "The ETag of the row as you know it; 304 when it still holds.", "W/\"3f2b8a52-1c77-4d0e-9a55-0d6c1f0e7b11\""));

    public IOpenApiParameter PreferReturn() => parts.Parameter("PreferReturn", () => Header("Prefer", "`return=minimal` answers 204 without the row.", "return=representation"));

    public IOpenApiParameter PreferPage(bool followed) => followed
        ? parts.Parameter("PreferFollow", () => Header("Prefer", "`maxpagesize=N` sets the size of the pages (100; 1,000 at most); `odata.track-changes` asks for a delta link behind the last page, to read only what has changed from then on.", "maxpagesize=50"))
        : parts.Parameter("PreferPage", () => Header("Prefer", "`maxpagesize=N` sets the size of the pages (100; 1,000 at most).", "maxpagesize=50"));

    public IOpenApiParameter IdempotencyKey() => parts.Parameter("IdempotencyKey", () => Header(
        IdempotencyMiddleware.Header, $"A text of your own for each write, such as a UUID. The same request with the same key is done once within 24 hours; a repeat gets the first answer, with `{IdempotencyMiddleware.ReplayedHeader}: true`."));

    public IOpenApiParameter CsrfToken() => parts.Parameter("CsrfToken", () => Header(AccessRegistration.AntiforgeryHeader, "The session's token, from `GET /api/session`."));

    public IOpenApiParameter LinkedRow() => Option("$id", "Address of the row that is to leave a collection, whole or from the service on; not with a single link.", "interactions(5)");

    public IOpenApiParameter Select() => Option("$select", "Properties to answer, with commas between.", "id,createdAt");

    public IOpenApiParameter Expand() => Option("$expand", "Navigations to answer with the row, with options in brackets. At most 20,000 related rows in an answer.", null);

    /// <summary>The options of a collection.</summary>
    public IEnumerable<IOpenApiParameter> Collection(bool searched, bool archived, bool followed)
    {
        yield return Option("$filter", "A condition: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`, `or`, `not`, `contains`, `startswith`, `endswith`, `any`, `all`, functions of dates.", "createdAt gt 2026-01-01T00:00:00Z");
        if (searched)
        {
            yield return Option("$search", "Words that must all occur, without regard to case and accents; phrases in quotes, OR and NOT.", null);
        }

        yield return Option("$orderby", "Properties to sort by.", "createdAt desc,id");
        yield return Option("$top", "Rows to answer at most.", 20, JsonSchemaType.Integer);
        yield return Option("$skip", "Rows to pass over; large steps are faster by `@odata.nextLink`.", null, JsonSchemaType.Integer);
        yield return Option("$count", "`true` adds `@odata.count`, the number of all rows that match.", true, JsonSchemaType.Boolean);
        yield return Select();
        yield return Expand();
        yield return Option("$apply", "Groups and sums, such as `groupby((country),aggregate($count as n))`; then `$select` and `$expand` do not apply.", null);
        yield return Option("$compute", "Computed members to select, sort and filter by, such as `year(createdAt) as year`.", null);
        if (archived)
        {
            yield return parts.Parameter("Archived", () => new OpenApiParameter
            {
                Name = "archived", In = ParameterLocation.Query, Description = "`include` answers archived rows too.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["include"] },
            });
        }

        yield return PreferPage(followed);
    }

    public IEnumerable<IOpenApiParameter> Count(bool searched) => Collection(searched, archived: false, followed: false).Take(searched ? 2 : 1);

    private OpenApiParameterReference Option(string name, string text, JsonNode? example, JsonSchemaType type = JsonSchemaType.String) =>
        parts.Parameter(char.ToUpperInvariant(name[1]) + name[2..] + "Option", () => new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = text,
            Schema = new OpenApiSchema { Type = type },
            Example = type == JsonSchemaType.String ? null : example,
            Examples = type == JsonSchemaType.String && example is not null ? Choice(("none", "Not sent", ""), ("sample", "An example", example)) : null,
        });

    /// <summary>Examples of which Swagger UI fills in the first: nobody's try is to be narrowed by a condition they did not write.</summary>
    private static Dictionary<string, IOpenApiExample> Choice(params (string Name, string Text, JsonNode Value)[] examples) =>
        examples.ToDictionary(e => e.Name, IOpenApiExample (e) => new OpenApiExample { Summary = e.Text, Value = e.Value });

    private static OpenApiParameter Key(string name, string text) =>
        new() { Name = name, In = ParameterLocation.Path, Required = true, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }, Example = 1 };

    private static OpenApiParameter Header(string name, string text, string? example = null, bool required = false) =>
        new() { Name = name, In = ParameterLocation.Header, Required = required, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };
}
