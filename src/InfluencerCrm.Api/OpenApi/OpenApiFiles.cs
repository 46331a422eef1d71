using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>A form in which the description is served.</summary>
/// <param name="Document">Swashbuckle's name of what is in it.</param>
internal sealed record OpenApiFormat(string File, string ContentType, OpenApiSpecVersion Version, string Document = "v1")
{
    public static readonly OpenApiFormat Json = new("openapi.json", "application/json; charset=utf-8", OpenApiSpecVersion.OpenApi3_1);

    public static readonly OpenApiFormat Yaml = new("openapi.yaml", "application/yaml; charset=utf-8", OpenApiSpecVersion.OpenApi3_1);

    /// <summary>For tools that do not know 3.1; without the events of webhooks.</summary>
    public static readonly OpenApiFormat Older = new("openapi-3.0.json", "application/json; charset=utf-8", OpenApiSpecVersion.OpenApi3_0, "v1-older");

    public static readonly OpenApiFormat[] All = [Json, Yaml, Older];
}

/// <summary>The description as files. It is the same for everybody as long as the process lives: written once, compressed once, and read again only when it has changed.</summary>
internal sealed class OpenApiFiles(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<OpenApiFormat, Lazy<Task<Copies>>> _files = new();

    public async Task<IResult> AnswerAsync(OpenApiFormat format, HttpContext http, CancellationToken ct)
    {
        var copies = await _files.GetOrAdd(format, f => new Lazy<Task<Copies>>(() => WriteAsync(f))).Value.WaitAsync(ct);
        var (encoding, bytes) = Chosen(http.Request, copies);
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
        {
            http.Response.Headers.ContentEncoding = encoding;
        }

        return Results.Bytes(bytes, format.ContentType, entityTag: new EntityTagHeaderValue($"\"{copies.Hash}{(encoding is null ? "" : "-" + encoding)}\""));
    }

    private static (string? Encoding, byte[] Bytes) Chosen(HttpRequest request, Copies copies)
    {
        var taken = request.GetTypedHeaders().AcceptEncoding.Where(e => e.Quality is not 0).Select(e => e.Value.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return taken.Contains("br") ? ("br", copies.Brotli) : taken.Contains("gzip") ? ("gzip", copies.Gzip) : (null, copies.Plain);
    }

    private async Task<Copies> WriteAsync(OpenApiFormat format)
    {
        using var scope = scopes.CreateScope();
        var document = scope.ServiceProvider.GetRequiredService<ISwaggerProvider>().GetSwagger(format.Document);
        using var text = new StringWriter { NewLine = "\n" };
        IOpenApiWriter writer = format == OpenApiFormat.Yaml ? new OpenApiYamlWriter(text) : new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true });
        switch (format.Version)
        {
            case OpenApiSpecVersion.OpenApi3_0:
                document.SerializeAsV3(writer);
                break;
            default:
                document.SerializeAsV31(writer);
                break;
        }

        var plain = System.Text.Encoding.UTF8.GetBytes(text.ToString());
        return new Copies(
            plain,
            await CompressedAsync(plain, to => new BrotliStream(to, CompressionLevel.Optimal)),
            await CompressedAsync(plain, to => new GZipStream(to, CompressionLevel.Optimal)),
            Convert.ToHexStringLower(SHA256.HashData(plain))[..16]);
    }

    private static async Task<byte[]> CompressedAsync(byte[] plain, Func<Stream, Stream> compress)
    {
        using var to = new MemoryStream();
        await using (var stream = compress(to))
        {
            await stream.WriteAsync(plain);
        }

        return to.ToArray();
    }

    private sealed record Copies(byte[] Plain, byte[] Brotli, byte[] Gzip, string Hash);
}
