using System.Data.Common;
using System.Threading.Channels;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Clippings;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Opposing;
using InfluencerCrm.Core.Imports.People;
using InfluencerCrm.Core.Imports.Places;
using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Imports.Rows;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Imports;

/// <summary>How far an import is.</summary>
/// <param name="Total">Null where it is not known.</param>
public sealed record ImportProgress(int Processed, int? Total);

/// <summary>
/// Reads a file in, batch by batch. Each batch is one short transaction that holds the people, the word on each row and the counts, so
/// what is committed is whole; after a crash the job goes on behind the last row that has a word.
/// </summary>
public sealed class RunImport(
    CrmDbContext db, CurrentActor scope, IDatabaseProvider provider, ImportFiles files, AddressHash hash, MarkAddress mark, LoadActor actors, LastCoverage lastCoverage, IOptions<ImportOptions> options, IOptions<AgencyOptions> agency, TimeProvider clock)
{
    private const int MostAttempts = 5;

    /// <summary>Rows that are people at one time: a commit wants many rows, the memory few.</summary>
    private const int PartRows = 250;

    /// <summary>Runs an import that the caller has claimed, to its end.</summary>
    public Task<ImportJob> ExecuteAsync(ImportJob claimed, Action<ImportProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        scope.Required.Require(Right.WriteContacts);
        return RunAsync(claimed.Id, claimed.ClaimToken ?? throw new Conflict("notClaimed", "Another host runs this import."), progress, ct);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<ImportJob> RunAsync(int id, Guid token, Action<ImportProgress>? progress, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var job = await db.Imports.AsNoTracking().FirstAsync(i => i.Id == id, ct);

        // The product does it, for the one who asked: the audit names them.
        scope.Become(Actor.System with { UserId = job.RequestedById });

        // One connection for the whole import, so that its prepared statements live as long.
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await provider.BeginBulkWriteAsync(db, ct);
            await ReadAsync(job, token, progress, ct);
            await EndAsync(job, token, j => j.Complete(Now), ct);
            await provider.RefreshStatisticsAsync(db, ct);
        }
        catch (ClaimLost)
        {
            // Cancelled, or another host goes on with it.
        }
        catch (CrmError error)
        {
            await EndAsync(job, token, j => j.Fail(error.Message, Now), ct);
        }
        catch (OperationCanceledException)
        {
            // This host stops; the next may go on at once.
            await db.Imports.Where(i => i.Id == id && i.ClaimToken == token)
                .UpdateRowsAsync(Now, set => set.SetProperty(i => i.LeaseUntil, (DateTime?)null), CancellationToken.None);
            throw;
        }
        finally
        {
            await provider.EndBulkWriteAsync(db, CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }

        db.ChangeTracker.Clear();
        return await db.Imports.AsNoTracking().FirstAsync(i => i.Id == id, ct);
    }

    private async Task ReadAsync(ImportJob job, Guid token, Action<ImportProgress>? progress, CancellationToken ct)
    {
        var after = await LastLineAsync(job, ct);
        await using var file = files.Open(job.SourceFile);
        await using var reader = await TableFile.OpenAsync(file, StartImport.FormatOf(job.Format), TableLimits.Default, ct);
        await using var batches = await BatchesAsync(job, reader.Headings, ct);

        // Reading and cleaning rows goes on beside the writing of those before.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var channel = Channel.CreateBounded<List<ReadRow>>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => FillAsync(reader, batches, after, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            var processed = job.Processed;
            await foreach (var rows in channel.Reader.ReadAllAsync(ct))
            {
                await WriteAsync(job, token, batches, rows, ct);
                processed += rows.Count;
                progress?.Invoke(new ImportProgress(processed, job.Total));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task<IRowBatches> BatchesAsync(ImportJob job, IReadOnlyList<string> headings, CancellationToken ct)
    {
        FieldMap<T> Map<T>()
            where T : struct, Enum => new(headings, ImportColumns.Read<T>(job.Columns));

        async Task<Asker> AskerAsync() =>
            await Asker.LoadAsync(db, job.RequestedById is { } user ? await actors.OfUserAsync(user, ct) ?? Asker.Nobody : Actor.System, ct);

        return job.Kind switch
        {
            ImportKind.Outlets => new OutletBatches(db, provider, clock, job, Map<OutletField>()),
            ImportKind.Coverage => new CoverageBatches(db, provider, clock, job, Map<CoverageField>(), await AskerAsync(), lastCoverage),
            ImportKind.Suppressions => new SuppressionBatches(db, provider, clock, job, Map<SuppressionField>(), await AskerAsync(), hash, mark),
            _ => new PeopleBatches(db, provider, clock, hash, job, ColumnMap.Of(headings, ImportColumns.Read<PersonField>(job.Columns)), await TopicNames.LoadAsync(db, ct), agency.Value.Country),
        };
    }

    private async Task FillAsync(ITableReader reader, IRowBatches cleaning, int after, ChannelWriter<List<ReadRow>> batches, CancellationToken ct)
    {
        try
        {
            var size = options.Value.BatchRows;
            var batch = new List<ReadRow>(size);
            await foreach (var row in reader.ReadRowsAsync(ct))
            {
                if (row.Line <= after)
                {
                    continue;
                }

                batch.Add(cleaning.Read(row));
                if (batch.Count == size)
                {
                    await batches.WriteAsync(batch, ct);
                    batch = new List<ReadRow>(size);
                }
            }

            if (batch.Count > 0)
            {
                await batches.WriteAsync(batch, ct);
            }

            batches.Complete();
        }
        catch (Exception exception) when (exception is CrmError or IOException or OperationCanceledException)
        {
            // Comes out where the batches are read.
            batches.Complete(exception);
        }
    }

    private async Task WriteAsync(ImportJob job, Guid token, IRowBatches batches, List<ReadRow> rows, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await WaitForOthersAsync(ct);
                var outcomes = new List<ImportOutcome>(rows.Count);
                foreach (var part in rows.Chunk(PartRows))
                {
                    outcomes.AddRange(await batches.WriteAsync(part, ct));
                    db.ChangeTracker.Clear();
                }

                await CountAsync(job.Id, token, outcomes, ct);
                await transaction.CommitAsync(ct);
                batches.Committed();
                return;
            }
            catch (Exception exception) when (attempt < MostAttempts && MayPass(exception))
            {
                // Somebody wrote one of these people at the same moment; looked up again, the row finds them.
                batches.RolledBack();
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
        DbException database => provider.IsUniqueViolation(database) || provider.IsTransient(database) || provider.IsMissingReference(database),
        _ => false,
    };

    /// <summary>
    /// Batches of two imports do not overlap: people without an address of their own have no unique index that would keep a second
    /// one out. The oldest import's row is the lock, held to the end of the transaction. SQLite has one writer at a time anyhow.
    /// </summary>
    private async Task WaitForOthersAsync(CancellationToken ct)
    {
        if (!provider.IsEmbedded)
        {
            var oldest = await db.Imports.MinAsync(i => i.Id, ct);
            await db.Imports.Where(i => i.Id == oldest).UpdateRowsAsync(Now, set => set.SetProperty(i => i.DueAt, i => i.DueAt), ct);
        }
    }

    /// <exception cref="ClaimLost">The import was cancelled, or its lease ended and another host took it.</exception>
    private async Task CountAsync(int id, Guid token, List<ImportOutcome> outcomes, CancellationToken ct)
    {
        int created = 0, updated = 0, unchanged = 0, refused = 0;
        foreach (var outcome in outcomes)
        {
            switch (outcome)
            {
                case ImportOutcome.Created: created++; break;
                case ImportOutcome.Updated: updated++; break;
                case ImportOutcome.Unchanged: unchanged++; break;
                default: refused++; break;
            }
        }

        var all = outcomes.Count;
        var until = Now + ClaimImport.Lease;
        var held = await db.Imports.Where(i => i.Id == id && i.ClaimToken == token && i.Status == ImportStatus.Running).UpdateRowsAsync(
            Now,
            set => set.SetProperty(i => i.Processed, i => i.Processed + all)
                .SetProperty(i => i.Created, i => i.Created + created)
                .SetProperty(i => i.Updated, i => i.Updated + updated)
                .SetProperty(i => i.Unchanged, i => i.Unchanged + unchanged)
                .SetProperty(i => i.Refused, i => i.Refused + refused)
                .SetProperty(i => i.LeaseUntil, until),
            ct);
        if (held == 0)
        {
            throw new ClaimLost();
        }
    }

    private async Task<int> LastLineAsync(ImportJob job, CancellationToken ct)
    {
        if (job.Processed > 0 && job.DryRun)
        {
            // What a dry run would have created by now is remembered nowhere: it begins anew.
            await db.ImportRows.Where(r => r.ImportId == job.Id).DeleteRowsAsync(ct);
            await db.Imports.Where(i => i.Id == job.Id).UpdateRowsAsync(
                Now,
                set => set.SetProperty(i => i.Processed, 0).SetProperty(i => i.Created, 0).SetProperty(i => i.Updated, 0).SetProperty(i => i.Unchanged, 0).SetProperty(i => i.Refused, 0),
                ct);
            return 0;
        }

        return await db.ImportRows.Where(r => r.ImportId == job.Id).MaxAsync(r => (int?)r.Line, ct) ?? 0;
    }

    private async Task EndAsync(ImportJob job, Guid token, Action<ImportJob> end, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var row = await db.Imports.FirstAsync(i => i.Id == job.Id, ct);
        if (row.ClaimToken != token || row.Status != ImportStatus.Running)
        {
            return;
        }

        end(row);
        var outcome = row.Status == ImportStatus.Failed ? $"failed: {row.Error}" : $"{row.Created} created, {row.Updated} updated, {row.Unchanged} unchanged, {row.Refused} refused";
        db.Add(AuditEntry.Act(scope.Required, nameof(ImportJob), row.Id, $"{(row.DryRun ? "dry run" : "import")} of {row.FileName}: {outcome}", Now));
        await db.SaveChangesAsync(ct);

        // It holds people's data, and each refused row is kept with its word.
        files.Delete(row.SourceFile);
    }

    private sealed class ClaimLost : Exception;
}
