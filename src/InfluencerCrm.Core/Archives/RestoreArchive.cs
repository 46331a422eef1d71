using System.Data.Common;
using System.Globalization;
using System.Reflection;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Archives;

/// <summary>What was taken in.</summary>
/// <param name="MessagesDue">Mails that wait to leave: this installation sends them now, so the one they come from must not.</param>
/// <param name="SecretsMissing">What has to be entered again: passwords of sender accounts, secrets of webhooks.</param>
/// <param name="WrittenAt">When the archive was made.</param>
/// <param name="Tables">Tables that were filled.</param>
/// <param name="Rows">Rows that were taken in.</param>
public sealed record RestoredArchive(DateTime WrittenAt, int Tables, long Rows, int MessagesDue, int SecretsMissing);

/// <summary>
/// Takes an archive into an installation that holds no data yet. Keys, versions, times and the audit stay as they were; the accounts of the
/// archive take the place of the first admin's. All in one transaction: whatever goes wrong, nothing was changed.
/// </summary>
public sealed class RestoreArchive(CrmDbContext db, CurrentActor scope, LoadAddressHashKey addressKey, IDatabaseProvider provider, TimeProvider clock)
{
    /// <summary>What an installation has of its own before anybody enters anything.</summary>
    private static readonly Type[] OfTheFirstStart = [typeof(User), typeof(ApiKey), typeof(AuditEntry), typeof(RateBudget), typeof(Mailbox)];

    private static readonly MethodInfo AnyMethod = Generic(nameof(AnyOfAsync));

    private static readonly MethodInfo ClearMethod = Generic(nameof(ClearOfAsync));

    /// <param name="file">Seekable: it is read twice.</param>
    /// <exception cref="Malformed">The archive is broken, hostile, or of a later version.</exception>
    /// <exception cref="Conflict">The installation holds data, or keeps a key of its own for address hashes.</exception>
    public async Task<RestoredArchive> ExecuteAsync(Stream file, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(file);
        scope.Required.Require(Right.Administer);
        var tables = ArchiveTables.Of(db.Model);
        await using var archive = await ArchiveFile.OpenAsync(file, tables, ct);

        // Before the transaction: protecting may write a key of its own, on another connection.
        var key = addressKey.Received(archive.Keys.AddressHash);
        var by = await db.Users.Where(u => u.Id == scope.Required.UserId).Select(u => u.Email).FirstOrDefaultAsync(ct) ?? "the command line";
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await RequireEmptyAsync(tables, ct);
        foreach (var table in tables.Reverse().Where(t => OfTheFirstStart.Contains(t.Entity.ClrType)))
        {
            await (Task)ClearMethod.MakeGenericMethod(table.Entity.ClrType).Invoke(this, [ct])!;
        }

        var rows = 0L;
        foreach (var table in tables)
        {
            rows += await InsertAsync(archive, table, ct);
        }

        foreach (var table in tables.Where(t => t.Later.Count > 0))
        {
            await CompleteAsync(archive, table, ct);
        }

        if (!await db.Users.AnyAsync(u => u.Role == Role.Admin && u.Active, ct))
        {
            throw new Malformed("archiveBadRow", "The archive has no active admin; nobody could let anybody in. Nothing was taken in.", "users");
        }

        await addressKey.KeepAsync(key, ct);
        db.Add(AuditEntry.Act(Actor.System, "Archive", 0, $"archive of {archive.Manifest.WrittenAt:yyyy-MM-dd HH:mm}Z taken in by {by}", clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(ct);
        var restored = new RestoredArchive(
            archive.Manifest.WrittenAt,
            archive.Manifest.Tables.Count,
            rows,
            await db.Messages.IgnoreQueryFilters().CountAsync(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred, ct),
            await db.SenderAccounts.CountAsync(a => a.UserName != null, ct) + await db.Webhooks.IgnoreQueryFilters().CountAsync(ct));
        await transaction.CommitAsync(ct);
        addressKey.Use(key);
        db.ChangeTracker.Clear();
        await provider.RefreshStatisticsAsync(db, CancellationToken.None);
        return restored;
    }

    private async Task RequireEmptyAsync(IReadOnlyList<ArchiveTable> tables, CancellationToken ct)
    {
        var full = new List<string>();
        foreach (var table in tables.Where(t => !OfTheFirstStart.Contains(t.Entity.ClrType)))
        {
            if (await (Task<bool>)AnyMethod.MakeGenericMethod(table.Entity.ClrType).Invoke(this, [ct])!)
            {
                full.Add(table.Name);
            }
        }

        if (await db.Users.CountAsync(ct) > 1)
        {
            full.Add("users");
        }

        if (full.Count > 0)
        {
            throw new Conflict("archiveNotEmpty", $"An archive is taken into an installation that holds nothing but its first admin; this one holds {string.Join(", ", full)}.");
        }
    }

    private async Task<long> InsertAsync(ArchiveFile archive, ArchiveTable table, CancellationToken ct)
    {
        if (archive.Manifest.Tables.FirstOrDefault(t => t.Name == table.Name) is not { } said)
        {
            // From a version that did not have the table yet.
            return 0;
        }

        var rows = 0L;
        await provider.BeginGivenKeysAsync(db, table.Entity, ct);
        await using (var insert = new ArchiveInsert(db, provider, table))
        {
            await using var stream = await archive.OpenAsync(said, ct);
            await foreach (var row in ArchiveRows.ReadAsync(stream, table, ct))
            {
                rows++;
                await TriedAsync(table, rows, () => insert.AddAsync(row, ct));
            }

            await TriedAsync(table, rows, () => insert.EndAsync(ct));
        }

        if (rows != said.Rows)
        {
            throw ArchiveFile.NotAnArchive(string.Create(CultureInfo.InvariantCulture, $"{table.Name} has {rows} rows, the manifest says {said.Rows}."));
        }

        await provider.EndGivenKeysAsync(db, table.Entity, ct);
        return rows;
    }

    private async Task CompleteAsync(ArchiveFile archive, ArchiveTable table, CancellationToken ct)
    {
        if (archive.Manifest.Tables.FirstOrDefault(t => t.Name == table.Name) is not { } said)
        {
            return;
        }

        var rows = 0L;
        await using var insert = new ArchiveInsert(db, provider, table);
        await using var stream = await archive.OpenAsync(said, ct);
        await foreach (var row in ArchiveRows.ReadAsync(stream, table, ct))
        {
            rows++;
            await TriedAsync(table, rows, () => insert.CompleteAsync(row, ct));
        }
    }

    private async Task TriedAsync(ArchiveTable table, long row, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (DbException exception) when (!provider.IsTransient(exception))
        {
            throw ArchiveJson.BadRow(table.Name, row, $"the database refuses it, or one of the rows before it ({exception.Message.Split('\n')[0]})");
        }
        catch (Exception exception) when (exception is InvalidCastException or ArgumentException or FormatException)
        {
            throw ArchiveJson.BadRow(table.Name, row, $"it has a value that the database does not take ({exception.Message.Split('\n')[0]})");
        }
    }

    private Task<bool> AnyOfAsync<T>(CancellationToken ct)
        where T : class => db.Set<T>().IgnoreQueryFilters().AnyAsync(ct);

    private Task<int> ClearOfAsync<T>(CancellationToken ct)
        where T : class => db.Set<T>().IgnoreQueryFilters().DeleteRowsAsync(ct);

    private static MethodInfo Generic(string name) => typeof(RestoreArchive).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
