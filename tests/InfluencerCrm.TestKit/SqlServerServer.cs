using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.SqlServer;
using Microsoft.Data.SqlClient;

namespace InfluencerCrm.TestKit;

/// <summary>
/// The server that <c>INFLUENCERCRM_TEST_SQLSERVER</c> names. SQL Server has no templates: each test runs the migrations.
/// Nobody has run this against a server yet; the build machine has none.
/// </summary>
internal sealed class SqlServerServer : TestServer
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("INFLUENCERCRM_TEST_SQLSERVER") is { Length: > 0 } server ? server : null;

    public override IDatabaseProvider Provider { get; } = new SqlServerProvider();

    public override bool IsConfigured => Server is not null;

    public override string ConnectionString(string name) => new SqlConnectionStringBuilder(Server) { InitialCatalog = name, MaxPoolSize = 20 }.ToString();

    public override Task CreateAsync(string name) => OnServerAsync($"CREATE DATABASE [{name}]");

    public override async Task CreateMigratedAsync(string name)
    {
        await CreateAsync(name);
        await MigrateAsync(name);
    }

    public override Task DropAsync(string name)
    {
        ClosePooled(name);
        return OnServerAsync($"IF DB_ID(N'{name}') IS NOT NULL BEGIN ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]; END");
    }

    protected override Task CopyAsync(string template, string name) => throw new NotSupportedException("SQL Server copies no databases.");

    protected override void ClosePooled(string name)
    {
        using var connection = new SqlConnection(ConnectionString(name));
        SqlConnection.ClearPool(connection);
    }

    private static Task OnServerAsync(string sql) => ExecuteAsync(new SqlConnection(new SqlConnectionStringBuilder(Server) { InitialCatalog = "master" }.ToString()), sql);
}
