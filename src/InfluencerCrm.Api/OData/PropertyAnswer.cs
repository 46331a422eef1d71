using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData;

/// <summary>The answer to <c>influencers(1)/city</c> and <c>influencers(1)/city/$value</c>, also behind a single link: the row is read as ever, and one property of it told.</summary>
internal static class PropertyAnswer
{
    public static async Task<IActionResult> OfAsync<T>(ResourceReader reader, IQueryable<T> row, HttpRequest request, string property, CancellationToken ct)
        where T : class, IRow
    {
        if (request.Query.Keys.FirstOrDefault(k => k.StartsWith('$') && k != "$format") is { } option)
        {
            throw new Malformed("notACollection", $"{option} does not apply to one property.", option);
        }

        // Routing finds a name in any case; names are exact here, as they are in queries.
        var member = EdmTypes.EntityTypeOf(typeof(T)).FindProperty(property) as IEdmStructuralProperty ?? throw new NotFound("property", property);
        var path = request.ODataFeature().Path;
        var bare = path.LastSegment is ValueSegment;
        path = new ODataPath(path.Where(s => s is EntitySetSegment or KeySegment or NavigationPropertySegment));
        request.ODataFeature().Path = path;
        return await reader.PropertyAsync(row, request, member.Name, value => value is null ? new NoContentResult()
            : bare ? new ContentResult { Content = Text(value, property), ContentType = "text/plain; charset=utf-8" }
            : Json(request, path, property, value), ct);
    }

    private static string Text(object value, string property) => value switch
    {
        string text => text,
        bool yes => yes ? "true" : "false",
        Enum word => Words.Camel(word.ToString()),
        DateTime at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IEnumerable or LocalizedText => throw new Malformed("notARawValue", $"{property} is no single value; ask for it without /$value.", property),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new Malformed("notARawValue", $"{property} is no single value; ask for it without /$value.", property),
    };

    private static ContentResult Json(HttpRequest request, ODataPath path, string property, object value)
    {
        var node = JsonSerializer.SerializeToNode(value, value.GetType(), RequestBody.Json)!;
        var context = $"{request.Scheme}://{request.Host}{request.PathBase}/odata/$metadata#{path.ToResourcePathString(ODataUrlKeyDelimiter.Parentheses)}/{property}";
        var body = node as JsonObject ?? new JsonObject { ["value"] = node };
        var none = $"{request.Headers.Accept}{request.Query["$format"]}".Contains("metadata=none", StringComparison.OrdinalIgnoreCase);
        if (!none)
        {
            body.Insert(0, "@odata.context", context);
        }

        return new ContentResult { Content = body.ToJsonString(RequestBody.Json), ContentType = $"application/json; odata.metadata={(none ? "none" : "minimal")}; charset=utf-8" };
    }
}
