using Microsoft.Data.Sqlite;
using Npgsql;

namespace InfluencerCrm.TestKit;

/// <summary>A database of one test, removed with it: a SQLite file, or a new database on the PostgreSQL that <c>scripts/test.sh</c> started.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(string provider, string connectionString, string? file, string? name)
    {
        Provider = provider;
        ConnectionString = connectionString;
        File = file;
        Name = name;
    }

    /// <summary>The databases of this run: SQLite always, PostgreSQL and SQL Server where their variable is set.</summary>
    public static IReadOnlyList<string> Providers { get; } =
    [
        "Sqlite",
        .. Environment.GetEnvironmentVariable("INFLUENCERCRM_TEST_POSTGRES") is { Length: > 0 } ? ["PostgreSql"] : Array.Empty<string>(),
        .. Environment.GetEnvironmentVariable("INFLUENCERCRM_TEST_SQLSERVER") is { Length: > 0 } ? ["SqlServer"] : Array.Empty<string>(),
    ];

    public string Provider { get; }

    public string ConnectionString { get; }

    private string? File { get; }

    private string? Name { get; }

    public static async Task<TestDatabase> CreateAsync(string provider)
    {
        switch (provider)
        {
            case "Sqlite":
                var file = Path.Combine(Path.GetTempPath(), $"influencercrm-{Guid.NewGuid():N}.db");
                return new TestDatabase(provider, $"Data Source={file};Pooling=True", file, null);
            case "PostgreSql":
                var server = Environment.GetEnvironmentVariable("INFLUENCERCRM_TEST_POSTGRES") ?? throw new InvalidOperationException("INFLUENCERCRM_TEST_POSTGRES is not set.");
                var name = $"t{Guid.NewGuid():N}";
                await ExecuteAsync(server, $"CREATE DATABASE {name}");
                return new TestDatabase(provider, new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString(), null, name);
            default:
                throw new NotSupportedException($"No test database for {provider} yet.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (File is not null)
        {
            SqliteConnection.ClearAllPools();
            foreach (var part in new[] { File, File + "-wal", File + "-shm" })
            {
                System.IO.File.Delete(part);
            }
        }
        else if (Name is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(Environment.GetEnvironmentVariable("INFLUENCERCRM_TEST_POSTGRES")!, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
