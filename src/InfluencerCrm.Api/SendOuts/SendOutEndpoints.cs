using System.Runtime.CompilerServices;
using System.Text.Json;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.SendOuts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>What of send-outs is no OData.</summary>
internal static class SendOutEndpoints
{
    private const string EventType = "progress";

    public static void MapSendOuts(this IEndpointRouteBuilder api) =>
        api.MapGet("/sendouts/{id:int}/events", EventsAsync).WithTags("sendOuts").WithName("watchSendOut").RequireAuthorization()
            .WithSummary("Streams how far a send-out is")
            .WithDescription("Server-sent events named `progress`, one a second, each with what /odata/sendOuts(id)/progress() answers. The stream ends when the send-out is completed or cancelled, at the latest after ten minutes; a browser's EventSource then asks again by itself.")
            .Produces(StatusCodes.Status200OK, null, "text/event-stream");

    private static async Task<IResult> EventsAsync(int id, WatchProgress watch, CancellationToken ct) =>
        TypedResults.ServerSentEvents(ItemsAsync(await watch.ExecuteAsync(id, ct), ct), EventType);

    // As text, so that the JSON is the same as everywhere else.
    private static async IAsyncEnumerable<string> ItemsAsync(IAsyncEnumerable<SendOutProgress> looks, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var look in looks.WithCancellation(ct))
        {
            yield return JsonSerializer.Serialize(look, RequestBody.Json);
        }
    }
}
