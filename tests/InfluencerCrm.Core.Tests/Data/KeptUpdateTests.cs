using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>Statements that EF made once and that are run with other values.</summary>
public sealed class KeptUpdateTests : DatabaseTest
{
    private static readonly DateTime Then = new(2026, 3, 2, 9, 30, 0, 123, DateTimeKind.Utc);

    [DatabaseFact]
    public async Task EachRun_WritesItsOwnValues_AndSaysWhetherItTouchedARow()
    {
        var (zoe, ada) = (await PersonAsync("Zoé"), await PersonAsync("Ada"));
        await using var scope = Database.As(Actor.System);
        var updates = scope.Get<KeptUpdates>();
        Assert.True(updates.IsAvailable);
        var kept = await KeptUpdate.OfAsync<Moved>(m => MoveAsync(scope.Db, m));
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        await using (var transaction = await scope.Db.Database.BeginTransactionAsync(Ct))
        {
            var touched = await updates.RunAsync(
                [new(kept, new Moved(zoe, "Zoé", "Nantes", Then, first)), new(kept, new Moved(zoe, "Ada", "Lyon", Then, second)), new(kept, new Moved(ada, "Ada", "O'Fallon", Then.AddDays(1), second))], Ct);
            Assert.Equal([1, 0, 1], touched);
            await transaction.CommitAsync(Ct);
        }

        await using (var transaction = await scope.Db.Database.BeginTransactionAsync(Ct))
        {
            var touched = await updates.RunAsync([new(kept, new Moved(ada, "Ada", "Gap", Then.AddDays(2), first))], Ct);
            Assert.Equal([1], touched);
            await transaction.RollbackAsync(Ct);
        }

        await using var after = Database.As(Actor.System);
        var people = await after.Db.Influencers.AsNoTracking().OrderBy(i => i.Id).Select(i => new { i.Id, i.City, i.UpdatedAt, i.Version }).ToListAsync(Ct);
        Assert.Equal([(zoe, "Nantes", Then, first), (ada, "O'Fallon", Then.AddDays(1), second)], people.Select(p => (p.Id, p.City, p.UpdatedAt, p.Version)));
    }

    [DatabaseFact]
    public async Task Keeping_WritesNothing_AndLaterUpdatesAreRunAsEver()
    {
        var zoe = await PersonAsync("Zoé");
        await using var scope = Database.As(Actor.System);
        await KeptUpdate.OfAsync<Everybody>(e => scope.Db.Influencers.UpdateRowsAsync(e.Now, e.Version, set => set.SetProperty(i => i.City, e.City), Ct));
        Assert.Null(await scope.Db.Influencers.Where(i => i.Id == zoe).Select(i => i.City).SingleAsync(Ct));

        Assert.Equal(1, await MoveAsync(scope.Db, new Moved(zoe, "Zoé", "Nantes", Then, Guid.NewGuid())));
        Assert.Equal("Nantes", await scope.Db.Influencers.Where(i => i.Id == zoe).Select(i => i.City).SingleAsync(Ct));
    }

    [Fact]
    public async Task WhatDoesNotReachTheStatementAsItIs_IsRefused()
    {
        await using var scope = Database.As(Actor.System);

        // Made into another value on the way.
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeptUpdate.OfAsync<Moved>(m => MoveAsync(scope.Db, m with { City = m.City + "!" })));

        // Shapes the statement.
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeptUpdate.OfAsync<Moved>(m => MoveAsync(scope.Db, m with { Name = m.City.EndsWith('5') ? m.Name : null! })));

        // Could be taken for another.
        await Assert.ThrowsAsync<NotSupportedException>(() => KeptUpdate.OfAsync<Flagged>(f => Task.CompletedTask));

        // Differs without being one of them.
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeptUpdate.OfAsync<Moved>(m => scope.Db.Influencers.Where(i => i.Id == m.Id).UpdateRowsAsync(m.Now, set => set.SetProperty(i => i.City, m.City), Ct)));

        // Runs nothing.
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeptUpdate.OfAsync<Moved>(_ => Task.CompletedTask));
    }

    private static Task<int> MoveAsync(CrmDbContext db, Moved moved) =>
        db.Influencers.Where(i => i.Id == moved.Id && i.DisplayName == moved.Name).UpdateRowsAsync(moved.Now, moved.Version, set => set.SetProperty(i => i.City, moved.City), Ct);

    private sealed record Moved(int Id, string Name, string City, DateTime Now, Guid Version);

    private sealed record Everybody(string City, DateTime Now, Guid Version);

    private sealed record Flagged(bool Flag);
}
