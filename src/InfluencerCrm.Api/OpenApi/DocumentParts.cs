using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>What many operations share, written once and referred to: parameters, headers, answers.</summary>
internal sealed class DocumentParts(OpenApiDocument document)
{
    public const string Json = "application/json";

    public OpenApiDocument Document { get; } = document;

    public OpenApiComponents Components => Document.Components ??= new OpenApiComponents();

    public OpenApiParameterReference Parameter(string name, Func<OpenApiParameter> make)
    {
        var all = Components.Parameters ??= new Dictionary<string, IOpenApiParameter>();
        if (!all.ContainsKey(name))
        {
            all[name] = make();
        }

        return new OpenApiParameterReference(name, Document);
    }

    public OpenApiResponseReference Response(string name, Func<OpenApiResponse> make)
    {
        var all = Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        if (!all.ContainsKey(name))
        {
            all[name] = make();
        }

        return new OpenApiResponseReference(name, Document);
    }

    public OpenApiRequestBodyReference Body(string name, Func<OpenApiRequestBody> make)
    {
        var all = Components.RequestBodies ??= new Dictionary<string, IOpenApiRequestBody>();
        if (!all.ContainsKey(name))
        {
            all[name] = make();
        }

        return new OpenApiRequestBodyReference(name, Document);
    }

    public OpenApiTagReference Tag(string name) => new(name, Document);

    /// <summary>Headers of an answer, by the names of <see cref="AnswerHeaders"/>.</summary>
    public Dictionary<string, IOpenApiHeader> Headers(params IEnumerable<string> names) => names.ToDictionary(n => n, Header);

    public static Dictionary<string, IOpenApiMediaType> Content(IOpenApiSchema schema, string type = Json, JsonNode? example = null) =>
        new() { [type] = new OpenApiMediaType { Schema = schema, Example = example } };

    public static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    private IOpenApiHeader Header(string name)
    {
        var all = Components.Headers ??= new Dictionary<string, IOpenApiHeader>();
        var key = name.Replace("-", "", StringComparison.Ordinal);
        if (!all.ContainsKey(key))
        {
            all[key] = AnswerHeaders.Of(name);
        }

        return new OpenApiHeaderReference(key, Document);
    }
}
