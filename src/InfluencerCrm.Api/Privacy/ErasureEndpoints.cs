using InfluencerCrm.Api.Idempotency;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.Privacy;

/// <summary>Erasing a person for good.</summary>
internal static class ErasureEndpoints
{
    /// <summary>Whether to go on.</summary>
    /// <param name="Confirm">The person's display name, as the first call gave it; without it nothing is erased.</param>
    private sealed record EraseRequest(string? Confirm);

    public static void MapErasure(this IEndpointRouteBuilder api) =>
        api.MapPost("/influencers/{id:int}/erase", async (int id, HttpRequest request, EraseInfluencer erase, CancellationToken ct) =>
                Results.Json(await erase.ExecuteAsync(id, (await RequestBody.ReadAsync<EraseRequest>(request, null, ct)).Confirm, ct), RequestBody.Json))
            .RequireAuthorization().WithTags("privacy").WithMetadata(new AnswerNotKeptAttribute(), new BodyAttribute(typeof(EraseRequest)), new AnswerAttribute(typeof(Erasure)))
            .WithName("eraseInfluencer")
            .WithSummary("Erases a person, in two calls")
            .WithDescription("The first call, without a body, answers what would go and what to type; the second, with `{\"confirm\":\"the display name\"}`, does it. Admins only. Afterwards the person answers 410.");
}
