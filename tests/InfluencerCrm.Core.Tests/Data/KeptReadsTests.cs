using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.Sqlite;
using InfluencerCrm.TestKit;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>Reads below EF, where a database has them: SQLite.</summary>
public sealed class KeptReadsTests : DatabaseTest
{
    private const string Name = "SELECT \"DisplayName\" FROM \"Influencers\" WHERE \"Id\" = @id";

    [Fact]
    public async Task State_IsTheSameUntilSomebodyCommits()
    {
        await using var database = new Opened(Database);
        var before = database.Reads.State;
        Assert.Equal(before, database.Reads.State);

        await PersonAsync();
        var after = database.Reads.State;

        Assert.NotEqual(before, after);
        Assert.Equal(after, database.Reads.State);
    }

    [Fact]
    public async Task Read_SeesEachCommitWithTheSameStatement()
    {
        await using var database = new Opened(Database);
        var first = await PersonAsync("Zoé");
        Assert.Equal("Zoé", Read(database.Reads, first));

        var second = await PersonAsync("Ada");
        Assert.Equal("Ada", Read(database.Reads, second));
        Assert.Null(Read(database.Reads, second + 1));
    }

    [Fact]
    public async Task Read_ByMany_EachGetsItsOwnRow()
    {
        await using var database = new Opened(Database);
        var people = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            people.Add(await PersonAsync($"Person {i}"));
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), Ct, (i, _) =>
        {
            Assert.Equal($"Person {i % 20}", Read(database.Reads, people[i % 20]));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task Read_OfWhatIsNoQuery_FailsAndTheNextOneWorks()
    {
        await using var database = new Opened(Database);

        Assert.ThrowsAny<DbException>(() => database.Reads.Read("SELECT nothing FROM nowhere", [], r => r.Read(), Ct));
        Assert.ThrowsAny<DbException>(() => database.Reads.Read("DELETE FROM \"Influencers\" RETURNING \"Id\"", [], r => r.Read(), Ct));
        Assert.Null(Read(database.Reads, 1));
    }

    [Fact]
    public async Task Read_ThatNobodyWaitsForAnyMore_IsStoppedInTheDatabase()
    {
        await using var database = new Opened(Database);
        using var leaves = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => database.Reads.Read(Endless, [], r => r.Read(), leaves.Token), Ct));
        Assert.Null(Read(database.Reads, 1));
    }

    private static string? Read(IKeptReads reads, int id) =>
        reads.Read(Name, [new KeyValuePair<string, object?>("@id", id)], r => r.Read() ? r.GetString(0) : null, Ct);

    /// <summary>With a provider of its own, which closes what it keeps.</summary>
    private sealed class Opened : IAsyncDisposable
    {
        private readonly SqliteProvider _provider = new();
        private readonly CrmScope _scope;

        public Opened(CrmDatabase database) => _scope = database.As(Actor.System);

        public IKeptReads Reads => _provider.KeptReads(_scope.Db) ?? throw new InvalidOperationException("SQLite keeps reads.");

        public ValueTask DisposeAsync()
        {
            _provider.Dispose();
            return _scope.DisposeAsync();
        }
    }
}
