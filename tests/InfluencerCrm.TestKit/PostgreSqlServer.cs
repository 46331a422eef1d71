using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace InfluencerCrm.TestKit;

/// <summary>The server that <c>INFLUENCERCRM_TEST_POSTGRES</c> names; <c>scripts/test.sh</c> starts one.</summary>
internal sealed class PostgreSqlServer : TestServer
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("INFLUENCERCRM_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    public override IDatabaseProvider Provider { get; } = new PostgreSqlProvider();

    public override bool IsConfigured => Server is not null;

    // A small pool: many tests at once share the server's connections.
    public override string ConnectionString(string name) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 2 }.ToString();

    public override Task CreateAsync(string name) => OnServerAsync($"CREATE DATABASE {name}");

    public override Task DropAsync(string name)
    {
        ClosePooled(name);
        return OnServerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    protected override Task CopyAsync(string template, string name) => OnServerAsync($"CREATE DATABASE {name} TEMPLATE {template}");

    protected override void ClosePooled(string name)
    {
        // The pool goes by the connection string as the provider completes it.
        using var db = Open(name);
        using var connection = new NpgsqlConnection(db.Database.GetConnectionString());
        NpgsqlConnection.ClearPool(connection);
    }

    private static Task OnServerAsync(string sql) => ExecuteAsync(new NpgsqlConnection(Server), sql);
}
