using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Work;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class DueRowsTests : DatabaseTest
{
    [DatabaseFact]
    public async Task OneHostAlone_TakesWholeBatchesInIdOrder_UntilNothingIsLeft()
    {
        await QueueAsync(53);
        await using var host = Database.As(Actor.System);
        var sizes = new List<int>();

        while (await ClaimAsync(host, 10) is { Count: > 0 } rows)
        {
            Assert.Equal(rows.Order(), rows);
            sizes.Add(rows.Count);
        }

        Assert.Equal([10, 10, 10, 10, 10, 3], sizes);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(50, 10)]
    public void ABatch_IsWholeSortedAndFromTheCandidates(int candidates, int batch)
    {
        for (var i = 0; i < 100; i++)
        {
            long[] ids = [.. Enumerable.Range(1, candidates).Select(n => n * 3L)];

            var taken = DueRows.RandomBatch([.. ids], batch);

            Assert.Equal(Math.Min(candidates, batch), taken.Distinct().Count());
            Assert.Equal(taken.Order(), taken);
            Assert.Subset(ids.ToHashSet(), taken.ToHashSet());
        }
    }

    [DatabaseFact]
    public async Task HostsThatClaimAtOnce_NeverTakeTheSameRow()
    {
        await QueueAsync(400);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var mine = new List<long>();
            await using var host = Database.As(Actor.System);
            for (var misses = 0; misses < 20;)
            {
                var rows = await ClaimAsync(host, 7);
                misses = rows.Count == 0 ? misses + 1 : 0;
                mine.AddRange(rows);
            }

            return mine;
        })));

        Assert.Equal(400, taken.Sum(t => t.Count));
        Assert.Equal(400, taken.SelectMany(t => t).Distinct().Count());
    }

    [DatabaseFact]
    public async Task WhatIsNotDueOrClaimedOrDone_IsLeftAlone()
    {
        await QueueAsync(2, Now.AddMinutes(1));
        var due = await QueueAsync(1, Now);
        await using var host = Database.As(Actor.System);

        Assert.Equal(due, await ClaimAsync(host, 10));
        Assert.Empty(await ClaimAsync(host, 10));
    }

    [DatabaseFact]
    public async Task OldestFirst_WhereMoreAreDueThanFiveBatches()
    {
        var late = await QueueAsync(10, Now.AddHours(-1));
        var later = await QueueAsync(30, Now);
        await using var host = Database.As(Actor.System);

        var rows = await ClaimAsync(host, 2);

        Assert.Subset(late.ToHashSet(), rows.ToHashSet());
        Assert.DoesNotContain(rows, later.Contains);
    }

    [DatabaseFact]
    public async Task AClaim_EndsWithItsLease_UnlessItIsRenewed()
    {
        await QueueAsync(2);
        await using var host = Database.As(Actor.System);
        var claim = await host.Db.Messages.Where(m => m.Status == MessageStatus.Queued).ClaimAsync(Now, 10, Ct);
        Database.Clock.Advance(DueRows.Lease - TimeSpan.FromMinutes(1));

        Assert.Equal(2, await host.Db.Messages.RenewAsync(claim.Token, Now, Ct));

        Database.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(await ClaimAsync(host, 10));
        Database.Clock.Advance(DueRows.Lease);
        Assert.Equal(2, (await ClaimAsync(host, 10)).Count);
        Assert.Equal(0, await host.Db.Messages.RenewAsync(claim.Token, Now, Ct));
    }

    [DatabaseFact]
    public async Task WhatIsReleased_MayBeClaimedAtOnce_AndItsVersionHasNotChanged()
    {
        await QueueAsync(2);
        await using var host = Database.As(Actor.System);
        var versions = await host.Db.Messages.OrderBy(m => m.Id).Select(m => m.Version).ToListAsync(Ct);
        var claim = await host.Db.Messages.Where(m => m.Status == MessageStatus.Queued).ClaimAsync(Now, 10, Ct);

        Assert.Equal(2, await host.Db.Messages.ReleaseAsync(claim.Token, Ct));

        Assert.Equal(2, (await ClaimAsync(host, 10)).Count);
        Assert.Equal(versions, await host.Db.Messages.OrderBy(m => m.Id).Select(m => m.Version).ToListAsync(Ct));
    }

    private async Task<IReadOnlyList<long>> ClaimAsync(CrmScope host, int batch) =>
        [.. (await host.Db.Messages.Where(m => m.Status == MessageStatus.Queued).ClaimAsync(Now, batch, Ct)).Rows.Select(m => m.Id)];

    private async Task<IReadOnlyList<long>> QueueAsync(int count, DateTime? due = null)
    {
        await using var scope = Database.As(Actor.System);
        var sendOut = await Database.AddAsync(new SendOut("Solar", SendOutPurpose.Pitch), Ct);
        List<Influencer> people = [.. Enumerable.Range(0, count).Select(i => new Influencer(InfluencerKind.Journalist, $"Person {i}"))];
        await using var newPeople = new BulkInsert<Influencer>(scope.Db, Database.Clock);
        await newPeople.WriteAsync(people, Ct);
        List<Message> messages = [.. people.Select(p => new Message(sendOut, new MessagePlan { InfluencerId = p.Id, Channel = MessageChannel.Email, DueAt = due ?? Now }))];
        await using var newMessages = new BulkInsert<Message>(scope.Db, Database.Clock);
        await newMessages.WriteAsync(messages, Ct);
        return [.. messages.Select(m => m.Id)];
    }
}
