using System.Data.Common;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using IDatabaseProvider = InfluencerCrm.Core.Data.IDatabaseProvider;

namespace InfluencerCrm.Data.SqlServer;

/// <summary>SQL Server 2019 or newer, Azure SQL.</summary>
public sealed class SqlServerProvider : IDatabaseProvider
{
    private const int UniqueIndex = 2601;
    private const int UniqueConstraint = 2627;
    private const int Reference = 547;
    private const int Deadlock = 1205;
    private const int LockTimeout = 1222;

    // Nested too deep; types that do not go together; conversions; overflows; division by zero; a query too large for its processor.
    private static readonly HashSet<int> QueryFaults = [191, 206, 220, 232, 241, 242, 245, 402, 517, 529, 535, 3623, 8115, 8117, 8134, 8623, 8631, 8632];

    public string Name => "SqlServer";

    public bool IsEmbedded => false;

    // Nobody has tried it there.
    public bool KeepsUpdates => false;

    public void Configure(DbContextOptionsBuilder options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.UseSqlServer(connectionString, server => server.MigrationsAssembly(typeof(SqlServerProvider).Assembly));
        AfterMigrating.Run(options, model => ChangeTriggers.Of(model, SqlServerChangeTriggers.Of));
    }

    public async Task<DateTime?> UtcNowAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return DateTime.SpecifyKind(await db.Database.SqlQueryRaw<DateTime>("SELECT SYSUTCDATETIME() AS [Value]").SingleAsync(ct), DateTimeKind.Utc);
    }

    public bool IsUniqueViolation(DbException exception) => exception is SqlException { Number: UniqueIndex or UniqueConstraint };

    public bool IsMissingReference(DbException exception) => exception is SqlException { Number: Reference };

    public Task BeginGivenKeysAsync(DbContext db, IEntityType entity, CancellationToken ct) => IdentityInsertAsync(db, entity, "ON", ct);

    public Task EndGivenKeysAsync(DbContext db, IEntityType entity, CancellationToken ct) => IdentityInsertAsync(db, entity, "OFF", ct);

    // The lowest row version that an open transaction holds, or the next one; marks are row versions.
    public async Task<long> ChangeHorizonAsync(DbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Database.SqlQueryRaw<long>("SELECT CAST(MIN_ACTIVE_ROWVERSION() AS bigint) AS [Value]").SingleAsync(ct);
    }

    public bool IsQueryFault(DbException exception) => exception is SqlException { Number: var number } && QueryFaults.Contains(number);

    public bool IsTransient(DbException exception) => exception is SqlException { Number: Deadlock or LockTimeout };

    private static Task IdentityInsertAsync(DbContext db, IEntityType entity, string word, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(entity);
        if (!entity.GetProperties().Any(p => p.GetValueGenerationStrategy() == SqlServerValueGenerationStrategy.IdentityColumn))
        {
            return Task.CompletedTask;
        }

        var table = db.GetService<ISqlGenerationHelper>().DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
#pragma warning disable EF1002, EF1003 // The name of the table comes from the model.
        return db.Database.ExecuteSqlRawAsync($"SET IDENTITY_INSERT {table} {word}", ct);
#pragma warning restore EF1002, EF1003
    }
}
