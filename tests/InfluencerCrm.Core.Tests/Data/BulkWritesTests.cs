using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>The two doors past the change tracker, on the product's own tables.</summary>
public sealed class BulkWritesTests : DatabaseTest
{
    [DatabaseFact]
    public async Task Update_GivesNewVersionAndTime_ToTheRowsItChanges()
    {
        var (changed, left) = (await PersonAsync("Zoé"), await PersonAsync("Ali"));
        await using var officer = Database.As(Actors.Officer());
        var before = await officer.Db.Influencers.AsNoTracking().ToDictionaryAsync(i => i.Id, Ct);
        Database.Clock.Advance(TimeSpan.FromMinutes(5));

        var count = await officer.Db.Influencers.Where(i => i.DisplayName == "Zoé").UpdateRowsAsync(Now, set => set.SetProperty(i => i.City, "Lyon"), Ct);

        var after = await officer.Db.Influencers.AsNoTracking().ToDictionaryAsync(i => i.Id, Ct);
        Assert.Equal(1, count);
        Assert.Equal(("Lyon", Now, before[changed].CreatedAt), (after[changed].City, after[changed].UpdatedAt, after[changed].CreatedAt));
        Assert.NotEqual(before[changed].Version, after[changed].Version);
        Assert.Equal((before[left].Version, before[left].UpdatedAt, null), (after[left].Version, after[left].UpdatedAt, after[left].City));
    }

    [DatabaseFact]
    public async Task Update_MakesTheVersionAnEditorHolds_AnOldOne()
    {
        var person = await PersonAsync();
        await using var editor = Database.As(Actors.Officer());
        (await editor.Db.Influencers.SingleAsync(i => i.Id == person, Ct)).Apply(new() { City = "Nantes" });
        await using var other = Database.As(Actors.Officer());
        await other.Db.Influencers.UpdateRowsAsync(Now, set => set.SetProperty(i => i.City, "Lyon"), Ct);

        await Assert.ThrowsAsync<VersionMismatch>(() => editor.Db.SaveChangesAsync(Ct));
    }

    [DatabaseFact]
    public async Task Insert_ReadsTheKeysBackIntoTheirOwnRows()
    {
        List<Influencer> people = [.. Enumerable.Range(0, 1234).Select(i => new Influencer(InfluencerKind.Creator, $"Zoé {i:0000}"))];
        await using var scope = Database.As(Actor.System);
        await using (var insert = new BulkInsert<Influencer>(scope.Db, Database.Clock))
        {
            await insert.WriteAsync(people, Ct);
        }

        var read = await scope.Db.Influencers.AsNoTracking().ToDictionaryAsync(i => i.Id, Ct);

        Assert.Equal(1234, read.Count);
        Assert.All(people, p => Assert.Equal((p.DisplayName, p.Version, Now), (read[p.Id].DisplayName, read[p.Id].Version, read[p.Id].CreatedAt)));
    }

    [DatabaseFact]
    public async Task Insert_WritesWhatSavingWrites()
    {
        var person = await PersonAsync();
        Interaction New() => new(person, InteractionKind.Call, InteractionStatus.Done, Now.AddTicks(15));
        var saved = await Database.AddAsync(New(), Ct);
        var inserted = New();
        await using var scope = Database.As(Actor.System);
        await using var insert = new BulkInsert<Interaction>(scope.Db, Database.Clock);

        await insert.WriteAsync([inserted], Ct);

        var rows = await scope.Db.Interactions.AsNoTracking().OrderBy(i => i.Id).ToListAsync(Ct);
        Assert.Equal([saved.Id, inserted.Id], rows.Select(r => r.Id));
        Assert.Equivalent(Values(rows[0]), Values(rows[1]), strict: true);

        Dictionary<string, object?> Values(Interaction row) => scope.Db.Entry(row).Properties
            .Where(p => p.Metadata.Name is not ("Id" or "Version"))
            .ToDictionary(p => p.Metadata.Name, p => p.CurrentValue);
    }

    [DatabaseFact]
    public async Task Insert_ThatBreaksAReference_LeavesNothing()
    {
        var person = await PersonAsync();
        await using var scope = Database.As(Actor.System);
        await using var insert = new BulkInsert<InfluencerTopic>(scope.Db, Database.Clock);
        var topic = new InfluencerTopic(4711);
        topic.BelongTo(person);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => insert.WriteAsync([topic], Ct));

        Assert.False(await scope.Db.InfluencerTopics.AnyAsync(Ct));
    }
}
