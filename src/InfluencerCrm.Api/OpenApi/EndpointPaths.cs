using System.Globalization;
using InfluencerCrm.Api.Idempotency;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>Describes the addresses outside the EDM by what their endpoints say of themselves.</summary>
internal sealed class EndpointPaths(Operations operations, EdmSchemas schemas, RequestParts ask, RowAnswers answers)
{
    private const string EventStream = "text/event-stream";

    private static readonly string[] Roots = ["api/", "health/", "assets/"];

    public void Add(EndpointDataSource endpoints)
    {
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            var text = endpoint.RoutePattern.RawText?.TrimStart('/') ?? "";
            if (Roots.Any(d => text.StartsWith(d, StringComparison.Ordinal)) && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods)
            {
                Add(PathOf(endpoint), HttpMethod.Parse(methods[0]), endpoint);
            }
        }
    }

    private void Add(string path, HttpMethod method, RouteEndpoint endpoint)
    {
        var about = endpoint.Metadata;
        var name = about.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? throw new InvalidOperationException($"{method} {path} has no name: give it one, and a summary and a description.");
        var summary = about.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? throw new InvalidOperationException($"{name} has no summary.");
        var writes = method != HttpMethod.Get;
        var anonymous = about.GetMetadata<IAllowAnonymous>() is not null;
        operations.Add(path, method, new Described(name, about.GetMetadata<ITagsMetadata>()!.Tags[0], summary.TrimEnd('.'), about.GetMetadata<IEndpointDescriptionMetadata>()?.Description ?? summary)
        {
            Parameters =
            [
                .. endpoint.RoutePattern.Parameters.Select(p => PathPart(p.Name, p.ParameterPolicies.Any(c => c.Content == "int"))),
                .. about.GetOrderedMetadata<QueryWordAttribute>().Select(QueryWord),
                .. method == HttpMethod.Post && !anonymous && about.GetMetadata<NoIdempotencyKeyAttribute>() is null ? [ask.IdempotencyKey()] : Array.Empty<IOpenApiParameter>(),
            ],
            Body = BodyOf(about),
            Answers = AnswersOf(about),
            Errors = ErrorsOf(endpoint, writes, anonymous),
            Anonymous = anonymous,
        });
    }

    private static int[] ErrorsOf(RouteEndpoint endpoint, bool writes, bool anonymous)
    {
        var about = endpoint.Metadata;
        int[] declared = [.. about.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(p => p.StatusCode).Where(s => s is >= 400 and < 500)];
        var row = endpoint.RoutePattern.Parameters.Count > 0;
        var takes = about.GetMetadata<BodyAttribute>() is not null || about.GetMetadata<IAcceptsMetadata>() is not null;
        return
        [
            .. declared,
            .. takes || about.GetOrderedMetadata<QueryWordAttribute>().Count > 0 ? [400] : Array.Empty<int>(),
            .. row ? [404] : Array.Empty<int>(),
            .. takes ? [413, 415, 422] : Array.Empty<int>(),
            .. writes && row && !anonymous ? [409] : Array.Empty<int>(),
        ];
    }

    private IOpenApiRequestBody? BodyOf(EndpointMetadataCollection about)
    {
        if (about.GetMetadata<BodyAttribute>()?.Record is { } record)
        {
            return operations.JsonBody(record.Name, schemas.Record(record), BodyExamples.Of(record.Name).Body, XmlDocs.Of(record) ?? "What is asked for.", EdmSchemas.RequiredOf(record) is not null);
        }

        if (about.GetMetadata<IAcceptsMetadata>() is not { } accepts)
        {
            return null;
        }

        return new OpenApiRequestBody
        {
            Description = "The file.",
            Required = true,
            Content = accepts.ContentTypes.ToDictionary(t => t, IOpenApiMediaType (t) => new OpenApiMediaType { Schema = t.StartsWith("multipart/", StringComparison.Ordinal) ? Form(about) : File() }),
        };
    }

    private IEnumerable<(string Status, IOpenApiResponse Answer)> AnswersOf(EndpointMetadataCollection about)
    {
        var produced = about.GetOrderedMetadata<IProducesResponseTypeMetadata>().Where(p => p.StatusCode < 400 && (p.ContentTypes.Any() || p.StatusCode != 200)).ToList();
        var status = (produced.Count > 0 ? produced[^1].StatusCode : 200).ToString(CultureInfo.InvariantCulture);
        if (about.GetMetadata<AnswerAttribute>()?.Record is { } record)
        {
            var row = typeof(IRow).IsAssignableFrom(record);
            yield return (status, row
                ? new OpenApiResponse { Description = XmlDocs.Of(record) ?? "The row.", Content = DocumentParts.Content(schemas.Of(EdmTypes.EntityTypeOf(record))) }
                : answers.Record(record));

            // Where the same record says what is wrong.
            foreach (var failed in about.GetOrderedMetadata<IProducesResponseTypeMetadata>().Where(p => p.StatusCode >= 500))
            {
                yield return (failed.StatusCode.ToString(CultureInfo.InvariantCulture), answers.Record(record));
            }
        }
        else
        {
            var types = produced.SelectMany(p => p.ContentTypes).Distinct().ToList();
            yield return (status, types.Count == 0 ? answers.Done() : new OpenApiResponse
            {
                Description = types.Contains(EventStream) ? "The stream of events, until it ends or the client closes it." : "The file.",
                Content = types.ToDictionary(t => t, IOpenApiMediaType (t) => new OpenApiMediaType { Schema = t == DocumentParts.Json ? new OpenApiSchema { Type = JsonSchemaType.Object } : File() }),
            });
        }
    }

    private static OpenApiSchema Form(EndpointMetadataCollection about)
    {
        var parts = about.GetOrderedMetadata<FormPartAttribute>().ToDictionary(p => p.Name, IOpenApiSchema (p) => new OpenApiSchema { Type = JsonSchemaType.String, Description = p.Text });
        parts["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The file." };
        return new OpenApiSchema { Type = JsonSchemaType.Object, Required = new HashSet<string> { "file" }, Properties = parts };
    }

    private static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static OpenApiParameter QueryWord(QueryWordAttribute word) => new()
    {
        Name = word.Name,
        In = ParameterLocation.Query,
        Description = word.Text,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = word.Words is null ? null : [.. word.Words.Select(w => (System.Text.Json.Nodes.JsonNode)w)] },
        Example = word.Example,
    };

    private IOpenApiParameter PathPart(string name, bool number) => name == "id" ? ask.Id() : new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = number ? "Key of the file." : "The secret part of the address, as the mail has it.",
        Schema = number ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" } : DocumentParts.Text(),
    };

    private static string PathOf(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))));
}
