using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>What became of a mail.</summary>
internal sealed record LeastOutcome(long Id, int Person, string Subject, string Answer);

/// <summary>
/// Intents and outcomes in two tables without an index, a condition or a change feed, by statements written by hand: one writer, and
/// whoever becomes ready while it writes is in its next transaction. On PostgreSQL a transaction is one trip.
/// </summary>
internal sealed class LeastRounds : IAsyncDisposable
{
    private const string Tables =
        """
        CREATE TABLE least_mail (id BIGINT PRIMARY KEY, status INTEGER NOT NULL, response TEXT);
        CREATE TABLE least_history (id BIGINT PRIMARY KEY, person INTEGER NOT NULL, subject TEXT);
        """;

    private const string Taken = "UPDATE least_mail SET status = 2, response = $1 WHERE id = $2";
    private const string History = "INSERT INTO least_history (id, person, subject) VALUES ($1, $2, $3)";
    private const string Intent = "UPDATE least_mail SET status = 1 WHERE id = $1 AND status = 0";

    private readonly Lock _lock = new();
    private readonly DbConnection _connection;
    private readonly Dictionary<string, DbCommand> _kept = [];
    private List<(LeastOutcome? Outcome, long? Begin, TaskCompletionSource Written)> _waiting = [];
    private bool _isWriting;

    private LeastRounds(DbConnection connection) => _connection = connection;

    public static async Task<LeastRounds> OpenAsync(SmtpDatabase database)
    {
        DbConnection connection = database.Provider == "Sqlite" ? new SqliteConnection(database.ConnectionString) : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxAutoPrepare = 8 }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = (database.Provider == "Sqlite" ? "PRAGMA synchronous=FULL; " : "") + Tables;
        await command.ExecuteNonQueryAsync();
        return new LeastRounds(connection);
    }

    public async Task FillAsync(IEnumerable<long> ids)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"INSERT INTO least_mail (id, status) VALUES {string.Join(", ", ids.Select(i => $"({i.ToString(CultureInfo.InvariantCulture)}, 0)"))}";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Done when both are on the disk.</summary>
    public Task CommitAsync(LeastOutcome? outcome, long? begin)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((outcome, begin, written));
            if (_isWriting)
            {
                return written.Task;
            }

            _isWriting = true;
        }

        _ = Task.Run(WriteAllAsync);
        return written.Task;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<(LeastOutcome? Outcome, long? Begin, TaskCompletionSource Written)> round;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                (round, _waiting) = (_waiting, []);
            }

            try
            {
                var outcomes = round.Where(r => r.Outcome is not null).Select(r => r.Outcome!).ToList();
                List<(string Sql, object[] Values)> statements =
                [
                    .. outcomes.Select(o => (Taken, new object[] { o.Answer, o.Id })),
                    .. outcomes.Select(o => (History, new object[] { o.Id, o.Person, o.Subject })),
                    .. round.Where(r => r.Begin is not null).Select(r => (Intent, new object[] { r.Begin!.Value })),
                ];
                await (_connection is NpgsqlConnection npgsql ? WriteInOneTripAsync(npgsql, statements) : WriteAsync(statements));
                round.ForEach(r => r.Written.SetResult());
            }
            catch (DbException exception)
            {
                round.ForEach(r => r.Written.SetException(exception));
            }
        }
    }

    private static async Task WriteInOneTripAsync(NpgsqlConnection connection, List<(string Sql, object[] Values)> statements)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        foreach (var (sql, values) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync();
    }

    private async Task WriteAsync(List<(string Sql, object[] Values)> statements)
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        foreach (var (sql, values) in statements)
        {
            var command = _kept.GetValueOrDefault(sql) ?? Keep(sql, values.Length);
            command.Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i];
            }

            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private DbCommand Keep(string sql, int values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // One of the three above.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 1; i <= values; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}");
            command.Parameters.Add(parameter);
        }

        return _kept[sql] = command;
    }
}
