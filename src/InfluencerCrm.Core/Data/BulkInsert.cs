using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// Writes many new rows of one entity by prepared statements, or in a stream where the database takes one, on the context's own connection and transaction, at about the speed
/// of the bare driver; EF's change tracker takes three times as long. It stamps version and times as saving does, and reads
/// generated keys back into the rows. Interceptors do not see these rows: rules, audit and changes are the caller's to write.
/// </summary>
/// <remarks>Keep one for a whole import: the statements stay prepared. Not for several threads.</remarks>
public sealed class BulkInsert<T> : IAsyncDisposable
    where T : class
{
    private const int RowsPerStream = 5000;

    private readonly DbContext _db;
    private readonly TimeProvider _clock;
    private readonly BulkInsertPlan _plan;
    private readonly BulkInsertText _text;
    private readonly bool _readKeys;
    private readonly int _rowsPerStatement;
    private readonly List<long> _keys = [];
    private readonly byte[] _random = new byte[4096];
    private readonly IDatabaseProvider? _provider;
    private int _randomUsed = 4096;
    private DbCommand? _whole;
    private IPreparedInsert? _prepared;
    private object?[] _bound = [];

    /// <param name="readKeys">False where nobody asks for the generated keys: the statements are then a little cheaper.</param>
    /// <param name="provider">Given where so many rows are written that the driver's own cost counts, see <see cref="IPreparedInsert"/> and <see cref="IRowStream"/>.</param>
    public BulkInsert(DbContext db, TimeProvider clock, bool readKeys = true, IDatabaseProvider? provider = null)
        : this(db, clock, readKeys, provider, null)
    {
    }

    internal BulkInsert(DbContext db, TimeProvider clock, bool readKeys, IDatabaseProvider? provider, int? rowsPerStatement)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(clock);
        (_db, _clock, _provider) = (db, clock, provider);
        _plan = BulkInsertPlan.Of(db.Model, typeof(T));
        _readKeys = readKeys && _plan.Key is not null;
        _text = new BulkInsertText(db, _plan, _readKeys);
        _rowsPerStatement = rowsPerStatement ?? _text.MostRows;
    }

    /// <summary>Writes the rows, in the transaction that is open on the context or else in one of its own.</summary>
    public async Task WriteAsync(IReadOnlyList<T> rows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            return;
        }

        if (_db.Database.CurrentTransaction is not null)
        {
            await WriteAllAsync(rows, ct);
            return;
        }

        await using var transaction = await _db.Database.BeginTransactionAsync(ct);
        await WriteAllAsync(rows, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The statement for so many rows, to be looked at without a database.</summary>
    internal string TextFor(int rows)
    {
        using var command = _text.Command(rows, _db.Database.GetDbConnection(), null);
        return command.CommandText;
    }

    public async ValueTask DisposeAsync()
    {
        _prepared?.Dispose();
        if (_whole is not null)
        {
            await _whole.DisposeAsync();
        }
    }

    private async Task WriteAllAsync(IReadOnlyList<T> rows, CancellationToken ct)
    {
        var transaction = _db.Database.CurrentTransaction!.GetDbTransaction();
        var now = _clock.GetUtcNow().UtcDateTime;
        if (Prepared(transaction.Connection!) is { } prepared)
        {
            var indexed = await _provider!.HoldSearchIndexAsync(_db, typeof(T), ct);
            try
            {
                WriteAll(prepared, rows, now, ct);
            }
            finally
            {
                // Also for the rows before one that was refused, as whoever writes may go on from there.
                if (indexed is { } key)
                {
                    await _provider.FillSearchIndexAsync(_db, typeof(T), key, CancellationToken.None);
                }
            }

            return;
        }

        var done = 0;
        while (_provider is not null && !_readKeys && rows.Count - done >= _rowsPerStatement && await _provider.OpenRowStreamAsync(transaction.Connection!, _text.Target, ct) is { } stream)
        {
            // A part at a time: whoever cancels need not wait for the end of them all, nor the database keep in mind what a million rows set off.
            var part = Math.Min(rows.Count - done, RowsPerStream);
            await using (stream)
            {
                await WriteAsync(stream, rows, done, part, now, ct);
            }

            done += part;
        }

        while (rows.Count - done >= _rowsPerStatement)
        {
            _whole = await PreparedAsync(_whole, transaction, ct);
            await WriteAsync(_whole, rows, done, _rowsPerStatement, now, ct);
            done += _rowsPerStatement;
        }

        if (done < rows.Count)
        {
            await using var rest = _text.Command(rows.Count - done, transaction.Connection!, transaction);
            await WriteAsync(rest, rows, done, rows.Count - done, now, ct);
        }
    }

    private IPreparedInsert? Prepared(DbConnection connection)
    {
        if (_provider is null || ReferenceEquals(_prepared?.Connection, connection))
        {
            return _prepared;
        }

        _prepared?.Dispose();
        _bound = new object?[_plan.Columns.Count];
        return _prepared = _provider.PrepareInsert(connection, _text.OfPositions());
    }

    private async Task WriteAsync(IRowStream stream, IReadOnlyList<T> rows, int first, int count, DateTime now, CancellationToken ct)
    {
        for (var i = first; i < first + count; i++)
        {
            _plan.Stamp(rows[i], NewVersion(), now);
            await stream.BeginRowAsync(ct);
            foreach (var column in _plan.Columns)
            {
                await stream.WriteAsync(column.Read(rows[i]), ct);
            }
        }

        await stream.CompleteAsync(ct);
    }

    private void WriteAll(IPreparedInsert insert, IReadOnlyList<T> rows, DateTime now, CancellationToken ct)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            _plan.Stamp(rows[i], NewVersion(), now);
            for (var column = 0; column < _bound.Length; column++)
            {
                // What was bound stays bound: most columns of most rows hold what they held in the row before, often nothing.
                var value = _plan.Columns[column].Get(rows[i]);
                if (value is null or string or ValueType && Equals(value, _bound[column]))
                {
                    continue;
                }

                _bound[column] = value;
                insert.Bind(column, _plan.Columns[column].Stored(value));
            }

            var key = insert.Execute();
            if (_readKeys)
            {
                _plan.Key!(rows[i], key);
            }
        }
    }

    // The system is asked for random bytes once for many rows: one call each costs as much as an insert.
    private Guid NewVersion()
    {
        if (_randomUsed == _random.Length)
        {
            RandomNumberGenerator.Fill(_random);
            _randomUsed = 0;
        }

        var version = new Guid(_random.AsSpan(_randomUsed, 16));
        _randomUsed += 16;
        return version;
    }

    private async Task WriteAsync(DbCommand command, IReadOnlyList<T> rows, int first, int count, DateTime now, CancellationToken ct)
    {
        var parameter = 0;
        for (var i = first; i < first + count; i++)
        {
            _plan.Stamp(rows[i], NewVersion(), now);
            foreach (var column in _plan.Columns)
            {
                command.Parameters[parameter++].Value = column.Read(rows[i]) ?? DBNull.Value;
            }
        }

        if (!_readKeys)
        {
            await command.ExecuteNonQueryAsync(ct);
            return;
        }

        _keys.Clear();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                _keys.Add(reader.GetInt64(0));
            }
        }

        // Keys are drawn in the order of the rows; no database promises to return them in it.
        _keys.Sort();
        if (_keys.Count != count)
        {
            throw new InvalidOperationException($"{count} rows of {typeof(T).Name} were written, {_keys.Count} keys came back.");
        }

        for (var i = 0; i < count; i++)
        {
            _plan.Key!(rows[first + i], _keys[i]);
        }
    }

    private async Task<DbCommand> PreparedAsync(DbCommand? command, DbTransaction transaction, CancellationToken ct)
    {
        if (command is not null && ReferenceEquals(command.Connection, transaction.Connection))
        {
            command.Transaction = transaction;
            return command;
        }

        if (command is not null)
        {
            await command.DisposeAsync();
        }

        command = _text.Command(_rowsPerStatement, transaction.Connection!, transaction);
        if (_text.IsPreparable)
        {
            await command.PrepareAsync(ct);
        }

        return command;
    }
}
