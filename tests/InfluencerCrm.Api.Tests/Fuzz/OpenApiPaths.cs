namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>The addresses outside OData, from the description that the product gives of itself: new ones are asked without a word here.</summary>
internal sealed record OpenApiPaths(IReadOnlyList<(string Method, string Path)> All)
{
    public static async Task<OpenApiPaths> ReadAsync(CrmApp app)
    {
        var paths = (await app.GetAsync("swagger/v1/openapi.json"))["paths"]!.AsObject();
        return new([.. from path in paths
                       where !path.Key.StartsWith("/odata", StringComparison.Ordinal)
                       from operation in path.Value!.AsObject()
                       where operation.Key is "get" or "post" or "put" or "patch" or "delete"
                       select (operation.Key.ToUpperInvariant(), path.Key)]);
    }
}
