using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The headers that answers carry.</summary>
internal static class AnswerHeaders
{
    public const string ETag = "ETag";
    public const string Location = "Location";
    public const string EntityId = "OData-EntityId";
    public const string Applied = "Preference-Applied";
    public const string RetryAfter = "Retry-After";

    public static readonly string[] RateLimits = ["RateLimit", "RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];

    private const string Tag = "W/\"3f2b8a52-1c77-4d0e-9a55-0d6c1f0e7b11\"";

    public static OpenApiHeader Of(string name) => name switch
    {
        ETag => Text("Version of the row; send it in `If-Match` to change the row, in `If-None-Match` to read it only when it has changed.", Tag),
        Location => Text("Address of the new row.", "http://localhost:5080/odata/influencers(42)"),
        EntityId => Text("The same address, for answers without a body.", "http://localhost:5080/odata/influencers(42)"),
        Applied => Text("Which preferences of `Prefer` were honoured.", "return=minimal"),
        RetryAfter => Number("Seconds to wait before asking again.", 1),
        "RateLimit" => Text("What is left of the limit, and in how many seconds it is full again.", "\"requests\";r=1187;t=2"),
        "RateLimit-Policy" => Text("The limit: how many requests at once, in how many seconds an empty one is full again.", "\"requests\";q=1200;w=120"),
        "RateLimit-Limit" => Number("Requests at once.", 1200),
        "RateLimit-Remaining" => Number("Requests left.", 1187),
        "RateLimit-Reset" => Number("Seconds until the limit is full again.", 2),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such header is described."),
    };

    private static OpenApiHeader Text(string text, JsonNode example) => new() { Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };

    private static OpenApiHeader Number(string text, int example) => new() { Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer }, Example = example };
}
