using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.PostgreSql;
using InfluencerCrm.Data.Sqlite;
using InfluencerCrm.Data.SqlServer;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class MigrationsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("SqlServer")]
    [InlineData("PostgreSql")]
    public void Migrations_AreUpToDateWithTheModel(string provider)
    {
        using var db = Open(provider);

        Assert.False(db.Database.HasPendingModelChanges(), $"The model has changed: scripts/add-migration.sh NAME writes the migration for {provider} and the others.");
        Assert.NotEmpty(db.Database.GetMigrations());
    }

    [Fact]
    public void TheThreeDatabases_HaveTheSameMigrations()
    {
        using var sqlite = Open("Sqlite");
        using var sqlServer = Open("SqlServer");
        using var postgreSql = Open("PostgreSql");

        Assert.Equal(Names(sqlite), Names(sqlServer));
        Assert.Equal(Names(sqlite), Names(postgreSql));
    }

    [DatabaseFact]
    public async Task MigratingTwice_ChangesNothing()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(TestDatabase.CurrentProvider);
        await using (var first = database.Open())
        {
            await first.Database.MigrateAsync(Ct);
        }

        await using var db = database.Open();
        await db.Database.MigrateAsync(Ct);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
        Assert.Equal(0, await db.Users.CountAsync(Ct));
    }

    /// <summary>The provider's context; it connects to nothing until something is asked of it.</summary>
    private static CrmDbContext Open(string provider)
    {
        var options = new DbContextOptionsBuilder<CrmDbContext>();
        (IDatabaseProvider database, var connection) = provider switch
        {
            "Sqlite" => ((IDatabaseProvider)new SqliteProvider(), "Data Source=:memory:"),
            "SqlServer" => (new SqlServerProvider(), "Server=nowhere.invalid;Database=crm"),
            _ => (new PostgreSqlProvider(), "Host=nowhere.invalid;Database=crm"),
        };
        database.Configure(options, connection);
        return new CrmDbContext(options.Options);
    }

    // A migration's id begins with the second it was made in.
    private static IEnumerable<string> Names(CrmDbContext db) => db.Database.GetMigrations().Select(m => m[(m.IndexOf('_', StringComparison.Ordinal) + 1)..]);
}
