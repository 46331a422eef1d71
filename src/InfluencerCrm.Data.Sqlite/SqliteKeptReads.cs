using System.Data.Common;
using InfluencerCrm.Core.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>
/// Most of a read by key is what comes before it: the driver's opening (its functions, our settings) and SQLite's parser and planner.
/// Here both are done once for a connection.
/// </summary>
internal sealed class SqliteKeptReads(string connectionString) : IKeptReads, IDisposable
{
    /// <summary>Connections that stay open while nobody reads, which is as many as ever read at once; each has a small cache of its own.</summary>
    private const int MostIdle = 32;

    /// <summary>Statements that one connection keeps.</summary>
    private const int MostStatements = 64;

    private readonly Lock _keeping = new();
    private readonly Stack<Kept> _idle = [];
    private readonly Lock _watching = new();
    private Watch? _watch;
    private long _watches;
    private volatile bool _disposed;

    public long State
    {
        get
        {
            lock (_watching)
            {
                try
                {
                    if (_watch is null)
                    {
                        // Each connection counts from a number of its own.
                        _watches++;
                        _watch = new Watch(Open());
                    }

                    return (_watches << 32) + _watch.Version();
                }
                catch (SqliteException)
                {
                    // Not known is not the same as before.
                    _watch?.Dispose();
                    _watch = null;
                    return ++_watches << 32;
                }
            }
        }
    }

    public TResult Read<TResult>(string sql, ReadOnlySpan<KeyValuePair<string, object?>> values, Func<DbDataReader, TResult> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(read);
        ct.ThrowIfCancellationRequested();
        var kept = Take() ?? new Kept(Open());
        try
        {
            var command = kept.Command(sql, values);
            TResult result;
            using (SqliteInterrupts.With(command, ct))
            {
                using var reader = command.ExecuteReader();
                result = read(reader);
            }

            Return(kept);
            return result;
        }
        catch (Exception exception)
        {
            kept.Dispose();
            if (exception is SqliteException && ct.IsCancellationRequested)
            {
                throw new OperationCanceledException(exception.Message, exception, ct);
            }

            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (Take() is { } kept)
        {
            kept.Dispose();
        }

        lock (_watching)
        {
            _watch?.Dispose();
            _watch = null;
        }
    }

    private void Return(Kept kept)
    {
        lock (_keeping)
        {
            if (!_disposed && _idle.Count < MostIdle)
            {
                _idle.Push(kept);
                return;
            }
        }

        kept.Dispose();
    }

    /// <summary>The one that was used last: its pages are warm.</summary>
    private Kept? Take()
    {
        lock (_keeping)
        {
            return _idle.TryPop(out var kept) ? kept : null;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = SqlitePragmas.Settings + " PRAGMA cache_size=-1024; PRAGMA query_only=ON;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>One connection with its statements.</summary>
    private sealed class Kept(SqliteConnection connection) : IDisposable
    {
        private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

        public SqliteCommand Command(string sql, ReadOnlySpan<KeyValuePair<string, object?>> values)
        {
            if (_commands.TryGetValue(sql, out var known))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    known.Parameters[i].Value = values[i].Value ?? DBNull.Value;
                }

                return known;
            }

            if (_commands.Count == MostStatements)
            {
                Forget();
            }

            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values)
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            _commands.Add(sql, command);
            return command;
        }

        public void Dispose()
        {
            Forget();
            connection.Dispose();
        }

        private void Forget()
        {
            foreach (var command in _commands.Values)
            {
                command.Dispose();
            }

            _commands.Clear();
        }
    }

    /// <summary>Looks at SQLite's own count of other connections' commits, which it keeps for each connection.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly sqlite3_stmt _statement;

        public Watch(SqliteConnection connection)
        {
            _connection = connection;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(connection.Handle!, "PRAGMA data_version", raw.SQLITE_PREPARE_PERSISTENT, out _statement), connection.Handle!);
        }

        public long Version()
        {
            var result = raw.sqlite3_step(_statement);
            var version = raw.sqlite3_column_int64(_statement, 0);
            raw.sqlite3_reset(_statement);
            if (result != raw.SQLITE_ROW)
            {
                SqliteException.ThrowExceptionForRC(result, _connection.Handle!);
            }

            return version;
        }

        public void Dispose()
        {
            _statement.Dispose();
            _connection.Dispose();
        }
    }
}
