using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the database does too.</summary>
internal static class Health
{
    /// <summary>How the product is.</summary>
    /// <param name="Status"><c>live</c>, <c>ready</c> or <c>databaseUnreachable</c>.</param>
    private sealed record HealthRecord(string Status);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("health").AllowAnonymous();
        group.MapGet("/live", () => Results.Ok(new HealthRecord("live"))).WithMetadata(new AnswerAttribute(typeof(HealthRecord)))
            .WithName("getLiveness").WithSummary("The process answers").WithDescription("For a watchdog that restarts the process; looks at nothing else.");
        group.MapGet("/ready", async (CrmDbContext db, CancellationToken ct) =>
                await db.Database.CanConnectAsync(ct)
                    ? Results.Ok(new HealthRecord("ready"))
                    : Results.Json(new HealthRecord("databaseUnreachable"), statusCode: StatusCodes.Status503ServiceUnavailable))
            .WithMetadata(new AnswerAttribute(typeof(HealthRecord)))
            .WithName("getReadiness").WithSummary("The process and its database answer").WithDescription("For a balancer; 503 with the status `databaseUnreachable` while the database does not answer.").Produces(StatusCodes.Status503ServiceUnavailable);
    }
}
