using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.Reverting;

/// <summary>Asks for an import to be taken back; a worker does it, row by row.</summary>
public sealed class RevertImport(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    /// <exception cref="NotFound">There is no such import.</exception>
    /// <exception cref="Conflict">It still runs, was a dry run or of oppositions, or was reverted before.</exception>
    public async Task<ImportJob> ExecuteAsync(int id, CancellationToken ct)
    {
        scope.Required.Require(Right.WriteContacts);
        var job = await db.Imports.FirstOrDefaultAsync(i => i.Id == id, ct) ?? throw new NotFound("import", id);
        var now = clock.GetUtcNow().UtcDateTime;
        job.Revert(now);
        db.Add(AuditEntry.Act(scope.Required, nameof(ImportJob), job.Id, $"revert of {job.FileName} asked for", now));
        await db.SaveChangesAsync(ct);
        return job;
    }
}
