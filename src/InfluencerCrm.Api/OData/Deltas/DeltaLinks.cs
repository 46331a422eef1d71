using InfluencerCrm.Api.OData.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Deltas;

/// <summary>Which queries can be followed, and the links by which they are.</summary>
internal static class DeltaLinks
{
    public const string Token = "$deltatoken";

    /// <summary>Carries the token through the pages of the first, full read.</summary>
    public const string Carried = "trackFrom";

    public const string Preference = "odata.track-changes";

    /// <summary>What makes a row part of the answer, or its shape; the rest of a query does not outlive the first read.</summary>
    private static readonly string[] Kept = ["$filter", "$select", "archived"];

    public static bool IsPreferred(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(p => (p ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
        .Any(p => p is Preference or "track-changes");

    /// <summary>
    /// False where a row can come into the answer, leave it or look different without being changed itself: expanded rows, conditions
    /// on other rows, parts of an order, what is computed.
    /// </summary>
    public static bool CanBeFollowed(ODataQueryOptions options) =>
        options is { Top: null, Skip: null, Search: null, Apply: null, Compute: null, SkipToken: null }
        && options.SelectExpand?.RawExpand is null
        && (options.Filter is null || IsOfTheRow(options.Filter.FilterClause.Expression));

    public static string DigestOf(HttpRequest request) => DeltaTokens.Digest(string.Join('\n', Kept.Select(k => $"{k}={request.Query[k]}")));

    /// <summary>The links of a page of the first, full read.</summary>
    public static Links Of(HttpRequest request, string? next, string token) =>
        next is null ? new Links(null, With(request, token)) : new Links(Carrying(next, token), null);

    public static string With(HttpRequest request, string token)
    {
        var query = new QueryBuilder(Kept.Where(request.Query.ContainsKey).Select(k => KeyValuePair.Create(k, request.Query[k].ToString()))) { { Token, token } };
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path, query.ToQueryString());
    }

    private static string Carrying(string next, string token) =>
        next.Contains(Carried + "=", StringComparison.Ordinal) ? next : $"{next}{(next.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Carried}={Uri.EscapeDataString(token)}";

    private static bool IsOfTheRow(QueryNode node) => node switch
    {
        ConstantNode or CollectionConstantNode or ResourceRangeVariableReferenceNode or NonResourceRangeVariableReferenceNode => true,
        ConvertNode convert => IsOfTheRow(convert.Source),
        UnaryOperatorNode unary => IsOfTheRow(unary.Operand),
        BinaryOperatorNode binary => IsOfTheRow(binary.Left) && IsOfTheRow(binary.Right),
        InNode within => IsOfTheRow(within.Left) && IsOfTheRow(within.Right),
        SingleValuePropertyAccessNode property => IsStored(property.Property.Name) && IsOfTheRow(property.Source),
        CollectionPropertyAccessNode property => IsOfTheRow(property.Source),
        SingleComplexNode complex => IsOfTheRow(complex.Source),
        SingleValueOpenPropertyAccessNode open => IsOfTheRow(open.Source),

        // now() lets time alone move rows in and out.
        SingleValueFunctionCallNode call => call.Name != "now" && call.Parameters.All(IsOfTheRow),
        LambdaNode lambda => IsOfTheRow(lambda.Source) && IsOfTheRow(lambda.Body),
        _ => false,
    };

    // The furthest of relationships, which are rows of their own.
    private static bool IsStored(string property) => property is not ("relationshipStage" or "relationshipAim");
}
