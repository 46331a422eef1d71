using System.Data.Common;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.TestKit;

/// <summary>Where the databases of tests are made and removed; one implementation a provider.</summary>
internal abstract class TestServer
{
    private readonly Lazy<Task<string>> _template;

    protected TestServer() => _template = new Lazy<Task<string>>(MakeTemplateAsync);

    public static IReadOnlyList<TestServer> All { get; } = [new SqliteFiles(), new PostgreSqlServer(), new SqlServerServer()];

    public abstract IDatabaseProvider Provider { get; }

    public abstract bool IsConfigured { get; }

    public abstract string ConnectionString(string name);

    public abstract Task CreateAsync(string name);

    public abstract Task DropAsync(string name);

    /// <summary>A database as the product's migrations leave it.</summary>
    public virtual async Task CreateMigratedAsync(string name) => await CopyAsync(await _template.Value, name);

    public CrmDbContext Open(string name)
    {
        var options = new DbContextOptionsBuilder<CrmDbContext>();
        Provider.Configure(options, ConnectionString(name));
        options.AddInterceptors(NoSynchronousCommands.Instance);
        return new CrmDbContext(options.Options);
    }

    protected abstract Task CopyAsync(string template, string name);

    /// <summary>Closes what the pool still holds of a database, so that it can be copied or removed.</summary>
    protected abstract void ClosePooled(string name);

    protected async Task MigrateAsync(string name)
    {
        await using (var db = Open(name))
        {
            await db.Database.MigrateAsync();
        }

        ClosePooled(name);
    }

    protected static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of databases are made here and cannot be parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<string> MakeTemplateAsync()
    {
        var name = $"influencercrm_template_{Guid.NewGuid():N}";
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.Run(() => DropAsync(name)).GetAwaiter().GetResult();
        await CreateAsync(name);
        await MigrateAsync(name);
        return name;
    }
}
