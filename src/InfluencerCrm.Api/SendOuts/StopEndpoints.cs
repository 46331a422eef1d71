using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.SendOuts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>The stop switch.</summary>
internal static class StopEndpoints
{
    public static void MapStop(this IEndpointRouteBuilder api) =>
        api.MapPost("/stop", StopAsync).WithTags("sendOuts").WithName("stop").RequireAuthorization()
            .WithMetadata(new BodyAttribute(typeof(StopRequest)), new AnswerAttribute(typeof(StopAnswer)))
            .WithSummary("Stops every send-out of a subject that is not over: of one send-out, campaign, client or topic, or all.")
            .WithDescription("From then on none of their mails begins, whatever state they are in, drafts too. Takes no right to send. A reason and confirm are required. Each send-out is let go by itself, by its action liftStop.");

    private static async Task<IResult> StopAsync(HttpContext http, StopSendOuts stop, CancellationToken ct) =>
        Results.Json(await stop.ExecuteAsync(await RequestBody.ReadAsync<StopRequest>(http.Request, null, ct), ct), RequestBody.Json);
}
