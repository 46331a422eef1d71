using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>What an address takes. Routing's own list has the methods of the pages' catch-all address in it.</summary>
    public static Task Options(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsOptions(http.Request.Method) || !IsApi(http.Request))
        {
            return next(http);
        }

        var templates = Templates.GetValue(http.RequestServices.GetRequiredService<EndpointDataSource>(), Read);
        var taken = templates.Where(t => t.Matcher.TryMatch(http.Request.Path, [])).SelectMany(t => t.Methods).ToHashSet(StringComparer.Ordinal);
        if (taken.Count == 0)
        {
            http.SetEndpoint(null);
            return next(http);
        }

        if (taken.Contains(HttpMethods.Get))
        {
            taken.Add(HttpMethods.Head);
        }

        taken.Add(HttpMethods.Options);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.Allow = string.Join(", ", taken.Order(StringComparer.Ordinal));
        return Task.CompletedTask;
    }

    private static readonly ConditionalWeakTable<EndpointDataSource, List<(TemplateMatcher Matcher, IReadOnlyList<string> Methods)>> Templates = [];

    private static List<(TemplateMatcher Matcher, IReadOnlyList<string> Methods)> Read(EndpointDataSource source) =>
    [
        .. from endpoint in source.Endpoints.OfType<RouteEndpoint>()
           let text = endpoint.RoutePattern.RawText?.TrimStart('/') ?? ""
           where text.StartsWith("odata/", StringComparison.Ordinal) || text.StartsWith("api/", StringComparison.Ordinal)
           let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods
           where methods is not null
           select (new TemplateMatcher(TemplateParser.Parse(text), []), methods),
    ];

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/odata") || request.Path.StartsWithSegments("/api");
}
