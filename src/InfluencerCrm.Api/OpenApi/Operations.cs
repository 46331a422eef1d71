using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>One operation, as those who describe it say it.</summary>
internal sealed record Described(string Id, string Tag, string Summary, string Description)
{
    public IEnumerable<IOpenApiParameter> Parameters { get; init; } = [];

    public IOpenApiRequestBody? Body { get; init; }

    /// <summary>What it answers when it went well, by status.</summary>
    public IEnumerable<(string Status, IOpenApiResponse Answer)> Answers { get; init; } = [];

    /// <summary>Besides 401, 403 and 429.</summary>
    public IEnumerable<int> Errors { get; init; } = [];

    /// <summary>Takes no key and no session.</summary>
    public bool Anonymous { get; init; }
}

/// <summary>Writes operations into the document, and holds their ids apart.</summary>
internal sealed class Operations(DocumentParts parts, ErrorAnswers errors)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public void Add(string path, HttpMethod method, Described described)
    {
        if (!parts.Document.Paths.TryGetValue(path, out var item))
        {
            item = new OpenApiPathItem { Operations = [] };
            parts.Document.Paths[path] = item;
        }

        item.Operations![method] = Of(described);
    }

    public OpenApiOperation Of(Described described)
    {
        if (!_ids.Add(described.Id))
        {
            throw new InvalidOperationException($"Two operations are called {described.Id}.");
        }

        var parameters = described.Parameters.ToList();
        var operation = new OpenApiOperation
        {
            OperationId = described.Id,
            Summary = described.Summary,
            Description = described.Description,
            Tags = new HashSet<OpenApiTagReference> { parts.Tag(described.Tag) },
            Parameters = parameters.Count == 0 ? null : parameters,
            RequestBody = described.Body,
            Responses = [],
            Security = described.Anonymous ? [] : null,
        };
        foreach (var (status, answer) in described.Answers)
        {
            operation.Responses[status] = answer;
        }

        errors.Add(operation.Responses, described.Anonymous ? described.Errors : [401, 403, 429, .. described.Errors]);
        return operation;
    }

    public IOpenApiRequestBody JsonBody(string name, IOpenApiSchema schema, JsonNode? example, string text, bool required = true) =>
        parts.Body(name, () => new OpenApiRequestBody { Description = text, Required = required, Content = DocumentParts.Content(schema, example: example) });
}
