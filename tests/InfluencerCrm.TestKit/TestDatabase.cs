using InfluencerCrm.Core.Data;
using Xunit;

namespace InfluencerCrm.TestKit;

/// <summary>
/// A database of one test with the product's migrations, removed with it: a SQLite file, or a new database on the PostgreSQL or
/// SQL Server of the run. The migrations run once a process, on a template that each test gets a copy of.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly string _name;

    private TestDatabase(TestServer server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = server.ConnectionString(name);
    }

    /// <summary>The databases of this run: SQLite always, PostgreSQL and SQL Server where <c>INFLUENCERCRM_TEST_POSTGRES</c> or <c>INFLUENCERCRM_TEST_SQLSERVER</c> names one.</summary>
    public static IReadOnlyList<string> Providers { get; } = [.. TestServer.All.Where(s => s.IsConfigured).Select(s => s.Provider.Name)];

    /// <summary>The database this test is to run on: see <see cref="DatabaseFactAttribute"/>. SQLite in every other test.</summary>
    public static string CurrentProvider =>
        TestContext.Current.TestCase?.Traits.TryGetValue(DatabaseFactDiscoverer.Trait, out var names) == true ? names.Single() : "Sqlite";

    public string Provider => _server.Provider.Name;

    public string ConnectionString { get; }

    /// <summary>How the product speaks to it.</summary>
    public IDatabaseProvider DatabaseProvider => _server.Provider;

    /// <param name="provider">One of <see cref="Providers"/>.</param>
    public static async Task<TestDatabase> CreateAsync(string provider)
    {
        var database = New(provider);
        await database._server.CreateMigratedAsync(database._name);
        return database;
    }

    /// <summary>A database without a table, for tests of the start.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(string provider)
    {
        var database = New(provider);
        await database._server.CreateAsync(database._name);
        return database;
    }

    /// <summary>A context that nobody acts in, for what needs no filters; the caller disposes it.</summary>
    public CrmDbContext Open() => _server.Open(_name);

    public async ValueTask DisposeAsync() => await _server.DropAsync(_name);

    private static TestDatabase New(string provider)
    {
        var server = TestServer.All.Single(s => s.Provider.Name == provider);
        return server.IsConfigured
            ? new TestDatabase(server, $"influencercrm_{Guid.NewGuid():N}")
            : throw new InvalidOperationException($"No {provider} is configured for this run.");
    }
}
