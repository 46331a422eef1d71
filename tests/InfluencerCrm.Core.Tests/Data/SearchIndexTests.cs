using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>The indexes inside texts: what they name as candidates, and that they hold what the rows hold, however these are written.</summary>
public sealed class SearchIndexTests : DatabaseTest
{
    // Letters that no other text of the database has, so that bytes of the file can be looked at.
    private const string Secret = "ꙮ鿃ꡰ";

    private static readonly string[] Texts = ["Zoé Lefèvre", "100% _under_ [a] *star*", "\"quoted\" and 'single' NEAR(x)", "back\\slash!bang", "日本語の記者", "aa", "🌍🌞🌊 emoji"];

    [DatabaseFact]
    public async Task EveryRowThatHoldsAPart_IsACandidate()
    {
        foreach (var text in Texts)
        {
            await PersonAsync(text);
        }

        await using var scope = Database.As(Actor.System);
        if (!scope.Get<IDatabaseProvider>().HasSearchIndex)
        {
            Assert.Equal("SqlServer", Database.Provider);
            return;
        }

        var rows = await scope.Db.Influencers.AsNoTracking().Select(i => new { i.Id, i.SearchText }).ToListAsync(Ct);
        foreach (var part in rows.SelectMany(r => Enumerable.Range(0, r.SearchText.Length - 1).Select(i => r.SearchText[i..])).Where(p => !char.IsLowSurrogate(p[0])))
        {
            var candidates = scope.Get<IDatabaseProvider>().MayHold(scope.Db, People, [part]);
            var expected = rows.Where(r => r.SearchText.Contains(part, StringComparison.Ordinal)).Select(r => r.Id).ToList();

            if (candidates is null)
            {
                Assert.True(part.EnumerateRunes().Count() < 3, part);
                continue;
            }

            Assert.Equal(expected.Order(), (await candidates.ToListAsync(Ct)).Intersect(expected).Order());
        }

        Assert.Empty(await scope.Get<IDatabaseProvider>().MayHold(scope.Db, People, ["nowhere"])!.ToListAsync(Ct));
        Assert.Empty(await scope.Get<IDatabaseProvider>().MayHold(scope.Db, People, ["lefevre", "star"])!.ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task Candidates_ComeFromTheIndex()
    {
        await using var scope = Database.As(Actor.System);
        await scope.Db.Database.OpenConnectionAsync(Ct);
        if (!scope.Get<IDatabaseProvider>().HasSearchIndex)
        {
            Assert.Equal("SqlServer", Database.Provider);
            return;
        }

        var postgres = Database.Provider == "PostgreSql";
        if (postgres)
        {
            // Of an empty table any reading is cheap.
            await RunAsync(scope.Db, "SET enable_seqscan = off");
        }

        await using var command = scope.Get<IDatabaseProvider>().MayHold(scope.Db, People, ["lefevre"])!.Take(5).CreateDbCommand();
        command.CommandText = (postgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + command.CommandText;
        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            steps.Add(reader.GetString(postgres ? 0 : 3));
        }

        Assert.Contains(steps, s => s.Contains("InfluencersSearchText", StringComparison.Ordinal));
        Assert.Contains(steps, s => s.Contains(postgres ? "Bitmap Index Scan" : "VIRTUAL TABLE INDEX", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheIndex_HoldsWhatTheRowsHold_HoweverTheyAreWritten()
    {
        await using var scope = Database.As(Actor.System);
        var db = scope.Db;
        await using (var insert = new BulkInsert<Influencer>(db, Database.Clock, readKeys: false, scope.Get<IDatabaseProvider>()))
        {
            await insert.WriteAsync([.. Enumerable.Range(0, 700).Select(i => Influencer.Create(new() { DisplayName = $"Person {i}", Bio = $"bio of number {i} élan" }))], Ct);
        }

        await IsWholeAsync(db);
        var zoe = await PersonAsync("Zoé Lefèvre");
        await IsWholeAsync(db);
        await scope.ChangeAsync<Influencer, InfluencerChanges>(zoe, new() { Bio = "writes on wind" }, Ct);
        await IsWholeAsync(db);
        Assert.Contains(zoe, await FoundAsync(scope, "on wind"));
        await scope.ChangeAsync<Influencer, InfluencerChanges>(zoe, new() { Vip = true }, Ct);
        await db.Influencers.Where(i => i.Id % 2 == 0).UpdateRowsAsync(Now, set => set.SetProperty(i => i.SearchText, i => i.SearchText + " evenly"), Ct);
        await IsWholeAsync(db);
        Assert.Equal(350, (await FoundAsync(scope, "evenly")).Count);
        await db.Influencers.Where(i => i.Id <= 300).DeleteRowsAsync(Ct);
        await IsWholeAsync(db);
        Assert.Equal(200, (await FoundAsync(scope, "evenly")).Count);
        await Database.AddAsync(new CoveragePiece("L’énergie du vent", Now), Ct);
        await IsWholeAsync(db);
        await using (var undone = await db.Database.BeginTransactionAsync(Ct))
        {
            db.Add(new Influencer(InfluencerKind.Expert, "Never there"));
            await db.SaveChangesAsync(Ct);
            await undone.RollbackAsync(Ct);
        }

        await IsWholeAsync(db);
        Assert.Empty(await FoundAsync(scope, "never there"));
    }

    [Fact]
    public async Task ABatchThatEndsInTheMiddle_LeavesWhatItWroteIndexed()
    {
        await using var scope = Database.As(Actor.System);
        using var stop = new CancellationTokenSource();
        IEnumerable<Influencer> people = [.. Enumerable.Range(0, 50).Select(i => new Influencer(InfluencerKind.Expert, $"Person {i}"))];
        await using (var transaction = await scope.Db.Database.BeginTransactionAsync(Ct))
        {
            await using var insert = new BulkInsert<Influencer>(scope.Db, Database.Clock, readKeys: false, scope.Get<IDatabaseProvider>());
            await Assert.ThrowsAsync<OperationCanceledException>(() => insert.WriteAsync(new StoppingList(people, 20, stop), stop.Token));
            await transaction.CommitAsync(Ct);
        }

        await IsWholeAsync(scope.Db);
        Assert.InRange((await FoundAsync(scope, "person")).Count, 19, 21);
        await PersonAsync("Person afterwards");
        await IsWholeAsync(scope.Db);
    }

    [Fact]
    public async Task TheCheck_FindsARowThatTheIndexMissed()
    {
        await using var scope = Database.As(Actor.System);
        await RunAsync(scope.Db, "DROP TRIGGER \"InfluencersSearchTextInserted\"");
        await PersonAsync("Missed");

        await Assert.ThrowsAsync<SqliteException>(() => IsWholeAsync(scope.Db));
    }

    [Fact]
    public async Task ATableThatLostItsTriggers_IsIndexedAnew_WithMigrating()
    {
        await using var scope = Database.As(Actor.System);
        foreach (var trigger in new[] { "Inserted", "Updated", "Deleted" })
        {
            await RunAsync(scope.Db, $"DROP TRIGGER \"InfluencersSearchText{trigger}\"");
        }

        var person = await PersonAsync("Written meanwhile");
        await scope.Db.Database.MigrateAsync(Ct);

        await IsWholeAsync(scope.Db);
        Assert.Equal([person], await FoundAsync(scope, "meanwhile"));
        await PersonAsync("Written afterwards");
        await IsWholeAsync(scope.Db);
    }

    [Fact]
    public async Task ADatabaseOfTheVersionBefore_GetsItsRowsIndexed()
    {
        await using var scope = Database.As(Actor.System);
        await scope.Db.Database.MigrateAsync("IdempotencyKeys", Ct);
        foreach (var text in SearchedText.All)
        {
            var index = text.ColumnIn(scope.Db.Model).Index;
            foreach (var trigger in new[] { "Inserted", "Updated", "Deleted" })
            {
                await RunAsync(scope.Db, $"DROP TRIGGER IF EXISTS \"{index}{trigger}\"");
            }

            await RunAsync(scope.Db, $"DROP TABLE IF EXISTS \"{index}\"");
        }

        var person = await Database.AddAsync(Influencer.Create(new() { DisplayName = "From before", Bio = "a biography at the end" }), Ct);
        await RunAsync(scope.Db, "UPDATE \"Influencers\" SET \"SearchText\" = 'cut off before the biograph'");
        await scope.Db.Database.MigrateAsync(Ct);

        await IsWholeAsync(scope.Db);
        Assert.Equal([person.Id], await FoundAsync(scope, "at the end"));
        Assert.Equal([person.Id], await FoundAsync(scope, "cut off"));
    }

    [Fact]
    public async Task AnErasure_LeavesNothingOfTheText_InTheIndexOrItsFile()
    {
        await using (var scope = Database.As(Actor.System))
        {
            await using var insert = new BulkInsert<Influencer>(scope.Db, Database.Clock, readKeys: false, scope.Get<IDatabaseProvider>());
            await insert.WriteAsync([.. Enumerable.Range(0, 2000).Select(i => Influencer.Create(new() { DisplayName = $"Person {i}", Bio = $"bio {i * 7919} of somebody" }))], Ct);
        }

        var person = (await Database.AddAsync(Influencer.Create(new() { DisplayName = "Zoé", Bio = $"about {Secret}" }), Ct)).Id;
        await using var admin = Database.As(Actors.Admin);
        Assert.Equal((1, true), (await InIndexAsync(admin.Db), InFile(admin.Db)));

        await admin.Get<EraseInfluencer>().ExecuteAsync(person, "Zoé", Ct);

        Assert.Equal((0, false), (await InIndexAsync(admin.Db), InFile(admin.Db)));
        await IsWholeAsync(admin.Db);
        Assert.Empty(await FoundAsync(admin, Secret));
    }

    [Fact]
    public async Task Tidying_TakesOutWhatWasChangedOrDeleted()
    {
        var changed = (await Database.AddAsync(Influencer.Create(new() { DisplayName = "Zoé", Bio = Secret }), Ct)).Id;
        var deleted = (await Database.AddAsync(Influencer.Create(new() { DisplayName = "Ali", Bio = Secret }), Ct)).Id;
        await using var scope = Database.As(Actor.System);
        await scope.ChangeAsync<Influencer, InfluencerChanges>(changed, new() { Bio = "other" }, Ct);
        await scope.Db.Influencers.Where(i => i.Id == deleted).DeleteRowsAsync(Ct);
        Assert.NotEqual(0, await InIndexAsync(scope.Db));

        await scope.Get<IDatabaseProvider>().TidySearchIndexesAsync(scope.Db, Ct);
        await scope.Get<IDatabaseProvider>().TidySearchIndexesAsync(scope.Db, Ct);

        Assert.Equal(0, await InIndexAsync(scope.Db));
        await IsWholeAsync(scope.Db);
        Assert.Equal([changed], await FoundAsync(scope, "other"));
    }

    [Fact]
    public void WhatAnIndexServes_IsWholeInItsText_HoweverMuchElseThereIs()
    {
        var person = Influencer.Create(new()
        {
            FirstName = new string('œ', 100),
            LastName = new string('ß', 100),
            Bio = new string('œ', 7000) + " the end",
            About = new string('b', 8000),
            Tags = Enumerable.Range(0, 200).Select(i => $"{i:000}{new string('t', 97)}").ToList(),
        });

        Assert.All(People.Within, p => Assert.Contains((string)typeof(Influencer).GetProperty(p)!.GetValue(person)!, person.SearchText, StringComparison.Ordinal));
        Assert.Equal(InfluencerConfiguration.SearchLength, person.SearchText.Length);
    }

    private static SearchedText People => SearchedText.Of(typeof(Influencer), nameof(Influencer.BioSearch))!;

    private static Task<List<int>> FoundAsync(CrmScope scope, string part) => scope.Get<IDatabaseProvider>().MayHold(scope.Db, People, [part])!.ToListAsync(Ct);

    private static Task<int> RunAsync(CrmDbContext db, string sql) => db.Database.ExecuteSqlRawAsync(sql, Ct);

    /// <summary>FTS5 makes the index anew in its mind and compares.</summary>
    private static async Task IsWholeAsync(CrmDbContext db)
    {
        foreach (var text in SearchedText.All)
        {
            var index = text.ColumnIn(db.Model).Index;
            await RunAsync(db, $"INSERT INTO \"{index}\" (\"{index}\", rank) VALUES ('integrity-check', 1)");
        }
    }

    private static async Task<int> InIndexAsync(CrmDbContext db) =>
        await db.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM \"InfluencersSearchText_data\" WHERE instr(block, {0}) > 0", Encoding.UTF8.GetBytes(Secret)).SingleAsync(Ct);

    private static bool InFile(CrmDbContext db)
    {
        // All that is in the log goes into the file, and the log is emptied.
        var source = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        using var connection = new SqliteConnection(source.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        return File.ReadAllBytes(source.DataSource).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0;
    }

    /// <summary>Cancels when a row is reached.</summary>
    private sealed class StoppingList(IEnumerable<Influencer> people, int at, CancellationTokenSource stop) : IReadOnlyList<Influencer>
    {
        private readonly List<Influencer> _people = [.. people];

        public int Count => _people.Count;

        public Influencer this[int index]
        {
            get
            {
                if (index == at)
                {
                    stop.Cancel();
                }

                return _people[index];
            }
        }

        public IEnumerator<Influencer> GetEnumerator() => _people.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
