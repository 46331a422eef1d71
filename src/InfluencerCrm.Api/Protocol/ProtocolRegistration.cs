using System.IO.Compression;
using InfluencerCrm.Api.Access;
using InfluencerCrm.Api.Idempotency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Api.Protocol;

/// <summary>Compression and use from pages of other sites.</summary>
internal static class ProtocolRegistration
{
    // No text/event-stream: its lines must leave one by one.
    private static readonly string[] Compressed = ["application/json", "application/xml", "text/csv", "text/plain", "text/calendar"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private static readonly string[] Asked =
        [ApiKeyAuthentication.Header, "Authorization", "Content-Type", "Accept", "If-Match", "If-None-Match", "Prefer", IdempotencyMiddleware.Header, "OData-Version", "OData-MaxVersion"];

    private static readonly string[] Told =
        ["ETag", "Location", "OData-Version", "OData-EntityId", "Preference-Applied", "Retry-After", IdempotencyMiddleware.ReplayedHeader, "RateLimit", "RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Content-Disposition", "Allow"];

    public static void AddCrmProtocol(this IServiceCollection services)
    {
        services.AddOptions<CorsOptions>().BindConfiguration(CorsOptions.Section)
            .Validate(cors => cors.IsValid, "Cors__Origins holds origins such as https://app.example.org, without a path, with commas between them; or *.").ValidateOnStart();
        services.AddCors();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Compressed;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    /// <summary>
    /// Compresses answers to tools. The length of a compressed answer tells who listens what in it repeats (BREACH), if they can make the
    /// victim's browser ask: with its session they can, and with the Basic credentials that it keeps; with a key in a header they cannot. So
    /// what a browser asks for by itself stays as it is.
    /// </summary>
    public static void UseCrmCompression(this IApplicationBuilder app) =>
        app.UseWhen(http => IsApi(http.Request) && IsTool(http.Request.Headers), tools => tools.UseResponseCompression());

    public static void UseCrmCors(this IApplicationBuilder app)
    {
        var origins = app.ApplicationServices.GetRequiredService<IOptions<CorsOptions>>().Value.List;
        if (origins.Count > 0)
        {
            app.UseWhen(http => IsApi(http.Request), api => api.UseCors(policy =>
                (origins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins([.. origins]))
                    .WithMethods(Methods).WithHeaders(Asked).WithExposedHeaders(Told).SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        }
    }

    private static bool IsTool(IHeaderDictionary headers) =>
        !headers.ContainsKey("Cookie")
        && (headers.ContainsKey(ApiKeyAuthentication.Header)
            || headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || (headers.Authorization.Count > 0 && !headers.ContainsKey("Sec-Fetch-Mode")));

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/odata") || request.Path.StartsWithSegments("/api");
}
