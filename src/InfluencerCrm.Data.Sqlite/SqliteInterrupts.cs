using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>
/// Cancels a query that is running: the driver looks at a cancellation token only before it begins, and its commands run on the caller's
/// thread to their end. SQLite stops at the next of its own steps (sqlite3_interrupt), and the query ends as cancelled.
/// </summary>
internal sealed class SqliteInterrupts : DbCommandInterceptor
{
    public static readonly SqliteInterrupts Instance = new();

    private const int Interrupted = 9;

    private readonly ConditionalWeakTable<DbCommand, Watch> _watches = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Begin(command, cancellationToken);
        return new ValueTask<InterceptionResult<DbDataReader>>(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Begin(command, cancellationToken);
        return new ValueTask<InterceptionResult<object>>(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        End(command);
        return new ValueTask<object?>(result);
    }

    // Rows are still read after the command was executed; the reader's end is the query's.
    public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        End(command);
        return new ValueTask<InterceptionResult>(result);
    }

    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        End(command);
        return result;
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        End(command);
        return eventData.Exception is SqliteException { SqliteErrorCode: Interrupted } && cancellationToken.IsCancellationRequested
            ? throw new OperationCanceledException(eventData.Exception.Message, eventData.Exception, cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>For a command that EF does not run: interrupts it until disposed.</summary>
    public static CancellationTokenRegistration With(DbCommand command, CancellationToken ct) =>
        ct.CanBeCanceled && command.Connection is SqliteConnection { Handle: { } database }
            ? ct.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), database)
            : default;

    private void Begin(DbCommand command, CancellationToken ct)
    {
        if (ct.CanBeCanceled)
        {
            _watches.AddOrUpdate(command, new Watch(With(command, ct)));
        }
    }

    // Waits for an interruption that is just being said, so that it cannot meet the next command.
    private void End(DbCommand command)
    {
        if (_watches.TryGetValue(command, out var watch))
        {
            watch.Registration.Dispose();
            _watches.Remove(command);
        }
    }

    private sealed class Watch(CancellationTokenRegistration registration)
    {
        public CancellationTokenRegistration Registration { get; } = registration;
    }
}
