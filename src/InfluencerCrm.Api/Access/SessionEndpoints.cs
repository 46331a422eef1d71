using InfluencerCrm.Api.Idempotency;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Team;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.Access;

/// <summary>Who is signed in, signing in and out, for browsers.</summary>
internal static class SessionEndpoints
{
    /// <summary>Who signs in.</summary>
    /// <param name="Email">The user's address.</param>
    /// <param name="Password">The user's password.</param>
    private sealed record SignInRequest(string Email, string Password);

    /// <summary>Who is signed in.</summary>
    /// <param name="UserId">The user.</param>
    /// <param name="Rights">What the user may do.</param>
    /// <param name="CsrfToken">The token of this session's writes.</param>
    private sealed record SessionRecord(int? UserId, IEnumerable<string> Rights, string? CsrfToken);

    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/session").WithTags("session");
        group.MapGet("/", (CurrentActor scope, IAntiforgery antiforgery, HttpContext http) => scope.Actor is null
                ? throw new Forbidden("Nobody is signed in.")
                : Results.Ok(new SessionRecord(
                    scope.Actor.UserId,
                    Enum.GetValues<Right>().Where(r => r is not (Right.None or Right.All) && scope.Actor.Can(r)).Select(r => r.ToString()),
                    antiforgery.GetAndStoreTokens(http).RequestToken)))
            .RequireAuthorization().WithMetadata(new AnswerAttribute(typeof(SessionRecord)))
            .WithName("getSession").WithSummary("Who is signed in").WithDescription("What they may do, and the token that a browser's writes carry in `X-Csrf-Token`.");
        group.MapPost("/", async (SignInRequest request, SignInManager<User> signIn, CurrentActor scope) =>
            {
                if (string.IsNullOrEmpty(request.Email) || string.IsNullOrEmpty(request.Password))
                {
                    throw new Malformed("required", "email and password must be given.");
                }

                if (request.Email.Contains('\0', StringComparison.Ordinal))
                {
                    throw new Malformed("nulCharacter", "Texts must not hold U+0000.", "email");
                }

                // Identity counts failed attempts on the user's row; nobody is signed in yet, so the product itself writes it.
                scope.Become(Actor.System);
                var user = await signIn.UserManager.FindByEmailAsync(request.Email);
                var result = user is { Active: true } ? await signIn.PasswordSignInAsync(user, request.Password, isPersistent: true, lockoutOnFailure: true) : SignInResult.Failed;
                return result.Succeeded ? Results.NoContent()
                    : throw new Forbidden(result.IsLockedOut ? "Too many attempts; wait five minutes." : "The address or the password is wrong.");
            })
            .AllowAnonymous().WithMetadata(new NoIdempotencyKeyAttribute(), new BodyAttribute(typeof(SignInRequest))).Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status403Forbidden).Produces(StatusCodes.Status429TooManyRequests)
            .WithName("signIn").WithSummary("Signs a person in").WithDescription("The answer sets the session's cookie. 403 when address or password is wrong, or after too many attempts.");
        group.MapDelete("/", async (SignInManager<User> signIn) =>
            {
                await signIn.SignOutAsync();
                return Results.NoContent();
            })
            .RequireAuthorization().Produces(StatusCodes.Status204NoContent)
            .WithName("signOut").WithSummary("Signs out").WithDescription("Ends the browser's session.");
    }
}
