using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.Reverting;

/// <summary>
/// Takes an import back, batch by batch, each one transaction: what it created goes unless somebody has touched or used it since, and
/// values it changed become those of before unless they were changed again. Oppositions stay. After a crash it goes on with the rows
/// that have no word on their revert.
/// </summary>
public sealed class RunRevert(CrmDbContext db, CurrentActor scope, IDatabaseProvider provider, LastCoverage lastCoverage, TimeProvider clock)
{
    private const int BatchRows = 200;
    private const int MostAttempts = 5;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes back an import that the caller has claimed.</summary>
    public async Task<ImportJob> ExecuteAsync(ImportJob claimed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        scope.Required.Require(Right.WriteContacts);
        var token = claimed.ClaimToken ?? throw new Conflict("notClaimed", "Another host runs this import.");
        db.ChangeTracker.Clear();
        var job = await db.Imports.AsNoTracking().FirstAsync(i => i.Id == claimed.Id, ct);
        scope.Become(Actor.System with { UserId = job.RequestedById });
        try
        {
            // Records first, then values: a person who goes needs no value put back.
            var rows = db.ImportRows.Where(r => r.ImportId == job.Id && r.Reverted == null);
            await AllAsync(job, token, rows.Where(r => r.Outcome == ImportOutcome.Created), ct);
            await AllAsync(job, token, rows.Where(r => r.Outcome == ImportOutcome.Updated), ct);
            await RemovePlacesAsync(job, token, ct);
            await EndAsync(job, token, ct);
        }
        catch (ClaimLost)
        {
            // Another host goes on with it.
        }
        catch (OperationCanceledException)
        {
            await db.Imports.Where(i => i.Id == job.Id && i.ClaimToken == token)
                .UpdateRowsAsync(Now, set => set.SetProperty(i => i.LeaseUntil, (DateTime?)null), CancellationToken.None);
            throw;
        }

        db.ChangeTracker.Clear();
        return await db.Imports.AsNoTracking().FirstAsync(i => i.Id == job.Id, ct);
    }

    private async Task AllAsync(ImportJob job, Guid token, IQueryable<ImportRow> left, CancellationToken ct)
    {
        // The newest first: what an early row created is in use by those after it.
        while (await TriedAsync(() => BatchAsync(job, token, left.OrderByDescending(r => r.Id).Take(BatchRows), ct)))
        {
        }
    }

