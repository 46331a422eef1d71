using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Work;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Changes;

/// <summary>What the database writes down of each write, however it is made.</summary>
public sealed class ChangeTests : DatabaseTest
{
    [DatabaseFact]
    public async Task EachWay_OfWritingARow_IsWrittenDown()
    {
        var person = await PersonAsync();
        var call = (await Database.AddAsync(Done(person), Ct)).Id;
        await using var scope = Database.As(Actor.System);
        await scope.ChangeAsync<Interaction, InteractionChanges>(call, new() { Outcome = InteractionOutcome.Interested }, Ct);
        await scope.Db.Interactions.Where(i => i.Id == call).UpdateRowsAsync(Now, set => set.SetProperty(i => i.Subject, "Changed in bulk"), Ct);
        await using (var bulk = new BulkInsert<Interaction>(scope.Db, Database.Clock))
        {
            await bulk.WriteAsync([Done(person), Done(person)], Ct);
        }

        await scope.Db.Interactions.Where(i => i.Id == call).DeleteRowsAsync(Ct);

        Assert.Equal([ChangeKind.Created, ChangeKind.Updated, ChangeKind.Updated, ChangeKind.Deleted], await KindsAsync("interactions", call));
        Assert.Equal([call + 1, call + 2], await scope.Db.Changes.Where(c => c.Entity == "interactions" && c.Key > call && c.Kind == ChangeKind.Created).Select(c => c.Key).Order().ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task EachFollowedSet_IsFollowed()
    {
        var person = await PersonAsync();
        var piece = (await Database.AddAsync(new CoveragePiece("A piece", Now), Ct)).Id;
        var call = (await Database.AddAsync(Done(person), Ct)).Id;
        var sendOut = await Database.AddAsync(new SendOut("A mailing", SendOutPurpose.Pitch), Ct);
        var message = (await Database.AddAsync(new Message(sendOut, new MessagePlan { InfluencerId = person, Channel = MessageChannel.Manual }), Ct)).Id;

        Assert.Equal([ChangeKind.Created], await KindsAsync("influencers", person));
        Assert.Equal([ChangeKind.Created], await KindsAsync("coverage", piece));
        Assert.Equal([ChangeKind.Created], await KindsAsync("interactions", call));
        Assert.Equal([ChangeKind.Created], await KindsAsync("messages", message));
        Assert.Equal(["coverage", "influencers", "interactions", "messages"], FollowedSet.All.Where(s => s.HasFeed).Select(s => s.Name).Order());
    }

    [DatabaseFact]
    public async Task ALease_IsNoChange()
    {
        var sendOut = await Database.AddAsync(new SendOut("A mailing", SendOutPurpose.Pitch), Ct);
        var person = await PersonAsync();
        var message = (await Database.AddAsync(new Message(sendOut, new MessagePlan { InfluencerId = person, Channel = MessageChannel.Manual, DueAt = Now }), Ct)).Id;
        await using var scope = Database.As(Actor.System);

        var claim = await scope.Db.Messages.ClaimAsync(Now, 10, Ct);

        Assert.Equal(message, Assert.Single(claim.Rows).Id);
        Assert.Equal([ChangeKind.Created], await KindsAsync("messages", message));
    }

    [DatabaseFact]
    public async Task AChange_NamesTheClientAndCampaignOfBefore()
    {
        var (first, second) = (await ClientAsync(), await ClientAsync());
        var campaign = await CampaignAsync(first);
        var person = await PersonAsync();
        var call = (await Database.AddAsync(Done(person).About(first, campaign, null, null, null), Ct)).Id;
        await using var scope = Database.As(Actor.System);

        await scope.ChangeAsync<Interaction, InteractionChanges>(call, new() { ClientId = second, CampaignId = (int?)null }, Ct);
        await scope.DeleteAsync<Interaction>(call, Ct);

        var changes = await scope.Db.Changes.Where(c => c.Entity == "interactions" && c.Key == call).OrderBy(c => c.Seq).Select(c => new { c.Kind, c.ClientId, c.CampaignId }).ToListAsync(Ct);
        Assert.Equal([(ChangeKind.Created, null, null), (ChangeKind.Updated, first, campaign), (ChangeKind.Deleted, second, null)], changes.Select(c => (c.Kind, c.ClientId, c.CampaignId)));
    }

    [DatabaseFact]
    public async Task AWriteThatIsRolledBack_LeavesNothing()
    {
        var person = await PersonAsync();
        await using var scope = Database.As(Actor.System);
        long call;
        await using (await scope.Db.Database.BeginTransactionAsync(Ct))
        {
            var row = Done(person);
            scope.Db.Add(row);
            await scope.Db.SaveChangesAsync(Ct);
            call = row.Id;
        }

        Assert.Empty(await KindsAsync("interactions", call));
    }

    [DatabaseFact]
    public async Task AnErasure_IsWrittenDown_ForThePersonAndTheirHistory()
    {
        var person = await PersonAsync("Zoé Lefèvre");
        var call = (await Database.AddAsync(Done(person), Ct)).Id;
        await using var admin = Database.As(Actors.Admin);

        await admin.Get<EraseInfluencer>().ExecuteAsync(person, "Zoé Lefèvre", Ct);

        Assert.Contains(ChangeKind.Updated, await KindsAsync("influencers", person));
        Assert.Contains(ChangeKind.Updated, await KindsAsync("interactions", call));
    }

    [DatabaseFact]
    public async Task TheHorizon_IsBehindWhatIsCommitted_AndRises()
    {
        await using var scope = Database.As(Actor.System);
        var provider = scope.Get<IDatabaseProvider>();
        var before = await provider.ChangeHorizonAsync(scope.Db, Ct);
        var person = await PersonAsync();

        var mark = await scope.Db.Changes.Where(c => c.Entity == "influencers" && c.Key == person).Select(c => c.Mark).SingleAsync(Ct);

        Assert.InRange(mark, before, long.MaxValue);

        // A server waits for whatever else runs on it, such as the test beside this one.
        while (await provider.ChangeHorizonAsync(scope.Db, Ct) <= mark)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    [DatabaseFact]
    public async Task OldChanges_AreRemoved_AndTheHorizonStays()
    {
        await PersonAsync();
        await using var scope = Database.As(Actor.System);
        var provider = scope.Get<IDatabaseProvider>();
        var horizon = await provider.ChangeHorizonAsync(scope.Db, Ct);

        // The changes bear the database's own time.
        Database.Clock.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30));
        Assert.Equal(0, await scope.Get<PruneChanges>().ExecuteAsync(Ct));
        Database.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await scope.Get<PruneChanges>().ExecuteAsync(Ct));
        Assert.Equal(0, await scope.Db.Changes.CountAsync(Ct));
        Assert.True(await provider.ChangeHorizonAsync(scope.Db, Ct) >= horizon);
    }

    [Fact]
    public async Task TriggersThatWereLost_AreMadeAnew_ByMigrating()
    {
        await using var scope = Database.As(Actor.System);

        // As EF does when it rebuilds a table to alter it.
        await scope.Db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"influencersInserted\"; DROP TRIGGER \"influencersUpdated\";", Ct);
        Assert.Empty(await KindsAsync("influencers", await PersonAsync()));

        await scope.Db.Database.MigrateAsync(Ct);

        Assert.Equal([ChangeKind.Created], await KindsAsync("influencers", await PersonAsync()));
    }

    private async Task<List<ChangeKind>> KindsAsync(string set, long key)
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.Changes.Where(c => c.Entity == set && c.Key == key).OrderBy(c => c.Seq).Select(c => c.Kind).ToListAsync(Ct);
    }
}
