using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData;

/// <summary>Clients also write a key with its name, <c>influencers(id=42)</c>, which the library's routing does not know: rewritten to <c>influencers(42)</c>.</summary>
internal static partial class KeyForms
{
    public static Task Rewrite(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/odata"))
        {
            return next(http);
        }

        // The library takes a second key for one of the row behind the first.
        if (http.Request.Path.Value!.Contains(")(", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (http.Request.Path.Value.Contains("(id=", StringComparison.Ordinal))
        {
            http.Request.Path = NamedKey().Replace(http.Request.Path.Value, "($1)");
        }

        return next(http);
    }

    [GeneratedRegex(@"\(id=(\d+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex NamedKey();
}
