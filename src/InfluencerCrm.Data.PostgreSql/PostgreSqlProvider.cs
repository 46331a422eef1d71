using System.Data;
using System.Data.Common;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using IDatabaseProvider = InfluencerCrm.Core.Data.IDatabaseProvider;

namespace InfluencerCrm.Data.PostgreSql;

/// <summary>PostgreSQL 14 or newer.</summary>
public sealed class PostgreSqlProvider : IDatabaseProvider
{
    public string Name => "PostgreSql";

    public bool IsEmbedded => false;

    public bool TakesLongWrites => true;

    public bool SortsNothingLast => true;

    public bool HasSearchIndex => true;

    public void Configure(DbContextOptionsBuilder options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (connection.MaxAutoPrepare == 0)
        {
            // Statements that come again and again are planned once for each connection: planning the intent takes longer than running it.
            connection.MaxAutoPrepare = 100;
        }

        options.UseNpgsql(connection.ToString(), npgsql => npgsql.MigrationsAssembly(typeof(PostgreSqlProvider).Assembly));
        AfterMigrating.Run(options, model => [.. ChangeTriggers.Of(model, PostgreSqlChangeTriggers.Of), .. SearchedText.All.SelectMany(t => PostgreSqlSearchIndex.Of(t.ColumnIn(model)))]);
    }

    public bool IsUniqueViolation(DbException exception) => exception.SqlState == PostgresErrorCodes.UniqueViolation;

    public bool IsMissingReference(DbException exception) => exception.SqlState == PostgresErrorCodes.ForeignKeyViolation;

    public async Task<DateTime?> UtcNowAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return DateTime.SpecifyKind(await db.Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'UTC' AS \"Value\"").SingleAsync(ct), DateTimeKind.Utc);
    }

    // The server looks by itself within a minute or so; until then it plans as if the tables that have just been filled were empty, and
    // loading the people of a large list took half a minute. Tables of another owner are left out with a warning.
    public Task RefreshStatisticsAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlRawAsync("ANALYZE", ct);
    }

    // Repeatable read is a snapshot there.
    public Task<IDbContextTransaction> BeginSnapshotAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
    }

    // A sequence knows nothing of keys that were given.
    public async Task EndGivenKeysAsync(DbContext db, IEntityType entity, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(entity);
        if (entity.FindPrimaryKey()?.Properties is not [{ ValueGenerated: ValueGenerated.OnAdd } key] || (key.ClrType != typeof(int) && key.ClrType != typeof(long)))
        {
            return;
        }

        var sql = db.GetService<ISqlGenerationHelper>();
        var table = sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
        var column = key.GetColumnName();
#pragma warning disable EF1002, EF1003 // Names of tables and columns come from the model.
        await db.Database.ExecuteSqlRawAsync(
            $"SELECT setval(pg_get_serial_sequence({{0}}, {{1}}), (SELECT max({sql.DelimitIdentifier(column)}) FROM {table})) WHERE EXISTS (SELECT 1 FROM {table})", [table, column], ct);
#pragma warning restore EF1002, EF1003
    }

    // The oldest transaction that still runs; marks are numbers of transactions.
    public async Task<long> ChangeHorizonAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Database.SqlQueryRaw<long>("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS \"Value\"").SingleAsync(ct);
    }

    public IQueryable<int>? MayHold(DbContext db, SearchedText text, IReadOnlyCollection<string> parts) => PostgreSqlSearchIndex.MayHold(db, text, parts);

    public async Task<IRowStream?> OpenRowStreamAsync(DbConnection connection, StreamedColumns columns, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return connection is NpgsqlConnection server ? await PostgreSqlRowStream.OpenAsync(server, columns, ct) : null;
    }

    public bool IsTransient(DbException exception) =>
        exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
        || exception is NpgsqlException { IsTransient: true };

    // Classes 22 (values) and 54 (limits); of class 42 what speaks of types, not of names.
    public bool IsQueryFault(DbException exception) =>
        exception.SqlState is { } state && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal)
            || state is PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.AmbiguousFunction or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.CannotCoerce
                or PostgresErrorCodes.IndeterminateDatatype or PostgresErrorCodes.GroupingError or PostgresErrorCodes.FeatureNotSupported);
}
