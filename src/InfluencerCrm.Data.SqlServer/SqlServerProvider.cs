using System.Data.Common;
using InfluencerCrm.Core.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Data.SqlServer;

/// <summary>SQL Server 2019 or newer, Azure SQL.</summary>
public sealed class SqlServerProvider : IDatabaseProvider
{
    private const int UniqueIndex = 2601;
    private const int UniqueConstraint = 2627;
    private const int Reference = 547;
    private const int Deadlock = 1205;
    private const int LockTimeout = 1222;

    public string Name => "SqlServer";

    public bool IsEmbedded => false;

    public void Configure(DbContextOptionsBuilder options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.UseSqlServer(connectionString, server => server.MigrationsAssembly(typeof(SqlServerProvider).Assembly));
    }

    public bool IsUniqueViolation(DbException exception) => exception is SqlException { Number: UniqueIndex or UniqueConstraint };

    public bool IsMissingReference(DbException exception) => exception is SqlException { Number: Reference };

    public bool IsTransient(DbException exception) => exception is SqlException { Number: Deadlock or LockTimeout };
}
