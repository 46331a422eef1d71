using InfluencerCrm.Api.Privacy;
using InfluencerCrm.Core.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.Stories;

/// <summary>
/// Where the link of an embargo's teaser leads: <c>GET /embargo/{token}/{secret}</c> shows what is to be agreed to and changes nothing (link
/// scanners follow every link), <c>POST</c> takes the answer with the name that was typed. No session: the link is the right to answer for
/// the person it was sent to, and to nothing else.
/// </summary>
internal static class EmbargoEndpoints
{
    private const long LongestBody = 16 * 1024;

    public static void MapEmbargo(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/embargo").AllowAnonymous().WithTags("Embargo").ExcludeFromDescription();
        group.MapMethods("/{token}/{secret}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        group.MapPost("/{token}/{secret}", ActAsync).WithMetadata(new RequestSizeLimitAttribute(LongestBody));
    }

    private static async Task<IResult> ShowAsync(string token, string secret, HttpContext http, AnswerEmbargo answer, CancellationToken ct)
    {
        var standing = await answer.FindAsync(token, secret, ct);
        return Page(http, standing, standing.State == EmbargoLinkState.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ActAsync(string token, string secret, HttpContext http, AnswerEmbargo answer, CancellationToken ct)
    {
        var (name, accept) = await AnswerAsync(http.Request, ct);
        if (accept is null || !AnswerEmbargo.IsName(name))
        {
            // Neither yes nor no, or by nobody: show again what there is to answer.
            var asked = await answer.FindAsync(token, secret, ct);
            return Page(http, asked, asked.State == EmbargoLinkState.Open ? StatusCodes.Status400BadRequest : StatusOf(asked.State, null), nameMissing: accept is not null);
        }

        var standing = await answer.ExecuteAsync(token, secret, accept.Value, name!, ct);
        return Page(http, standing, StatusOf(standing.State, accept));
    }

    private static int StatusOf(EmbargoLinkState state, bool? accept) => state switch
    {
        EmbargoLinkState.Unknown => StatusCodes.Status404NotFound,
        EmbargoLinkState.Accepted when accept != false => StatusCodes.Status200OK,
        EmbargoLinkState.Declined when accept != true => StatusCodes.Status200OK,
        _ => StatusCodes.Status409Conflict,
    };

    private static async Task<(string? Name, bool? Accept)> AnswerAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return (null, null);
        }

        try
        {
            var form = await request.ReadFormAsync(ct);
            return (form["name"].ToString(), form["answer"].ToString() switch { "accept" => true, "decline" => false, _ => null });
        }
        catch (InvalidDataException)
        {
            return (null, null);
        }
    }

    private static IResult Page(HttpContext http, EmbargoStanding standing, int status, bool nameMissing = false) =>
        PublicPage.Answer(http, status, standing.Language, (spoken, nonce) => EmbargoPage.Of(standing, nameMissing, EmbargoWords.For(spoken), nonce));
}
