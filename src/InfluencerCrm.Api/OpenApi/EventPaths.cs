using System.Text.Json.Nodes;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Webhooks;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What webhooks are sent: one entry for each event. OpenAPI knows them from 3.1 on.</summary>
internal sealed class EventPaths(DocumentParts parts, Operations operations, EdmSchemas schemas)
{
    public const string Tag = "events";

    /// <summary>What an event says of its row besides its set, key and address; by the first word of its name.</summary>
    public static IReadOnlyDictionary<string, (string Set, string[] Members)> Data { get; } = new Dictionary<string, (string, string[])>
    {
        ["interaction"] = ("interactions", ["influencerId", "kind", "status", "outcome", "occurredAt", "clientId", "campaignId"]),
        ["message"] = ("messages", ["influencerId", "sendOutId", "channel", "status", "sentAt", "bouncedAt", "repliedAt", "clientId", "campaignId"]),
        ["coverage"] = ("coverage", ["influencerId", "outletId", "status", "medium", "publishedAt", "campaignId"]),
        ["influencer"] = ("influencers", ["kind", "country", "language"]),
        ["request"] = ("requests", ["influencerId", "outletId", "kind", "status", "receivedAt", "deadlineAt", "clientId"]),
        ["sendOut"] = ("sendOuts", ["purpose", "status", "scheduledAt", "clientId", "campaignId"]),
    };

    public void Add()
    {
        parts.Document.Webhooks = new Dictionary<string, IOpenApiPathItem>();
        foreach (var name in WebhookEvents.All)
        {
            var words = name.Split('.');
            parts.Document.Webhooks[name] = new OpenApiPathItem
            {
                Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Event(name, words[0], words[1]) },
            };
        }
    }

    private OpenApiOperation Event(string name, string noun, string what) => new()
    {
        OperationId = $"on{WordsOf.Upper(noun)}{WordsOf.Upper(what)}",
        Summary = $"Told when: {WordsOf.Name(noun)} {WordsOf.Name(what)}",
        Description = $"The event `{name}`. Ids, states and times only: read the row at `data.url` with a key of your own.",
        Tags = new HashSet<OpenApiTagReference> { parts.Tag(Tag) },
        Security = [],
        Parameters =
        [
            Header("webhook-id", "The same with each attempt: ignore what you have seen."),
            Header("webhook-timestamp", "Seconds since 1970; refuse what is older than a few minutes."),
            Header("webhook-signature", "`v1,` and Base64 of HMAC-SHA256 over `id.timestamp.body` with the secret's bytes; with spaces between, where there are several."),
        ],
        RequestBody = operations.JsonBody($"{WordsOf.Upper(noun)}Event", Payload(noun), Example(name, noun), "The event."),
        Responses = new OpenApiResponses
        {
            ["2XX"] = parts.Response("EventTaken", () => new OpenApiResponse { Description = "Taken. Within 10 seconds, or it comes again." }),
            ["410"] = parts.Response("EventRefused", () => new OpenApiResponse { Description = "Switches the webhook off." }),
            ["default"] = parts.Response("EventFailed", () => new OpenApiResponse { Description = "Comes again, nine times in four days." }),
        },
    };

    private OpenApiSchemaReference Payload(string noun) => schemas.Named($"{WordsOf.Upper(noun)}Event", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "What happened, when, and to which row.",
        Required = new HashSet<string> { "type", "timestamp", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Name of the event." },
            ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "When it happened." },
            ["data"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "The row, without names and texts; of one that is gone only which it was.", Required = new HashSet<string> { "entity", "id", "url" }, Properties = Members(noun) },
        },
    });

    private Dictionary<string, IOpenApiSchema> Members(string noun)
    {
        var (set, members) = Data.TryGetValue(noun, out var known) ? known : throw new InvalidOperationException($"It is not described what events of {noun} hold.");
        var type = CrmEdm.Model.EntityContainer.FindEntitySet(set).EntityType;
        _ = schemas.Of(type);
        var row = (OpenApiSchema)parts.Components.Schemas![type.Name];
        var data = new Dictionary<string, IOpenApiSchema>
        {
            ["entity"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Name of the set." },
            ["id"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "Key of the row." },
            ["url"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Address of the row." },
        };
        foreach (var member in members)
        {
            // Whose row it is is told, also where the row itself does not show it.
            data[member] = row.Properties!.TryGetValue(member, out var shown) ? shown
                : new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Format = "int32", Description = MemberWords.TextOf(member) };
        }

        return data;
    }

    private static JsonObject Example(string name, string noun) => new()
    {
        ["type"] = name,
        ["timestamp"] = "2026-11-24T10:00:00Z",
        ["data"] = new JsonObject { ["entity"] = Data[noun].Set, ["id"] = 17, ["url"] = $"https://crm.example.org/odata/{Data[noun].Set}(17)" },
    };

    private OpenApiParameterReference Header(string name, string text) => parts.Parameter(WordsOf.Pascal(name), () => new OpenApiParameter
    {
        Name = name, In = ParameterLocation.Header, Required = true, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });
}
