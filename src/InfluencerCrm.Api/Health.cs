using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the database does too.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", () => Results.Ok(new { status = "live" })).WithSummary("The process answers.");
        group.MapGet("/ready", async (CrmDbContext db, CancellationToken ct) =>
                await db.Database.CanConnectAsync(ct)
                    ? Results.Ok(new { status = "ready" })
                    : Results.Json(new { status = "databaseUnreachable" }, statusCode: StatusCodes.Status503ServiceUnavailable))
            .WithSummary("The process and its database answer.");
    }
}
