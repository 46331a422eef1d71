using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using InfluencerCrm.Api.Errors;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Access;

/// <summary>
/// Signs tools in by their API key: header <c>X-Api-Key</c>, <c>Authorization: Bearer</c>, or HTTP Basic with the key as
/// password (Excel and Power BI can do no other).
/// </summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<HttpOptions> http)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";
    private const string InsecureItem = "InfluencerCrm.InsecureKey";

    public static bool IsUsedBy(HttpRequest request) =>
        request.Headers.ContainsKey(Header) || request.Headers.ContainsKey(HeaderNames.Authorization);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = KeyOf(Request);
        if (key is null)
        {
            return IsUsedBy(Request) ? AuthenticateResult.Fail("No key in the request.") : AuthenticateResult.NoResult();
        }

        if (!Request.IsHttps && !http.Value.AllowInsecure && !IsLoopback(Context.Connection.RemoteIpAddress))
        {
            Context.Items[InsecureItem] = true;
            return AuthenticateResult.Fail("Keys are taken over HTTPS only.");
        }

        var actor = await Context.RequestServices.GetRequiredService<LoadActor>().OfKeyAsync(key, Context.RequestAborted);
        if (actor is null)
        {
            return AuthenticateResult.Fail("The key is unknown, expired or revoked.");
        }

        Context.RequestServices.GetRequiredService<CurrentActor>().Become(actor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, $"{actor.UserId}")], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Items.ContainsKey(InsecureItem))
        {
            return ErrorResponse.WriteAsync(Context, StatusCodes.Status403Forbidden, "insecure", "API keys are taken over HTTPS only (or from this machine itself); see Http__AllowInsecure.");
        }

        // A browser would open its own password window for Basic; it gets the challenge only when it is no browser.
        if (Request.Cookies.Count == 0 && !Request.Headers.ContainsKey("Sec-Fetch-Mode"))
        {
            Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"InfluencerCrm\", charset=\"UTF-8\"");
        }

        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer realm=\"InfluencerCrm\"");
        var known = IsUsedBy(Request);
        return ErrorResponse.WriteAsync(Context, StatusCodes.Status401Unauthorized, known ? "badKey" : "unauthorized",
            known ? "The key is unknown, expired or revoked." : "Sign in, or send an API key in X-Api-Key, Authorization: Bearer, or as the password of HTTP Basic.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ErrorResponse.WriteAsync(Context, StatusCodes.Status403Forbidden, "forbidden", "You may not do this.");

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out var header))
        {
            return header.Count == 1 ? header[0] : null;
        }

        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization["Basic ".Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? pair[1] : null;
    }

    private static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);
}
