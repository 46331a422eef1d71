using System.Data.Common;
using System.Globalization;
using System.Threading.RateLimiting;
using InfluencerCrm.Api.Errors;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Api.Limits;

/// <summary>
/// Limits what one API key, or one address without a key, may ask for. A person's session is not limited: its pages ask for what they show,
/// and other sites cannot write with it.
/// </summary>
internal static class LimitsMiddleware
{
    /// <summary>After sign-in, so that it is known who asks.</summary>
    public static async Task Rate(HttpContext http, RequestDelegate next)
    {
        var limits = http.RequestServices.GetRequiredService<ClientLimits>();
        if (ClientOf(http) is not { } client || limits.Of(client.Policy) is not { } limit)
        {
            await next(http);
            return;
        }

        using var lease = limits.Take(client);
        var left = limits.Left(client);
        http.Response.OnStarting(() =>
        {
            Tell(http.Response.Headers, limit, left);
            return Task.CompletedTask;
        });
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1 / limit.PerSecond);
        await RefuseAsync(http, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)), "rateLimited", "Too many requests; go on after the seconds in Retry-After. The RateLimit headers of every answer say how many are left.");
    }

    /// <summary>At most so many requests of one key are worked on at once. The parts of a batch are worked on one after the other, inside the batch's place.</summary>
    public static async Task Concurrency(HttpContext http, RequestDelegate next)
    {
        if (!IsApi(http.Request) || http.Features.Get<InsideBatch>() is not null || KeyOf(http) is not { } key)
        {
            await next(http);
            return;
        }

        using var place = await http.RequestServices.GetRequiredService<ClientLimits>().EnterAsync(key, http.RequestAborted);
        if (place is { IsAcquired: false })
        {
            await RefuseAsync(http, 1, "tooManyAtOnce", "Too many requests of this key are being worked on and waiting; send fewer at the same time.");
            return;
        }

        await next(http);
    }

    /// <summary>Stops a read that takes too long, or whose client has left.</summary>
    public static async Task Time(HttpContext http, RequestDelegate next)
    {
        var seconds = http.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value.QuerySeconds;
        if (seconds == 0 || !HttpMethods.IsGet(http.Request.Method) || !http.Request.Path.StartsWithSegments("/odata"))
        {
            await next(http);
            return;
        }

        var left = http.RequestAborted;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(left);
        timer.CancelAfter(TimeSpan.FromSeconds(seconds));

        // From the first byte on it is the client's own pace; an error is written when the timer is gone.
        var running = true;
        http.Response.OnStarting(() =>
        {
            if (running)
            {
                timer.CancelAfter(Timeout.InfiniteTimeSpan);
            }

            return Task.CompletedTask;
        });
        http.RequestAborted = timer.Token;
        try
        {
            await next(http);
        }
        catch (Exception exception) when (exception is OperationCanceledException or DbException && timer.IsCancellationRequested && !left.IsCancellationRequested)
        {
            throw new Malformed("queryTooExpensive", $"The query took longer than the {seconds} seconds that a query may take (Limits__QuerySeconds) and was stopped; ask for less, or filter by something indexed.");
        }
        finally
        {
            running = false;
            http.RequestAborted = left;
        }
    }

    private static Client? ClientOf(HttpContext http)
    {
        if (IsSignIn(http.Request))
        {
            return new Client(LimitPolicy.SignIn, AddressOf(http));
        }

        return !IsApi(http.Request) ? null
            : KeyOf(http) is { } key ? new Client(LimitPolicy.Key, key)
            : ActorOf(http) is null ? new Client(LimitPolicy.Anonymous, AddressOf(http))
            : null;
    }

    private static string? KeyOf(HttpContext http) => ActorOf(http)?.ApiKeyId?.ToString(CultureInfo.InvariantCulture);

    private static Actor? ActorOf(HttpContext http) => http.RequestServices.GetRequiredService<CurrentActor>().Actor;

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/odata") || request.Path.StartsWithSegments("/api");

    private static bool IsSignIn(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && (request.Path.Equals("/sign-in", StringComparison.OrdinalIgnoreCase) || request.Path.Equals("/api/session", StringComparison.OrdinalIgnoreCase));

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "local";

    // The draft's two headers, and the three of its earlier versions that clients still read.
    private static void Tell(IHeaderDictionary headers, Limit limit, long left)
    {
        var full = (int)Math.Ceiling((limit.Quota - left) / limit.PerSecond);
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";q={limit.Quota};w={limit.Window}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";r={left};t={full}");
        headers["RateLimit-Limit"] = limit.Quota.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = full.ToString(CultureInfo.InvariantCulture);
    }

    private static Task RefuseAsync(HttpContext http, int seconds, string code, string message)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ErrorResponse.WriteAsync(http, StatusCodes.Status429TooManyRequests, code, message);
    }
}

/// <summary>Marks a request that is part of a batch.</summary>
internal sealed class InsideBatch
{
    public static readonly InsideBatch Mark = new();
}
