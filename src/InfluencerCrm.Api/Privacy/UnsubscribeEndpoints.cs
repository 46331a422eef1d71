using InfluencerCrm.Core.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.Privacy;

/// <summary>
/// Where the links in mails lead: <c>GET /u/{token}</c> shows a page and changes nothing (link scanners follow every link),
/// <c>POST</c> acts: one-click as RFC 8058 has it, or a choice made on the page. No session: the token, 96 random bits, is the right
/// to opt out and to nothing else, so there is nothing that a forged request from another site could add, and nothing to guess.
/// </summary>
internal static class UnsubscribeEndpoints
{
    private const string OneClickField = "List-Unsubscribe";

    private const long LongestBody = 16 * 1024;

    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/u").AllowAnonymous().WithTags("Unsubscribe").ExcludeFromDescription();
        group.MapMethods("/{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        group.MapPost("/{token}", ActAsync).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LongestBody));
        group.MapMethods("/erase/{token}", [HttpMethods.Get, HttpMethods.Head], (string token, HttpContext http, ConfirmErasure confirm, CancellationToken ct) => ErasureAsync(http, confirm.FindAsync(token, ct)));
        group.MapPost("/erase/{token}", (string token, HttpContext http, ConfirmErasure confirm, CancellationToken ct) => ErasureAsync(http, confirm.ExecuteAsync(token, ct)))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LongestBody));
    }

    /// <summary>The link of the mail that asked the person to confirm; this one erases, so it went to their own address alone.</summary>
    private static async Task<IResult> ErasureAsync(HttpContext http, Task<ErasureStanding> asked)
    {
        var standing = await asked;
        var status = standing.State switch
        {
            ErasureState.Unknown => StatusCodes.Status404NotFound,
            ErasureState.Expired => StatusCodes.Status410Gone,
            _ => StatusCodes.Status200OK,
        };
        return PublicPage.Answer(http, status, standing.Language, (spoken, nonce) => ErasurePage.Of(standing.State, ErasureWords.For(spoken), nonce));
    }

    private static async Task<IResult> ShowAsync(string token, HttpContext http, Unsubscribe unsubscribe, CancellationToken ct)
    {
        var link = await unsubscribe.FindAsync(token, ct);
        return link is null ? Unknown(http) : Page(http, StatusCodes.Status200OK, (words, nonce) => UnsubscribePage.Choices(words, link.ClientName, nonce), link.Language);
    }

    private static async Task<IResult> ActAsync(string token, HttpContext http, Unsubscribe unsubscribe, CancellationToken ct)
    {
        if (await ChoiceAsync(http.Request, ct) is not { } choice)
        {
            // Neither one click nor a choice: show what there is to choose.
            var found = await unsubscribe.FindAsync(token, ct);
            return found is null ? Unknown(http) : Page(http, StatusCodes.Status400BadRequest, (words, nonce) => UnsubscribePage.Choices(words, found.ClientName, nonce), found.Language);
        }

        var link = await unsubscribe.ExecuteAsync(token, choice, ct);
        return link is null ? Unknown(http) : Page(http, StatusCodes.Status200OK, (words, nonce) => UnsubscribePage.Done(words, choice, link, nonce), link.Language);
    }

    private static async Task<UnsubscribeChoice?> ChoiceAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return form["choice"].ToString() switch
        {
            "client" => UnsubscribeChoice.Client,
            "all" => UnsubscribeChoice.All,
            "erase" => UnsubscribeChoice.Erase,
            "" when string.Equals(form[OneClickField].ToString().Trim(), "One-Click", StringComparison.OrdinalIgnoreCase) => UnsubscribeChoice.Client,
            _ => null,
        };
    }

    private static IResult Unknown(HttpContext http) => Page(http, StatusCodes.Status404NotFound, UnsubscribePage.Unknown, null);

    private static IResult Page(HttpContext http, int status, Func<UnsubscribeWords, string, string> write, string? language) =>
        PublicPage.Answer(http, status, language, (spoken, nonce) => write(UnsubscribeWords.For(spoken), nonce));
}
