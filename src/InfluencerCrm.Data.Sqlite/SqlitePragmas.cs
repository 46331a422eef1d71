using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>
/// Settings of every opened connection. WAL lets readers go on while one writes; <c>synchronous=FULL</c> because a send
/// intent that a power cut forgets would be a mail sent twice. <c>secure_delete=FAST</c> writes zeros over what is deleted inside a page,
/// so that an erased person is not left to be read in the file.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();

    private const string Settings =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
        + "PRAGMA mmap_size=268435456; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=FAST;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
