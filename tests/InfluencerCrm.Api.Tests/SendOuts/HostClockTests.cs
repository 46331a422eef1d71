using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>A host whose clock is off goes by the database's, and begins nothing when it is far off.</summary>
public sealed class HostClockTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [DatabaseFact(Only = "PostgreSql")]
    public async Task AClockThatIsALittleFast_IsCorrected()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await StartAsync(sink, TimeSpan.FromSeconds(4));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(3);

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        Assert.All(await stage.MessagesAsync(), m => Assert.True(m.SentAt <= TimeProvider.System.GetUtcNow().UtcDateTime));
    }

    [DatabaseFact(Only = "PostgreSql")]
    public async Task AClockThatIsFarOff_ClaimsNothing()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await StartAsync(sink, TimeSpan.FromSeconds(9));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(3);

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Sending);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System, Ct);

        Assert.Empty(sink.Mails());
        Assert.All(await stage.MessagesAsync(), m => Assert.Equal((MessageStatus.Queued, null), (m.Status, m.ClaimToken)));
    }

    private static Task<CrmApp> StartAsync(SmtpSink sink, TimeSpan ahead) => CrmApp.StartAsync(
        TestDatabase.CurrentProvider, new Dictionary<string, string?>(DispatchStage.Smtp(sink.Port)) { ["SendOuts:CompareClocks"] = "true" }, new FastClock(ahead));

    private sealed class FastClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
