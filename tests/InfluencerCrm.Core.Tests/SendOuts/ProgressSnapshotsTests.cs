using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>How often the messages of a send-out are counted for those who watch it.</summary>
public sealed class ProgressSnapshotsTests : DatabaseTest
{
    private static readonly TimeSpan Took = TimeSpan.FromMilliseconds(100);

    private int _counted;

    [Fact]
    public async Task ACount_IsGoodForTenTimesAsLongAsItTook()
    {
        var snapshots = new ProgressSnapshots(Database.Clock);
        var sendOut = await SendOutAsync();
        await snapshots.ReadAsync(sendOut, CountAsync, Ct);

        Database.Clock.Advance(Took * 9);
        Assert.Equal(1, (await snapshots.ReadAsync(sendOut, CountAsync, Ct)).SentLastMinute);
        Database.Clock.Advance(Took * 1.1);
        Assert.Equal(2, (await snapshots.ReadAsync(sendOut, CountAsync, Ct)).SentLastMinute);
    }

    [Fact]
    public async Task ACountThatTookNoTime_IsNotUsedAgain()
    {
        var snapshots = new ProgressSnapshots(Database.Clock);
        var sendOut = await SendOutAsync();

        await snapshots.ReadAsync(sendOut, _ => Task.FromResult(Next()), Ct);

        Assert.Equal(2, (await snapshots.ReadAsync(sendOut, _ => Task.FromResult(Next()), Ct)).SentLastMinute);
    }

    [Fact]
    public async Task WhoAsksWhileSomebodyCounts_GetsTheCountBefore()
    {
        var snapshots = new ProgressSnapshots(Database.Clock);
        var sendOut = await SendOutAsync();
        await snapshots.ReadAsync(sendOut, CountAsync, Ct);
        Database.Clock.Advance(Took * 11);
        var slow = new TaskCompletionSource<MessageCounts>();
        var first = snapshots.ReadAsync(sendOut, _ => slow.Task, Ct);

        var meanwhile = await snapshots.ReadAsync(sendOut, CountAsync, Ct);

        Assert.Equal((1, 1, false), (meanwhile.SentLastMinute, _counted, first.IsCompleted));
        slow.SetResult(Next());
        Assert.Equal(2, (await first).SentLastMinute);
    }

    [Fact]
    public async Task WhoAsksWhileTheFirstCounts_WaitsForIt_AndDoesNotCount()
    {
        var snapshots = new ProgressSnapshots(Database.Clock);
        var sendOut = await SendOutAsync();
        var slow = new TaskCompletionSource();
        var first = snapshots.ReadAsync(sendOut, SlowAsync, Ct);

        var others = Enumerable.Range(0, 20).Select(_ => snapshots.ReadAsync(sendOut, CountAsync, Ct)).ToList();
        Assert.DoesNotContain(others, o => o.IsCompleted);
        slow.SetResult();

        Assert.All(await Task.WhenAll([first, .. others]), counts => Assert.Equal(1, counts.SentLastMinute));

        async Task<MessageCounts> SlowAsync(CancellationToken ct)
        {
            await slow.Task;
            return await CountAsync(ct);
        }
    }

    [Fact]
    public async Task AChangeOfTheSendOut_IsCountedAtOnce()
    {
        var snapshots = new ProgressSnapshots(Database.Clock);
        var sendOut = await SendOutAsync();
        await snapshots.ReadAsync(sendOut, CountAsync, Ct);
        await using var scope = Database.As(Actor.System);
        var changed = await scope.Db.SendOuts.SingleAsync(s => s.Id == sendOut.Id, Ct);
        changed.Cancel();
        await scope.Db.SaveChangesAsync(Ct);

        Assert.Equal(2, (await snapshots.ReadAsync(changed, CountAsync, Ct)).SentLastMinute);
    }

    [Fact]
    public async Task ACountThatIsGivenUp_LeavesTheNextToCount()
    {
        var snapshots = new ProgressSnapshots(Database.Clock);
        var sendOut = await SendOutAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => snapshots.ReadAsync(sendOut, _ => throw new OperationCanceledException(), Ct));

        Assert.Equal(1, (await snapshots.ReadAsync(sendOut, CountAsync, Ct)).SentLastMinute);
    }

    private Task<SendOut> SendOutAsync() => Database.AddAsync(SendOut.Create(new SendOutChanges { Name = "Watched" }), Ct);

    private Task<MessageCounts> CountAsync(CancellationToken ct)
    {
        Database.Clock.Advance(Took);
        return Task.FromResult(Next());
    }

    private MessageCounts Next() => new(new Dictionary<MessageStatus, int>(), new Dictionary<SkipReason, int>(), ++_counted);
}
