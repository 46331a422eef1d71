using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using IDatabaseProvider = InfluencerCrm.Core.Data.IDatabaseProvider;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>The embedded database: one file, one host.</summary>
public sealed class SqliteProvider : IDatabaseProvider, IDisposable
{
    private const int Error = 1;
    private const int TooBig = 18;
    private const int Mismatch = 20;
    private const int Constraint = 19;
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;
    private const int ForeignKeyConstraint = 787;
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>
    /// The first ANALYZE makes them, and would change the schema while others write: FTS5 reads the schema anew in the middle of preparing
    /// a statement whose trigger it is needed by, and SQLite then says "no such table" of the statement's own.
    /// </summary>
    private const string TablesOfStatistics = "ANALYZE sqlite_schema;";

    // Twice what one tool may ask at once.
    private const int LeastPlaces = 8;

    private readonly ConcurrentDictionary<string, SqliteKeptReads> _kept = new(StringComparer.Ordinal);

    public string Name => "Sqlite";

    public bool IsEmbedded => true;

    public SemaphoreSlim? ReadPlaces { get; } = new(Math.Max(LeastPlaces, 4 * Environment.ProcessorCount));

    public bool HasLateralJoins => false;

    public bool HasSearchIndex => true;

    public void Configure(DbContextOptionsBuilder options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = new SqliteConnectionStringBuilder(connectionString)
        {
            // A shared cache takes table locks that WAL would not.
            Cache = SqliteCacheMode.Private,
        };
        if (connection.DefaultTimeout == 30)
        {
            connection.DefaultTimeout = 20;
        }

        if (connection.DataSource is { Length: > 0 } file && file != ":memory:" && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        // A list of keys as one JSON parameter: with a parameter for each, EF writes the statement anew every time, and SQLite looks
        // each of their names up in all of them.
        options.UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsAssembly(typeof(SqliteProvider).Assembly).UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(SqlitePragmas.Instance, SqliteInterrupts.Instance, SqliteMarks.Instance);
        AfterMigrating.Run(options, model => [TablesOfStatistics, .. ChangeTriggers.Of(model, SqliteChangeTriggers.Of), .. SearchedText.All.SelectMany(t => SqliteSearchIndex.Of(t.ColumnIn(model)))]);
    }

    public bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    public bool IsMissingReference(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: ForeignKeyConstraint };

    // "Expression tree is too large", "integer overflow" and their like have no code of their own; a table or column that is missing is another matter.
    public bool IsQueryFault(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: TooBig or Mismatch }
        || (exception is SqliteException { SqliteErrorCode: Error } && !exception.Message.Contains("no such", StringComparison.Ordinal));

    public bool IsTransient(DbException exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };

    public IDisposable? InterruptsWith(DbCommand command, CancellationToken ct) => SqliteInterrupts.With(command, ct);

    // Batches touch the same index pages again and again: gathered in the log, each page goes to the file once for many of them. The
    // disk is not waited for after each: a power cut may take the last ones, all of them whole, and whoever writes this way goes on from
    // what it finds. Commits of others wait as ever, and take what is before them in the log along.
    public Task BeginBulkWriteAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);

        // Should the end never be reached, whoever opens this connection next puts it right.
        SqlitePragmas.Unsettle(db.Database.GetDbConnection());
        return db.Database.ExecuteSqlRawAsync("PRAGMA wal_autocheckpoint=16000; PRAGMA synchronous=NORMAL;", ct);
    }

    public Task EndBulkWriteAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlRawAsync("PRAGMA wal_autocheckpoint=1000; PRAGMA synchronous=FULL;", ct);
    }

    // Without statistics the planner takes the wrong index of a table that has just grown; the limit keeps this to milliseconds.
    public Task RefreshStatisticsAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit=1000; PRAGMA optimize=0x10002;", ct);
    }

    // The driver begins ordinary transactions by taking the writer's lock. Asked for this level it defers that, and with a private cache
    // the reads see one state of the log all the same.
    public Task<IDbContextTransaction> BeginSnapshotAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, ct);
    }

    // One writer: what is there is committed, in the order of its numbers. The table of sequences knows the last one even when it was pruned.
    public async Task<long> ChangeHorizonAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Database.SqlQueryRaw<long>("SELECT coalesce(max(seq), 0) + 1 AS Value FROM sqlite_sequence WHERE name = 'Changes'").SingleAsync(ct);
    }

    public IQueryable<int>? MayHold(DbContext db, SearchedText text, IReadOnlyCollection<string> parts) => SqliteSearchIndex.MayHold(db, text, parts);

    public Task<int?> HoldSearchIndexAsync(DbContext db, Type row, CancellationToken ct) => SqliteSearchIndex.HoldAsync(db, row, ct);

    public Task FillSearchIndexAsync(DbContext db, Type row, int after, CancellationToken ct) => SqliteSearchIndex.FillAsync(db, row, after, ct);

    public Task TidySearchIndexesAsync(DbContext db, CancellationToken ct) => SqliteSearchIndex.TidyAsync(db, ct);

    public IPreparedInsert? PrepareInsert(DbConnection connection, string sql) =>
        connection is SqliteConnection sqlite ? new SqlitePreparedInsert(sqlite, sql) : null;

    public IKeptReads? KeptReads(DbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        return connection.DataSource is { Length: > 0 } and not ":memory:" ? _kept.GetOrAdd(connection.ConnectionString, static text => new SqliteKeptReads(text)) : null;
    }

    /// <summary>Closes the connections that are kept; whoever reads again opens new ones.</summary>
    public void Dispose()
    {
        foreach (var kept in _kept.Keys)
        {
            if (_kept.TryRemove(kept, out var reads))
            {
                reads.Dispose();
            }
        }
    }
}
