using System.Globalization;
using System.Runtime.CompilerServices;
using InfluencerCrm.Api.OData;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Protocol;

/// <summary>HEAD and OPTIONS for every address, whatever its own endpoint knows.</summary>
internal static class Methods
{
    /// <summary>Answered as GET; the server, and a batch, leave the body out.</summary>
    public static async Task Head(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method) || !IsApi(http.Request))
        {
            await next(http);
            return;
        }

        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    }

    /// <summary>
    /// What an address takes: told to OPTIONS, and to who tried another method. Routing's own answers know the methods of the pages' catch-all
    /// address too, and give that page the request.
    /// </summary>
    public static async Task Allowed(HttpContext http, RequestDelegate next)
    {
        var asked = HttpMethods.IsOptions(http.Request.Method);
        if (!IsApi(http.Request) || (!asked && http.GetEndpoint() is RouteEndpoint endpoint && IsApi(endpoint)))
        {
            await next(http);
            return;
        }

        var taken = Taken(http);
        if (taken.Count == 0 || taken.Contains(http.Request.Method))
        {
            // Not the page for whatever address there is none for.
            http.SetEndpoint(asked ? null : http.GetEndpoint());
            await next(http);
            return;
        }

        if (taken.Contains(HttpMethods.Get))
        {
            taken.Add(HttpMethods.Head);
        }

        taken.Add(HttpMethods.Options);
        http.Response.StatusCode = asked ? StatusCodes.Status204NoContent : StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Allow = string.Join(", ", taken.Order(StringComparer.Ordinal));
    }

    private static HashSet<string> Taken(HttpContext http)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (matcher, methods) in Templates.GetValue(http.RequestServices.GetRequiredService<EndpointDataSource>(), Read))
        {
            var values = new RouteValueDictionary();
            if (matcher.TryMatch(http.Request.Path, values) && values.All(v => IsMeant(v.Key, v.Value as string, matcher)))
            {
                taken.UnionWith(methods);
            }
        }

        return taken;
    }

    /// <summary>A template takes any word for a key and for a property; routing itself looks closer.</summary>
    private static bool IsMeant(string name, string? value, TemplateMatcher matcher) => name switch
    {
        "key" or "relatedKey" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "property" => CrmEdm.Model.FindDeclaredEntitySet(matcher.Template.Segments[1].Parts[0].Text?.TrimEnd('(') ?? "")?.EntityType.FindProperty(value) is IEdmStructuralProperty,
        _ => true,
    };

    private static readonly ConditionalWeakTable<EndpointDataSource, List<(TemplateMatcher Matcher, IReadOnlyList<string> Methods)>> Templates = [];

    private static List<(TemplateMatcher Matcher, IReadOnlyList<string> Methods)> Read(EndpointDataSource source) =>
    [
        .. from endpoint in source.Endpoints.OfType<RouteEndpoint>()
           where IsApi(endpoint)
           let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods
           where methods is not null
           select (new TemplateMatcher(TemplateParser.Parse(TextOf(endpoint)), []), methods),
    ];

    private static string TextOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.TrimStart('/') ?? "";

    private static bool IsApi(RouteEndpoint endpoint) =>
        TextOf(endpoint) is "odata" || TextOf(endpoint).StartsWith("odata/", StringComparison.Ordinal) || TextOf(endpoint).StartsWith("api/", StringComparison.Ordinal);

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/odata") || request.Path.StartsWithSegments("/api");
}
