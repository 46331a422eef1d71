using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>A server that is away is tried by one mail at a time.</summary>
public sealed class TransportBreakerTests
{
    private static readonly DeliveryAnswer Away = new(DeliveryOutcome.Deferred, "No connection");

    private readonly FakeTimeProvider clock = new();
    private readonly TransportBreaker breaker;

    public TransportBreakerTests() => breaker = new TransportBreaker("mail.example.org:25", clock, NullLogger.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DeliveryAnswer> Failures => new(
        Away,
        new DeliveryAnswer(DeliveryOutcome.Unconfirmed, "Connection lost"),
        new DeliveryAnswer(DeliveryOutcome.Deferred, "421 4.3.2 going down", 421),
        new DeliveryAnswer(DeliveryOutcome.Deferred, "554 not welcome", 554) { RefusesSession = true });

    public static TheoryData<DeliveryAnswer> Answers => new(
        new DeliveryAnswer(DeliveryOutcome.Sent, "250 ok", 250),
        new DeliveryAnswer(DeliveryOutcome.Failed, "550 5.1.1 no such user", 550, "5.1.1"),
        new DeliveryAnswer(DeliveryOutcome.Deferred, "450 greylisted", 450),
        new DeliveryAnswer(DeliveryOutcome.Deferred, "421 too many", 421) { SlowsDomain = true });

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task AfterAFailure_OneTries_WhenItsTimeHasCome_AndTheOthersWait(DeliveryAnswer failure)
    {
        breaker.Report(failure);
        Task<bool>[] waiting = [breaker.PassAsync(Ct), breaker.PassAsync(Ct)];
        Assert.All(waiting, w => Assert.False(w.IsCompleted));

        var tries = await WhenAnyPassesAsync(waiting);

        Assert.True(await tries);
        clock.Advance(TimeSpan.FromMinutes(10));
        var other = Assert.Single(waiting, w => w != tries);
        Assert.False(other.IsCompleted);
        breaker.Report(new DeliveryAnswer(DeliveryOutcome.Sent, "250 ok", 250));
        Assert.False(await await WhenAnyPassesAsync(other));
    }

    [Fact]
    public async Task FailuresInARow_MakeTheWaitLonger_OncePerTry()
    {
        // Four connections that fail together are one failure.
        for (var i = 0; i < 4; i++)
        {
            breaker.Report(Away);
        }

        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(await breaker.PassAsync(Ct));
        breaker.Report(Away);

        var next = breaker.PassAsync(Ct);
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.False(next.IsCompleted);
        Assert.True(await await WhenAnyPassesAsync(next));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task AnAnswerToAMail_StopsNobody(DeliveryAnswer answer)
    {
        breaker.Report(answer);

        Assert.False(await breaker.PassAsync(Ct));
    }

    [Fact]
    public async Task ATryThatFoundNoMail_LeavesItToAnother()
    {
        breaker.Report(Away);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await breaker.PassAsync(Ct));

        breaker.Abandon();

        Assert.True(await breaker.PassAsync(Ct));
    }

    /// <summary>Whoever waits looks again and again, so the clock goes in small steps.</summary>
    private async Task<Task<bool>> WhenAnyPassesAsync(params Task<bool>[] waiting)
    {
        while (Array.TrueForAll(waiting, w => !w.IsCompleted))
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Ct);
        }

        return await Task.WhenAny(waiting);
    }
}
