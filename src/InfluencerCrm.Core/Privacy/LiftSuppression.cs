using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>Lifts a suppression; an admin's act, with a reason that is kept.</summary>
public sealed class LiftSuppression(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    public async Task<Suppression> ExecuteAsync(int id, Guid? version, string reason, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RuleViolation("required", "liftReason must be given.", "liftReason");
        }

        var suppression = await db.Suppressions.FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound("suppression", id);
        if (version is not null && version != suppression.Version)
        {
            throw new VersionMismatch();
        }

        suppression.Lift(scope.Required.UserId, reason, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        return suppression;
    }
}