    /// <returns>False where nothing is left.</returns>
    private async Task<bool> BatchAsync(ImportJob job, Guid token, IQueryable<ImportRow> next, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await RenewAsync(job, token, ct);
        var rows = await next.ToListAsync(ct);
        if (rows.Count == 0)
        {
            return false;
        }

        var records = new Records(db, job.Kind);
        var undone = rows.ConvertAll(r => new UndoneRow(r));
        var until = await UntilAsync(job, rows, ct);

        // What the rows added to records goes before the records: it would be what uses them.
        await records.LoadAsync(rows, ct);
        undone.ForEach(row => records.RemoveParts(row, until.GetValueOrDefault(records.TargetOf(row.Row))));
        await db.SaveChangesAsync(ct);
        await records.LoadAsync(rows, ct);
        foreach (var row in undone)
        {
            records.TakeBack(row, until.GetValueOrDefault(records.TargetOf(row.Row)));
            row.Settle();
        }

        await db.SaveChangesAsync(ct);
        await FollowAsync(records, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What is copied from parts that went: primary addresses, the last piece of an author.</summary>
    private async Task FollowAsync(Records records, CancellationToken ct)
    {
        foreach (var id in records.PeopleWithAddressesGone)
        {
            if (await db.Influencers.IgnoreQueryFilters().FirstOrDefaultAsync(i => i.Id == id && i.ErasedAt == null, ct) is { } person)
            {
                var primary = await db.ContactPoints.Where(p => p.InfluencerId == id && p.Primary).OrderBy(p => p.Id).ToListAsync(ct);
                person.Copy(primary.Find(p => p.Kind == Influencers.ContactKind.Email), primary.Find(p => p.Kind == Influencers.ContactKind.Phone));
            }
        }

        await db.SaveChangesAsync(ct);
        foreach (var id in records.AuthorsTouched)
        {
            await lastCoverage.UpdateAsync(id, ct);
        }
    }

    /// <summary>Until when the import itself wrote each record.</summary>
    private async Task<Dictionary<int, DateTime>> UntilAsync(ImportJob job, List<ImportRow> rows, CancellationToken ct)
    {
        var ofImport = db.ImportRows.AsNoTracking().Where(r => r.ImportId == job.Id);
        var ids = rows.ConvertAll(r => Records.TargetOf(r, job.Kind));
        return job.Kind == ImportKind.Influencers
            ? await ofImport.Where(r => ids.Contains(r.InfluencerId)).GroupBy(r => r.InfluencerId!.Value).Select(g => new { g.Key, Last = g.Max(r => r.CreatedAt) }).ToDictionaryAsync(g => g.Key, g => g.Last, ct)
            : await ofImport.Where(r => ids.Contains(r.TargetId)).GroupBy(r => r.TargetId!.Value).Select(g => new { g.Key, Last = g.Max(r => r.CreatedAt) }).ToDictionaryAsync(g => g.Key, g => g.Last, ct);
    }

    /// <summary>Outlets that the rows of people or coverage brought along go last, when nothing of the import is left in them.</summary>
    private async Task RemovePlacesAsync(ImportJob job, Guid token, CancellationToken ct)
    {
        var rows = db.ImportRows.AsNoTracking().Where(r => r.ImportId == job.Id && r.Changes != null && r.Changes.Contains("\"entity\":\"outlet\"") && r.Reverted != null);
        var after = long.MaxValue;
        while (await rows.Where(r => r.Id < after).OrderByDescending(r => r.Id).Take(BatchRows).ToListAsync(ct) is { Count: > 0 } batch)
        {
            after = batch[^1].Id;
            await TriedAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await RenewAsync(job, token, ct);
                await Records.RemoveOutletsAsync(db, batch, ct);
                await transaction.CommitAsync(ct);
                return true;
            });
        }
    }

    /// <summary>Somebody may write one of the records at the same moment; looked at again, it is one that was changed since.</summary>
    private async Task<bool> TriedAsync(Func<Task<bool>> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await batch();
            }
            catch (Exception exception) when (attempt < MostAttempts && MayPass(exception))
            {
                // Once more, with what is there now.
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private bool MayPass(Exception exception) => exception switch
    {
        VersionMismatch => true,
        DbUpdateException { InnerException: DbException inner } => MayPass(inner),
        DbException database => provider.IsTransient(database) || provider.IsMissingReference(database),
        _ => false,
    };

    /// <exception cref="ClaimLost">The lease ended and another host took it.</exception>
    private async Task RenewAsync(ImportJob job, Guid token, CancellationToken ct)
    {
        var until = Now + ClaimImport.Lease;
        if (await db.Imports.Where(i => i.Id == job.Id && i.ClaimToken == token && i.Status == ImportStatus.Reverting)
            .UpdateRowsAsync(Now, set => set.SetProperty(i => i.LeaseUntil, until), ct) == 0)
        {
            throw new ClaimLost();
        }
    }

    private async Task EndAsync(ImportJob job, Guid token, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var row = await db.Imports.FirstAsync(i => i.Id == job.Id, ct);
        if (row.ClaimToken != token || row.Status != ImportStatus.Reverting)
        {
            return;
        }

        var rows = db.ImportRows.Where(r => r.ImportId == job.Id);
        row.CompleteRevert(await rows.CountAsync(r => r.Reverted == RevertOutcome.Removed || r.Reverted == RevertOutcome.PutBack, ct), await rows.CountAsync(r => r.Reverted == RevertOutcome.Kept, ct), Now);
        db.Add(AuditEntry.Act(scope.Required, nameof(ImportJob), row.Id, $"revert of {row.FileName}: {row.Undone} rows taken back, {row.Kept} left as they are", Now));
        await db.SaveChangesAsync(ct);
    }

    private sealed class ClaimLost : Exception;
}
