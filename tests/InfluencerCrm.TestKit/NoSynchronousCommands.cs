using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfluencerCrm.TestKit;

/// <summary>
/// Throws on every command that is run synchronously: such a call blocks a thread of the pool for the time of the database.
/// Only the key ring of data protection may, whose interface knows no asynchronous one, and EF itself where it makes a SQLite file and leaves the lock of the migrations.
/// </summary>
public sealed class NoSynchronousCommands : DbCommandInterceptor
{
    public static readonly NoSynchronousCommands Instance = new();

    private static readonly string[] Allowed = ["\"DataProtectionKeys\"", "[DataProtectionKeys]", "PRAGMA journal_mode = 'wal';", "__EFMigrationsLock"];

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Refuse(command);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Refuse(command);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Refuse(command);
        return result;
    }

    private static void Refuse(DbCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!Allowed.Any(text => command.CommandText.Contains(text, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException("A command was run synchronously; use the asynchronous call. " + command.CommandText);
        }
    }
}
