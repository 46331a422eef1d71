using InfluencerCrm.Api.Idempotency;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.Privacy;

/// <summary>Erasing a person for good.</summary>
internal static class ErasureEndpoints
{
    /// <param name="Confirm">The person's display name, as the first call gave it; without it nothing is erased.</param>
    private sealed record EraseRequest(string? Confirm);

    public static void MapErasure(this IEndpointRouteBuilder api) =>
        api.MapPost("/influencers/{id:int}/erase", async (int id, HttpRequest request, EraseInfluencer erase, CancellationToken ct) =>
                Results.Json(await erase.ExecuteAsync(id, (await RequestBody.ReadAsync<EraseRequest>(request, null, ct)).Confirm, ct), RequestBody.Json))
            .RequireAuthorization().WithTags("Privacy").WithMetadata(new AnswerNotKeptAttribute())
            .WithSummary("Erases a person, in two calls: the first answers what would go and what to type, the second, with {\"confirm\":\"the display name\"}, does it. Admins only.");
}
