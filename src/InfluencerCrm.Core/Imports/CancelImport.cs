using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>Ends an import that waits or runs; what its finished batches have written stays, and each of their rows has its word.</summary>
public sealed class CancelImport(CrmDbContext db, CurrentActor scope, ImportFiles files, TimeProvider clock)
{
    /// <exception cref="NotFound">There is no such import.</exception>
    /// <exception cref="Conflict">It is over.</exception>
    public async Task<ImportJob> ExecuteAsync(int id, CancellationToken ct)
    {
        scope.Required.Require(Right.WriteContacts);
        for (var attempt = 1; ; attempt++)
        {
            var job = await db.Imports.FirstOrDefaultAsync(i => i.Id == id, ct) ?? throw new NotFound("import", id);
            job.Cancel(clock.GetUtcNow().UtcDateTime);
            try
            {
                await db.SaveChangesAsync(ct);
                files.Delete(job.SourceFile);
                return job;
            }
            catch (VersionMismatch) when (attempt < 20)
            {
                // A running import writes its progress several times a second.
                db.ChangeTracker.Clear();
            }
        }
    }
}
