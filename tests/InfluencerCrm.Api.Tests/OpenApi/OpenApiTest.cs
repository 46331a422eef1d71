namespace InfluencerCrm.Api.Tests.OpenApi;

/// <summary>Tests that read the description as it is served.</summary>
public abstract class OpenApiTest : ApiTest
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    protected sealed record Operation(string Path, string Method, JsonObject Text)
    {
        public string Id => Text["operationId"]!.GetValue<string>();
    }

    protected async Task<JsonObject> DocumentAsync() =>
        JsonNode.Parse(await App.Anonymous.GetStringAsync(new Uri("swagger/v1/openapi.json", UriKind.Relative), Ct))!.AsObject();

    protected static IEnumerable<Operation> OperationsOf(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where Methods.Contains(method.Key)
        select new Operation(path.Key, method.Key, method.Value!.AsObject());

    /// <summary>What a reference leads to, or the thing itself.</summary>
    protected static JsonObject Resolve(JsonObject document, JsonNode node)
    {
        var here = node.AsObject();
        return here["$ref"] is { } reference
            ? reference.GetValue<string>().Split('/')[1..].Aggregate((JsonNode)document, (at, step) => at[step]!).AsObject()
            : here;
    }
}
