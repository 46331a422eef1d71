using System.Text.Json.Nodes;
using InfluencerCrm.Api.OData.Batch;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What belongs to no set: the list of sets, the metadata, batches.</summary>
internal static class ServicePaths
{
    public const string Tag = "service";

    public static void Add(Operations operations, EdmSchemas schemas)
    {
        operations.Add(ODataPaths.Prefix, HttpMethod.Get, new Described("getServiceDocument", Tag, "Lists the entity sets", "Names and addresses of the sets, for tools that look for them.")
        {
            Answers = [("200", new OpenApiResponse { Description = "The sets.", Content = DocumentParts.Content(ServiceDocument(schemas)) })],
        });
        operations.Add(ODataPaths.Prefix + "/$metadata", HttpMethod.Get, new Described("getMetadata", Tag, "The OData metadata document", "All types, properties, links, actions and functions (CSDL), for tools that read OData.")
        {
            Answers = [("200", new OpenApiResponse
            {
                Description = "CSDL, in XML or JSON as `Accept` asks.",
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/xml"] = new OpenApiMediaType { Schema = DocumentParts.Text() },
                    [DocumentParts.Json] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
                },
            })],
            Errors = [400],
        });
        operations.Add(ODataPaths.Prefix + "/$batch", HttpMethod.Post, Batch(schemas));
    }

    private static Described Batch(EdmSchemas schemas) => new(
        "batch", Tag, "Several requests in one",
        $"At most {BatchLimits.MostParts} requests, done in order; those of one `atomicityGroup` in one transaction, all or none. A later request names the row of an earlier one by its id: `$1`. Multipart batches (OData 4.0) are taken too, and answered alike.")
    {
        Body = new OpenApiRequestBody
        {
            Description = "The requests.",
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [DocumentParts.Json] = new OpenApiMediaType { Schema = Requests(schemas), Example = Example() },
                ["multipart/mixed"] = new OpenApiMediaType { Schema = DocumentParts.Text() },
            },
        },
        Answers = [("200", new OpenApiResponse
        {
            Description = "An answer for each request, with its own status; 424 for those that were not done because another failed.",
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [DocumentParts.Json] = new OpenApiMediaType { Schema = Responses(schemas) },
                ["multipart/mixed"] = new OpenApiMediaType { Schema = DocumentParts.Text() },
            },
        })],
        Errors = [400, 413, 415],
    };

    private static OpenApiSchemaReference ServiceDocument(EdmSchemas schemas) => schemas.Named("ServiceDocument", () => Object("The entity sets.", [], new()
    {
        ["@odata.context"] = schemas.Context(),
        ["value"] = List("The sets.", Object("A set.", ["name", "url"], new() { ["name"] = Text("Name of the set."), ["kind"] = Text("EntitySet."), ["url"] = Text("Its address, from the service on.") })),
    }));

    private static OpenApiSchemaReference Requests(EdmSchemas schemas) => schemas.Named("BatchRequests", () => Object("Several requests.", ["requests"], new()
    {
        ["requests"] = List("In the order in which they are done.", Object("One request.", ["id", "method", "url"], new()
        {
            ["id"] = Text("A name of your own, for its answer and for later requests."),
            ["method"] = Text("GET, POST, PATCH, PUT or DELETE."),
            ["url"] = Text("From the service on, or whole."),
            ["atomicityGroup"] = Text("Requests of one group are done together or not at all."),
            ["dependsOn"] = List("Ids of requests or groups that must have succeeded.", new OpenApiSchema { Type = JsonSchemaType.String }),
            ["headers"] = Headers("Headers of the request."),
            ["body"] = new OpenApiSchema { Description = "Its body." },
        })),
    }));

    private static OpenApiSchemaReference Responses(EdmSchemas schemas) => schemas.Named("BatchResponses", () => Object("The answers.", ["responses"], new()
    {
        ["responses"] = List("In the order of the requests.", Object("One answer.", ["id", "status"], new()
        {
            ["id"] = Text("Of the request."),
            ["atomicityGroup"] = Text("Of the request."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Status of the answer." },
            ["headers"] = Headers("Headers of the answer."),
            ["body"] = new OpenApiSchema { Description = "Its body; JSON as JSON." },
        })),
    }));

    private static JsonObject Example() => new()
    {
        ["requests"] = new JsonArray(
            new JsonObject { ["id"] = "1", ["method"] = "GET", ["url"] = "influencers?$top=1&$select=id,displayName" },
            new JsonObject { ["id"] = "2", ["method"] = "GET", ["url"] = "outlets/$count" }),
    };

    private static OpenApiSchema Object(string text, string[] required, Dictionary<string, IOpenApiSchema> members) =>
        new() { Type = JsonSchemaType.Object, Description = text, Required = required.Length == 0 ? null : new HashSet<string>(required), Properties = members };

    private static OpenApiSchema List(string text, IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Description = text, Items = items };

    private static OpenApiSchema Text(string text) => new() { Type = JsonSchemaType.String, Description = text };

    private static OpenApiSchema Headers(string text) => new() { Type = JsonSchemaType.Object, Description = text, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String } };
}
