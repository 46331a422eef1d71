using System.Globalization;
using System.Security.Claims;
using InfluencerCrm.Api.Errors;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Team;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Api.Access;

/// <summary>Sign-in: cookies for people, keys for tools; whichever came, the scope gets its actor.</summary>
internal static class AccessRegistration
{
    private const string Either = "CookieOrKey";

    /// <summary>The antiforgery token of a browser's writes.</summary>
    public const string AntiforgeryHeader = "X-Csrf-Token";

    public static void AddCrmAccess(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 8;
            })
            .AddEntityFrameworkStores<CrmDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        var authentication = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = http =>
                ApiKeyAuthentication.IsUsedBy(http.Request) || (IsApi(http.Request) && !http.Request.Cookies.ContainsKey(CookieName)) ? ApiKeyAuthentication.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        authentication.AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Configure));
        services.AddAuthorization();
        services.AddAntiforgery(options => options.HeaderName = AntiforgeryHeader);
    }

    public const string CookieName = "InfluencerCrm";

    /// <summary>A browser's write must carry the antiforgery token and come from our own pages.</summary>
    public static async Task GuardCookieWrites(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity is { IsAuthenticated: true, AuthenticationType: not ApiKeyAuthentication.SchemeName }
            && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method)
            && (http.Request.Path.StartsWithSegments("/odata") || http.Request.Path.StartsWithSegments("/api")))
        {
            var origin = http.Request.Headers.Origin.ToString();
            if (origin.Length > 0 && !string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase))
            {
                await ErrorResponse.WriteAsync(http, StatusCodes.Status403Forbidden, "foreignOrigin", "Writes with a browser session must come from our own pages; tools use an API key.");
                return;
            }

            if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            {
                await ErrorResponse.WriteAsync(http, StatusCodes.Status403Forbidden, "antiforgery", $"Send the token of GET /api/session in {AntiforgeryHeader}; tools use an API key instead of a session.");
                return;
            }
        }

        await next(http);
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/sign-in";
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = EnterAsync;
        options.Events.OnRedirectToLogin = context => IsApi(context.Request)
            ? ErrorResponse.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized, "unauthorized", "Sign in again, or send an API key.")
            : Redirect(context);
        options.Events.OnRedirectToAccessDenied = context =>
            ErrorResponse.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden, "forbidden", "You may not do this.");
    }

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/odata") || request.Path.StartsWithSegments("/api");

    /// <summary>Gives the scope its actor, fresh from the database; a deactivated user, or one whose password changed, is signed out.</summary>
    private static async Task EnterAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var actor = int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            ? await services.GetRequiredService<LoadActor>().OfUserAsync(userId, context.HttpContext.RequestAborted)
            : null;
        if (actor is null)
        {
            context.RejectPrincipal();
            return;
        }

        services.GetRequiredService<CurrentActor>().Become(actor);
        await SecurityStampValidator.ValidatePrincipalAsync(context);
    }
}
