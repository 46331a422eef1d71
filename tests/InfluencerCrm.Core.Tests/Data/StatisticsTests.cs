using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>What the planner knows of the tables is counted anew while others are at work.</summary>
public sealed class StatisticsTests : DatabaseTest
{
    /// <summary>
    /// Where the first count made its own table, one write in ten beside it was told "no such table": SQLite reads a changed schema anew in
    /// the middle of preparing a statement that has a search index behind it.
    /// </summary>
    [Fact]
    public async Task TheFirstCount_LeavesTheSchemaAsItIs()
    {
        await PersonAsync();
        await using var scope = Database.As(Actor.System);
        var before = await NumberAsync(scope, "PRAGMA schema_version");

        await scope.Get<IDatabaseProvider>().RefreshStatisticsAsync(scope.Db, Ct);

        Assert.NotEqual(0, await NumberAsync(scope, "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'Influencers'"));
        Assert.Equal(before, await NumberAsync(scope, "PRAGMA schema_version"));
    }

    /// <summary>PostgreSQL looks by itself only a minute later, and plans until then as if nothing were there.</summary>
    [DatabaseFact]
    public async Task AfterACount_TheDatabaseKnowsItsTables()
    {
        await PersonAsync();
        await using var scope = Database.As(Actor.System);

        await scope.Get<IDatabaseProvider>().RefreshStatisticsAsync(scope.Db, Ct);

        switch (Database.Provider)
        {
            case "Sqlite":
                Assert.NotEqual(0, await NumberAsync(scope, "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'Influencers'"));
                break;
            case "PostgreSql":
                Assert.NotEqual(0, await NumberAsync(scope, "SELECT count(*) FROM pg_stats WHERE tablename = 'Influencers'"));
                break;
            default:
                Assert.Equal("SqlServer", Database.Provider);
                break;
        }
    }

    private static async Task<long> NumberAsync(CrmScope scope, string sql)
    {
        await scope.Db.Database.OpenConnectionAsync(Ct);
        await using var command = scope.Db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
