using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>Runs kept statements on the context's connection, in the transaction that is open on it: prepared once, and in one trip where the driver has batches.</summary>
internal sealed class KeptUpdates(CrmDbContext db, IDatabaseProvider provider) : IAsyncDisposable
{
    private readonly Dictionary<KeptUpdate, DbCommand> _commands = [];

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
    }

    private static async Task<int[]> RunInOneTripAsync(IReadOnlyList<KeptRun> runs, DbTransaction transaction, CancellationToken ct)
    {
        await using var batch = transaction.Connection!.CreateBatch();
        await using var factory = transaction.Connection.CreateCommand();
        batch.Transaction = transaction;
        foreach (var run in runs)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = run.Update.Sql;
            run.Update.AddParameters(command.Parameters, factory);
            run.Update.Bind(command.Parameters, run.Values);
            batch.BatchCommands.Add(command);
        }

        // The connection knows by the text what it has prepared before.
        await batch.PrepareAsync(ct);
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
