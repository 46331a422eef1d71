using InfluencerCrm.Api.Idempotency;
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
    /// <param name="Email">The user's address.</param>
    private sealed record SignInRequest(string Email, string Password);

    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/session").WithTags("Session");
        group.MapGet("/", (CurrentActor scope, IAntiforgery antiforgery, HttpContext http) => scope.Actor is null
                ? throw new Forbidden("Nobody is signed in.")
                : Results.Ok(new
                {
                    userId = scope.Actor.UserId,
                    rights = Enum.GetValues<Right>().Where(r => r is not (Right.None or Right.All) && scope.Actor.Can(r)).Select(r => r.ToString()),
                    csrfToken = antiforgery.GetAndStoreTokens(http).RequestToken,
                }))
            .RequireAuthorization().WithSummary("Who is signed in, what they may do, and the antiforgery token of this session.");
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
            .AllowAnonymous().WithMetadata(new NoIdempotencyKeyAttribute()).WithSummary("Signs a person in with a cookie.");
        group.MapDelete("/", async (SignInManager<User> signIn) =>
            {
                await signIn.SignOutAsync();
                return Results.NoContent();
            })
            .RequireAuthorization().WithSummary("Signs out.");
    }
}
