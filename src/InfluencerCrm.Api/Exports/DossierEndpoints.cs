using InfluencerCrm.Core.Dossiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace InfluencerCrm.Api.Exports;

/// <summary>What is held on one person, for that person.</summary>
internal static class DossierEndpoints
{
    public static void MapDossier(this IEndpointRouteBuilder api) =>
        api.MapGet("/influencers/{id:int}/export", async (int id, HttpResponse response, WriteDossier write, CancellationToken ct) => await write.ExecuteAsync(id, () => Begin(id, response), ct))
            .RequireAuthorization().WithTags("exports").WithName("exportInfluencer")
            .WithSummary("A person's dossier")
            .WithDescription("All that is held on them, as JSON, with a sentence on each part (GDPR articles 15 and 20). Rows that the caller may not see are left out, and the document says so; an administrator's is complete. That it was asked for is kept in the audit. An erased person answers 410.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json").Produces(StatusCodes.Status410Gone);

    private static Stream Begin(int id, HttpResponse response)
    {
        response.ContentType = "application/json; charset=utf-8";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"dossier-{id}.json");
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        return response.Body;
    }
}
