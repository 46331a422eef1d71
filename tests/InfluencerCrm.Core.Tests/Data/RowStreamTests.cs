using System.Collections;
using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>More rows than a statement takes, on the product's own tables; where the database takes a stream they go in one.</summary>
public sealed class RowStreamTests : DatabaseTest
{
    private const int Many = 6000;

    [DatabaseFact]
    public async Task ManyRows_AreRead_AsTheyWereWritten()
    {
        await using var scope = Database.As(Actor.System);
        await using var insert = Insert(scope);
        var points = await PointsAsync(Many);

        await insert.WriteAsync(points, Ct);

        var read = await scope.Db.ContactPoints.AsNoTracking().ToDictionaryAsync(p => p.Value, Ct);
        Assert.Equal(Many, read.Count);
        Assert.All(points, p => Assert.Equal((p.AddressKey, p.Kind, p.Primary, p.Source, p.Version, Now), (read[p.Value].AddressKey, read[p.Value].Kind, read[p.Value].Primary, read[p.Value].Source, read[p.Value].Version, read[p.Value].CreatedAt)));
    }

    [DatabaseFact]
    public async Task ManyRows_AreEachInTheChangeFeed()
    {
        await using var scope = Database.As(Actor.System);
        await using var insert = new BulkInsert<Influencer>(scope.Db, Database.Clock, readKeys: false, scope.Get<IDatabaseProvider>());

        await insert.WriteAsync([.. Enumerable.Range(0, Many).Select(i => new Influencer(InfluencerKind.Creator, $"Zoé {i}"))], Ct);

        var keys = await scope.Db.Influencers.Select(i => (long)i.Id).ToListAsync(Ct);
        Assert.Equal(keys.Order(), (await scope.Db.Changes.Where(c => c.Entity == "influencers").Select(c => c.Key).ToListAsync(Ct)).Order());
    }

    [DatabaseFact]
    public async Task AKeptInsert_WritesBatchesOfAnySize_InTransactionsOneAfterTheOther()
    {
        await using var scope = Database.As(Actor.System);
        await using var insert = Insert(scope);
        var points = await PointsAsync(3 * Many);
        await using (var gone = await scope.Db.Database.BeginTransactionAsync(Ct))
        {
            await insert.WriteAsync([.. points.Take(Many)], Ct);
            await gone.RollbackAsync(Ct);
        }

        await using (var kept = await scope.Db.Database.BeginTransactionAsync(Ct))
        {
            await insert.WriteAsync([.. points.Skip(Many).Take(Many)], Ct);
            await insert.WriteAsync([.. points.Skip(2 * Many).Take(1)], Ct);
            await insert.WriteAsync([.. points.Skip(2 * Many).Skip(1).Take(1000)], Ct);
            await kept.CommitAsync(Ct);
        }

        await insert.WriteAsync([.. points.Skip(2 * Many).Skip(1001)], Ct);

        Assert.Equal(points.Skip(Many).Select(p => p.Value).Order(StringComparer.Ordinal), (await scope.Db.ContactPoints.Select(p => p.Value).ToListAsync(Ct)).Order(StringComparer.Ordinal));
    }

    [DatabaseFact]
    public async Task ARowThatIsThereAlready_IsAUniqueViolation_AndLeavesNothing()
    {
        await using var scope = Database.As(Actor.System);
        await using var insert = Insert(scope);
        var points = await PointsAsync(Many);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => insert.WriteAsync([.. points, points[17]], Ct));

        Assert.True(scope.Get<IDatabaseProvider>().IsUniqueViolation(refused));
        Assert.False(await scope.Db.ContactPoints.AnyAsync(Ct));
        await insert.WriteAsync(points, Ct);
        Assert.Equal(Many, await scope.Db.ContactPoints.CountAsync(Ct));
    }

    [DatabaseFact]
    public async Task ARowWhoseOwnerIsMissing_IsAMissingReference_AndLeavesNothing()
    {
        await using var scope = Database.As(Actor.System);
        await using var insert = Insert(scope);
        var points = await PointsAsync(Many);
        points[^1].BelongTo(4711);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => insert.WriteAsync(points, Ct));

        Assert.True(scope.Get<IDatabaseProvider>().IsMissingReference(refused));
        Assert.False(await scope.Db.ContactPoints.AnyAsync(Ct));
    }

    [DatabaseFact]
    public async Task WhoeverCancels_LeavesNothing_AndTheConnectionGoesOn()
    {
        await using var scope = Database.As(Actor.System);
        await using var insert = Insert(scope);
        var points = await PointsAsync(Many);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => insert.WriteAsync(new CancellingList(points, Many - 100, cancel), cancel.Token));

        Assert.False(await scope.Db.ContactPoints.AnyAsync(Ct));
        await insert.WriteAsync(points, Ct);
        Assert.Equal(Many, await scope.Db.ContactPoints.CountAsync(Ct));
    }

    private BulkInsert<ContactPoint> Insert(CrmScope scope) => new(scope.Db, Database.Clock, readKeys: false, scope.Get<IDatabaseProvider>());

    private async Task<List<ContactPoint>> PointsAsync(int count)
    {
        var person = await PersonAsync();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var point = ContactPoint.Create(new()
            {
                Kind = ContactKind.Email, Value = $"{Guid.NewGuid():N}@paper{i % 50}.example", Primary = i == 0, Source = (i % 3) switch { 0 => null, 1 => "Café Zürich 東京 🗞", _ => "list" },
            });
            point.BelongTo(person);
            return point;
        })];
    }

    /// <summary>Somebody gives up when a certain row is reached.</summary>
    private sealed class CancellingList(List<ContactPoint> rows, int at, CancellationTokenSource cancel) : IReadOnlyList<ContactPoint>
    {
        public int Count => rows.Count;

        public ContactPoint this[int index]
        {
            get
            {
                if (index == at)
                {
                    cancel.Cancel();
                }

                return rows[index];
            }
        }

        public IEnumerator<ContactPoint> GetEnumerator() => rows.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
