using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>
/// Settings of every connection. WAL lets readers go on while one writes; <c>synchronous=FULL</c> because a send
/// intent that a power cut forgets would be a mail sent twice. <c>secure_delete=FAST</c> writes zeros over what is deleted inside a page,
/// so that an erased person is not left to be read in the file.
/// </summary>
/// <remarks>
/// The driver's pool opens the same connection again and again, and SQLite keeps its settings: all are given once to each, not with
/// every query, where they would take as long as a read by key. Only the two that rows depend on are said again each time, whatever
/// somebody left behind.
/// </remarks>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();

    internal const string Settings =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
        + "PRAGMA mmap_size=268435456; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=FAST; PRAGMA wal_autocheckpoint=1000;";

    private const string Vital = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    private static readonly ConditionalWeakTable<sqlite3, object> Settled = [];

    /// <summary>Some setting of this open connection is being changed for a while: it gets all of them again when it is opened next.</summary>
    public static void Unsettle(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } database })
        {
            Settled.Remove(database);
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = IsSettled(connection) ? Vital : Settings;
        command.ExecuteNonQuery();
        Settle(connection);
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = IsSettled(connection) ? Vital : Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
        Settle(connection);
    }

    private static bool IsSettled(DbConnection connection) =>
        connection is SqliteConnection { Handle: { } database } && Settled.TryGetValue(database, out _);

    private static void Settle(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } database })
        {
            Settled.AddOrUpdate(database, Instance);
        }
    }
}
