using System.Globalization;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Errors;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The answers to what cannot be done; all have the one error shape.</summary>
internal sealed class ErrorAnswers(DocumentParts parts, EdmSchemas schemas)
{
    /// <summary>Adds the answers of the given statuses, and the one for whatever else.</summary>
    public void Add(OpenApiResponses answers, IEnumerable<int> statuses)
    {
        foreach (var status in statuses.Distinct().Order())
        {
            answers[status.ToString(CultureInfo.InvariantCulture)] = parts.Response($"Error{status}", () => Error(status));
        }

        answers["default"] = parts.Response("ErrorOther", () => new OpenApiResponse
        {
            Description = "Any other error: 405 (method), 406 (`Accept`), 413 (body too large), 500 (our fault, with the name of the log entry). The same shape.",
            Content = DocumentParts.Content(Schema(), example: Example("internal", "Something went wrong on our side; it is in the log under 0HNQBIT859K3V:00000001.", null, [])),
        });
    }

    private OpenApiResponse Error(int status)
    {
        var (text, code, message, target) = Of(status);
        return new OpenApiResponse
        {
            Description = text,
            Headers = status switch { 429 => parts.Headers([AnswerHeaders.RetryAfter, .. AnswerHeaders.RateLimits]), _ => null },
            Content = DocumentParts.Content(Schema(), example: Example(code, message, target, target is null ? [] : [new JsonObject { ["code"] = code, ["message"] = message, ["target"] = target }])),
        };
    }

    private static JsonObject Example(string code, string message, string? target, JsonArray details) =>
        new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["target"] = target, ["details"] = details } };

    private OpenApiSchemaReference Schema() => schemas.Named("Error", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "The one error shape.",
        Required = new HashSet<string> { "error" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["error"] = schemas.Described(ErrorBody(), "What went wrong.") },
    });

    private OpenApiSchemaReference ErrorBody() => schemas.Named("ErrorBody", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong, for a program and for a person.",
        Required = new HashSet<string> { "code", "message", "details" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable slug; api-docs/errors.md explains them all.", Examples = ["required"] },
            ["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A sentence for a person, that says what to do.", Examples = ["name must be given."] },
            ["target"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "The member, option or header concerned.", Examples = ["name"] },
            ["details"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = schemas.Record(typeof(ErrorDetail)), Description = "Each single reason, where there are several." },
        },
    });

    private static (string Text, string Code, string Message, string? Target) Of(int status) => status switch
    {
        400 => ("The request cannot be read: an unknown option or member, a wrong type, no JSON, a limit of queries.", "badQuery", "Could not find a property named 'nam' on type 'InfluencerCrm.Influencer'.", null),
        401 => ("No key and no session, or a key that is unknown, expired or revoked.", "badKey", "The key is unknown, expired or revoked.", null),
        403 => ("The role or the key's scopes do not allow it.", "forbidden", "You may not do this.", null),
        404 => ("There is no such row, or it may not be seen.", "notFound", "There is no influencer 42, or you may not see it.", null),
        409 => ("There is such a row already, other rows refer to it, its state does not allow it, or a request with the same `Idempotency-Key` is running.", "duplicate", "There is already such a row.", null),
        410 => ("The person was erased on request; or the delta link is too old: read the set anew.", "erased", "The person was erased on request.", null),
        412 => ("The row was changed since it was read: read it again.", "versionMismatch", "The row was changed since you read it; read it again.", null),
        413 => ("The body is larger than is taken here.", "tooLarge", "The body is larger than is taken here.", null),
        415 => ("The body is of a kind that is not read here.", "unsupportedMediaType", "Send application/json.", null),
        422 => ("A rule is broken or a reference is missing; `details` names the members.", "missingReference", "clientId: there is no client 7, or you may not see it.", "clientId"),
        428 => ("`If-Match` is missing.", "eTagRequired", "Send If-Match with the ETag you read.", null),
        429 => ("Too many requests, or too many at once; go on after `Retry-After`.", "rateLimited", "Too many requests; go on after the seconds in Retry-After.", null),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such error is described."),
    };
}
