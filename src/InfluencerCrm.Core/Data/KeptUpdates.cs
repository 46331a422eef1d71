using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>Runs kept statements on the context's connection, in the transaction that is open on it: prepared once, and in one trip where the driver has batches.</summary>
internal sealed class KeptUpdates(CrmDbContext db, IDatabaseProvider provider) : IAsyncDisposable
{
    private readonly Dictionary<KeptUpdate, DbCommand> _commands = [];
    private readonly Dictionary<(KeptUpdate Update, int Runs), DbBatch> _batches = [];

    /// <summary>False: this database is spoken to by EF alone.</summary>
    public bool IsAvailable => provider.KeepsUpdates;

    /// <returns>How many rows each of them has touched.</returns>
    public async Task<int[]> RunAsync(IReadOnlyList<KeptRun> runs, CancellationToken ct)
    {
        if (runs.Count == 0)
        {
            return [];
        }

        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (runs.Count > 1 && transaction.Connection!.CanCreateBatch)
        {
            return await RunInOneTripAsync(runs, transaction, ct);
        }

        var touched = new int[runs.Count];
        for (var i = 0; i < touched.Length; i++)
        {
            var command = await CommandAsync(runs[i].Update, transaction, ct);
            runs[i].Update.Bind(command.Parameters, runs[i].Values);
            touched[i] = await command.ExecuteNonQueryAsync(ct);
        }

        return touched;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        foreach (var batch in _batches.Values)
        {
            await batch.DisposeAsync();
        }
    }

    private async Task<int[]> RunInOneTripAsync(IReadOnlyList<KeptRun> runs, DbTransaction transaction, CancellationToken ct)
    {
        if (runs.Any(r => r.Update != runs[0].Update))
        {
            await using var mixed = BatchOf(runs, transaction.Connection!);
            return await RunAsync(mixed, runs, transaction, isPrepared: false, ct);
        }

        // The driver has read its text and knows its statements: as often as so many run at once again, values are all that is new.
        var key = (runs[0].Update, runs.Count);
        var isKnown = _batches.TryGetValue(key, out var batch);
        batch ??= _batches[key] = BatchOf(runs, transaction.Connection!);
        return await RunAsync(batch, runs, transaction, isKnown, ct);
    }

    private static DbBatch BatchOf(IReadOnlyList<KeptRun> runs, DbConnection connection)
    {
        var batch = connection.CreateBatch();
        using var factory = connection.CreateCommand();
        foreach (var run in runs)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = run.Update.Sql;
            run.Update.AddParameters(command.Parameters, factory);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static async Task<int[]> RunAsync(DbBatch batch, IReadOnlyList<KeptRun> runs, DbTransaction transaction, bool isPrepared, CancellationToken ct)
    {
        batch.Transaction = transaction;
        for (var i = 0; i < runs.Count; i++)
        {
            runs[i].Update.Bind(batch.BatchCommands[i].Parameters, runs[i].Values);
        }

        if (!isPrepared)
        {
            await batch.PrepareAsync(ct);
        }

        await batch.ExecuteNonQueryAsync(ct);
        return [.. batch.BatchCommands.Select(c => c.RecordsAffected)];
    }

    private async Task<DbCommand> CommandAsync(KeptUpdate update, DbTransaction transaction, CancellationToken ct)
    {
        if (_commands.TryGetValue(update, out var known))
        {
            known.Transaction = transaction;
            return known;
        }

        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // EF has made it.
        command.CommandText = update.Sql;
#pragma warning restore CA2100
        update.AddParameters(command.Parameters, command);
        _commands.Add(update, command);
        await command.PrepareAsync(ct);
        return command;
    }
}
