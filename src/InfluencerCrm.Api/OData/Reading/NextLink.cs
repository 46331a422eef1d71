using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>The address of the next page: this request's, going on where this page ended.</summary>
internal static class NextLink
{
    /// <param name="token">The place where this page ended.</param>
    /// <param name="top">What is left of <c>$top</c>.</param>
    public static string Of(HttpRequest request, string token, int? top) => Of(request, "$skiptoken", token, top);

    public static string Of(HttpRequest request, string option, string value, int? top)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in request.Query.Where(q => q.Key is not ("$skip" or "$skiptoken" or "$top")))
        {
            query.Add(name, values.ToArray()!);
        }

        if (top is { } left)
        {
            query.Add("$top", left.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        query.Add(option, value);
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, query.ToQueryString());
    }
}
