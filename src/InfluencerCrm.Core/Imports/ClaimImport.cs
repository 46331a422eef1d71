using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>
/// Claims the import that waits longest, as <c>DueRows</c> claims its rows: an id is read, then one conditional UPDATE repeats the
/// condition and sets a fresh token.
/// </summary>
public sealed class ClaimImport(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    /// <summary>Each batch renews it, so it can be short, and an import whose host died goes on soon.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <returns>Null where nothing waits, or another host was first.</returns>
    public Task<ImportJob?> ExecuteAsync(CancellationToken ct) => ExecuteAsync(null, ct);

    /// <param name="only">The import that is wanted; null: whichever waits longest.</param>
    /// <param name="ct">Ends the wait for the database.</param>
    /// <returns>Null where nothing waits, or another host was first.</returns>
    public async Task<ImportJob?> ExecuteAsync(int? only, CancellationToken ct)
    {
        scope.Required.Require(Right.WriteContacts);
        var now = clock.GetUtcNow().UtcDateTime;
        var free = db.Imports.Where(i => (i.Status == ImportStatus.Queued || i.Status == ImportStatus.Running || i.Status == ImportStatus.Reverting)
            && i.DueAt <= now && (i.LeaseUntil == null || i.LeaseUntil < now));
        if (only is { } wanted)
        {
            free = free.Where(i => i.Id == wanted);
        }

        var id = await free.OrderBy(i => i.DueAt).ThenBy(i => i.Id).Select(i => (int?)i.Id).FirstOrDefaultAsync(ct);
        if (id is null)
        {
            return null;
        }

        var token = Guid.NewGuid();
        var until = now + Lease;
        await free.Where(i => i.Id == id).UpdateRowsAsync(
            now,
            set => set.SetProperty(i => i.ClaimToken, token).SetProperty(i => i.LeaseUntil, until)
                .SetProperty(i => i.Status, i => i.Status == ImportStatus.Reverting ? ImportStatus.Reverting : ImportStatus.Running).SetProperty(i => i.StartedAt, i => i.StartedAt ?? now),
            ct);
        return await db.Imports.AsNoTracking().FirstOrDefaultAsync(i => i.ClaimToken == token, ct);
    }
}

/// <summary>Ends an import that broke in a way nobody foresaw, so that it is not begun again for ever.</summary>
public sealed class FailImport(CrmDbContext db, CurrentActor scope, ImportFiles files, TimeProvider clock)
{
    public async Task ExecuteAsync(ImportJob claimed, string error, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        scope.Required.Require(Right.WriteContacts);
        db.ChangeTracker.Clear();
        var job = await db.Imports.FirstAsync(i => i.Id == claimed.Id, ct);
        if (job.ClaimToken == claimed.ClaimToken && job.Status is ImportStatus.Running or ImportStatus.Reverting)
        {
            job.Fail(error, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(ct);
            files.Delete(job.SourceFile);
        }
    }
}
