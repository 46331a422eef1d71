using System.Data.Common;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>A query that runs for ever ends when it is cancelled, in the database too.</summary>
public sealed class CancelledQueryTests : DatabaseTest
{
    // Counts far enough for minutes on any of the databases.
    private const string Endless = "WITH RECURSIVE c(n) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM c WHERE n < 2000000000) SELECT count(*) AS \"Value\" FROM c";

    [DatabaseFact]
    public async Task ARunningQuery_Stops_AndTheConnectionGoesOn()
    {
        await using var scope = Database.As(Actors.Admin);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scope.Db.Database.SqlQueryRaw<long>(Endless).ToListAsync(stop.Token));

        Assert.Equal(0, await scope.Db.Influencers.CountAsync(Ct));
    }

    [DatabaseFact]
    public async Task TheRowsAfterTheFirst_StopToo()
    {
        const string Rows = "WITH RECURSIVE c(n) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM c WHERE n < 2000000000) SELECT n AS \"Value\" FROM c WHERE n < 3 OR n > 1999999999";
        await using var scope = Database.As(Actors.Admin);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        // Reading on, SQLite's driver says so in its own words.
        var error = await Assert.ThrowsAnyAsync<Exception>(() => scope.Db.Database.SqlQueryRaw<long>(Rows).ToListAsync(stop.Token));
        Assert.True(error is OperationCanceledException or DbException, error.ToString());

        Assert.Equal(0, await scope.Db.Influencers.CountAsync(Ct));
    }

    [DatabaseFact]
    public async Task AListWhoseFilterTakesTooLong_IsSaidSo()
    {
        await using var scope = Database.As(Actors.Admin);
        var resolve = scope.Get<ResolveList>();

        var error = await Assert.ThrowsAsync<RuleViolation>(() => resolve.WithinLimitAsync(ct => scope.Db.Database.SqlQueryRaw<long>(Endless).ToListAsync(ct), Ct));

        Assert.Equal("filterTooSlow", error.Code);
    }
}
