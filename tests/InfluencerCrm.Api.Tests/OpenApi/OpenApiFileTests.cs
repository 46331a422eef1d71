namespace InfluencerCrm.Api.Tests.OpenApi;

public sealed class OpenApiFileTests : OpenApiTest
{
    [Fact]
    public async Task File_IsReadAgainOnlyWhenItHasChanged()
    {
        using var first = await App.Anonymous.GetAsync(new Uri("swagger/v1/openapi.json", UriKind.Relative), Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("swagger/v1/openapi.json", UriKind.Relative));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await App.Anonymous.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task File_IsCompressed_ForWhoTakesIt(string encoding)
    {
        var plain = await App.Anonymous.GetByteArrayAsync(new Uri("swagger/v1/openapi.json", UriKind.Relative), Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("swagger/v1/openapi.json", UriKind.Relative));
        request.Headers.Add("Accept-Encoding", encoding);

        using var response = await App.Anonymous.SendAsync(request, Ct);

        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        Assert.True((await response.Content.ReadAsByteArrayAsync(Ct)).Length < plain.Length / 5);
    }

    [Fact]
    public async Task OlderForm_IsOpenApi30_WithTheSamePaths()
    {
        var newer = await DocumentAsync();

        var older = JsonNode.Parse(await App.Anonymous.GetStringAsync(new Uri("swagger/v1/openapi-3.0.json", UriKind.Relative), Ct))!;

        Assert.StartsWith("3.1.", (string?)newer["openapi"], StringComparison.Ordinal);
        Assert.StartsWith("3.0.", (string?)older["openapi"], StringComparison.Ordinal);
        Assert.Equal(newer["paths"]!.AsObject().Select(p => p.Key), older["paths"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task Yaml_IsServed() =>
        Assert.StartsWith("openapi:", await App.Anonymous.GetStringAsync(new Uri("swagger/v1/openapi.yaml", UriKind.Relative), Ct), StringComparison.Ordinal);
}
