using System.Data.Common;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace InfluencerCrm.Data.PostgreSql;

/// <summary>PostgreSQL 14 or newer.</summary>
public sealed class PostgreSqlProvider : IDatabaseProvider
{
    public string Name => "PostgreSql";

    public bool IsEmbedded => false;

    public void Configure(DbContextOptionsBuilder options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.UseNpgsql(connectionString, npgsql => npgsql.MigrationsAssembly(typeof(PostgreSqlProvider).Assembly));
    }

    public bool IsUniqueViolation(DbException exception) => exception.SqlState == PostgresErrorCodes.UniqueViolation;

    public bool IsMissingReference(DbException exception) => exception.SqlState == PostgresErrorCodes.ForeignKeyViolation;

    public bool IsTransient(DbException exception) =>
        exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
        || exception is NpgsqlException { IsTransient: true };
}
