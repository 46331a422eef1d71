using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>What differs between the three databases; one implementation in each Data project.</summary>
public interface IDatabaseProvider
{
    /// <summary><c>Sqlite</c>, <c>SqlServer</c> or <c>PostgreSql</c>, as <c>Database__Provider</c> names it.</summary>
    string Name { get; }

    /// <summary>True where the database is the product's own file and migrations run at start unasked.</summary>
    bool IsEmbedded { get; }

    /// <summary>True where a joined subquery may name columns of the table before it (LATERAL, APPLY).</summary>
    bool HasLateralJoins => true;

    /// <summary>True where a transaction that writes for seconds keeps neither readers waiting nor those who write other rows.</summary>
    bool TakesLongWrites => false;

    /// <summary>True where an ascending order ends with rows that have no value.</summary>
    bool SortsNothingLast => false;

    void Configure(DbContextOptionsBuilder options, string connectionString);

    bool IsUniqueViolation(DbException exception);

    bool IsMissingReference(DbException exception);

    /// <summary>A deadlock, a busy database, a serialisation failure: the same transaction may pass when tried again.</summary>
    bool IsTransient(DbException exception);

    /// <summary>The database's own clock, UTC; null where it is this machine's.</summary>
    Task<DateTime?> UtcNowAsync(DbContext db, CancellationToken ct) => Task.FromResult<DateTime?>(null);

    /// <summary>
    /// The query itself is none that can be answered, although SQL could be made of it: a number out of range, a division by zero, an operation that
    /// the database does not know for these types, an expression larger than it takes.
    /// </summary>
    bool IsQueryFault(DbException exception);

    /// <summary>Before many transactions in a row on this context's open connection; settings that help them end with it.</summary>
    Task BeginBulkWriteAsync(DbContext db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>After them, on the same connection.</summary>
    Task EndBulkWriteAsync(DbContext db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>After many rows were written: lets the database look at them anew, where it does not by itself.</summary>
    Task RefreshStatisticsAsync(DbContext db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A transaction whose reads all see one state of the database, and that keeps no writer waiting where the database can do so.</summary>
    Task<IDbContextTransaction> BeginSnapshotAsync(DbContext db, CancellationToken ct) => db.Database.BeginTransactionAsync(IsolationLevel.Serializable, ct);

    /// <summary>Before rows of the table are written with keys that were drawn elsewhere.</summary>
    Task BeginGivenKeysAsync(DbContext db, IEntityType entity, CancellationToken ct) => Task.CompletedTask;

    /// <summary>After them: from here on the database draws keys behind the highest.</summary>
    Task EndGivenKeysAsync(DbContext db, IEntityType entity, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// Up to where the change feed may be read: every change with a lower <see cref="Changes.Change.Mark"/> is committed or never will be,
    /// and every one still to be written gets this or a higher one.
    /// </summary>
    Task<long> ChangeHorizonAsync(DbContext db, CancellationToken ct);

    /// <summary>
    /// Until it is disposed, the token stops this command in the database, where the driver itself does not see to that. For commands that EF
    /// makes and others run; those that it runs are stopped anyway.
    /// </summary>
    IDisposable? InterruptsWith(DbCommand command, CancellationToken ct) => null;

    /// <summary>True where texts are indexed for looking inside them; else whoever searches reads all rows.</summary>
    bool HasSearchIndex => false;

    /// <summary>
    /// Keys of all rows whose text holds every one of these parts, and of some others: candidates, each still to be looked at. They come
    /// without waiting for the last one, so that asking for the first few of a common word costs next to nothing.
    /// </summary>
    /// <param name="parts">Normalised as <see cref="SearchText"/> does it; any characters.</param>
    /// <returns>Null where the index cannot tell: no part has three letters.</returns>
    IQueryable<int>? MayHold(DbContext db, SearchedText text, IReadOnlyCollection<string> parts) => null;

    /// <summary>Before many rows are inserted in the open transaction, where one statement after them fills the search index faster than each of them.</summary>
    /// <returns>The highest key so far, for <see cref="FillSearchIndexAsync"/>; null where nothing is to be filled.</returns>
    Task<int?> HoldSearchIndexAsync(DbContext db, Type row, CancellationToken ct) => Task.FromResult<int?>(null);

    /// <summary>After them, in the same transaction, whatever came of them.</summary>
    Task FillSearchIndexAsync(DbContext db, Type row, int after, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Takes for good out of the search indexes what was changed or deleted in the rows, in short transactions.</summary>
    Task TidySearchIndexesAsync(DbContext db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>One INSERT prepared on this open connection below the driver; null where that would gain nothing.</summary>
    IPreparedInsert? PrepareInsert(DbConnection connection, string sql) => null;

    /// <summary>Begins to stream many rows into a table on this open connection, in its transaction; null where the database takes none.</summary>
    Task<IRowStream?> OpenRowStreamAsync(DbConnection connection, StreamedColumns columns, CancellationToken ct) => Task.FromResult<IRowStream?>(null);

    /// <summary>
    /// Places for those who read pages of rows; null where the server sees to that itself. In the process's own database a read is
    /// processor time: more at once than a few for each core only hold more memory, and finish no sooner.
    /// </summary>
    SemaphoreSlim? ReadPlaces => null;

    /// <summary>True where an UPDATE that EF has made may be kept and run again with other values. Only where that is tried out.</summary>
    bool KeepsUpdates => true;

    /// <summary>Reads below EF on the context's database; null where they would gain little, or where there is no second connection to it.</summary>
    IKeptReads? KeptReads(DbContext db) => null;
}
