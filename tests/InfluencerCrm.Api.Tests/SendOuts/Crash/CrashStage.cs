using System.Globalization;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.SendOuts.Crash;

/// <summary>A send-out under way, a server that writes down what it takes, and hosts that can be killed.</summary>
internal sealed class CrashStage : IAsyncDisposable
{
    public const int Connections = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(int.TryParse(Environment.GetEnvironmentVariable("INFLUENCERCRM_CRASH_KILLS"), out _) ? 30 : 3);

    private readonly TestDatabase database;
    private readonly CrmApp desk;
    private readonly Dictionary<string, string?> settings;
    private readonly string? connectionString;
    private readonly List<HostProcess> hosts = [];

    private CrashStage(TestDatabase database, CrmApp desk, string? connectionString)
    {
        this.database = database;
        this.desk = desk;
        this.connectionString = connectionString;
        Stage = new DispatchStage(desk);

        // The rows of a dead host wait for the end of its lease; a quarter of an hour would be right, and twenty of them five hours.
        settings = new(DispatchStage.Smtp(Server.Port, Connections)) { ["SendOuts:Lease"] = "00:00:15" };
    }

    public LoggingSmtpServer Server { get; } = new();

    public DispatchStage Stage { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="connectionString">Where the hosts find the database; null: where the test does.</param>
    public static async Task<CrashStage> PrepareAsync(TestDatabase database, int messages, string? connectionString = null)
    {
        var desk = await CrmApp.StartOnAsync(database, new Dictionary<string, string?> { ["Roles"] = "web" });
        var stage = new CrashStage(database, desk, connectionString);
        await stage.Stage.PrepareAsync(messages);
        await stage.Stage.ScheduleAsync();
        return stage;
    }

    public void Start(int count)
    {
        for (var i = 0; i < count; i++)
        {
            hosts.Add(HostProcess.Start(database, settings, connectionString));
        }
    }

    /// <summary>Kills a host at each of so many random moments of the send-out, and starts another in its place.</summary>
    public async Task KillAsync(Random random, int kills, int messages)
    {
        // The moment is a count of mails, so that it falls into the sending on slow machines and fast ones.
        foreach (var moment in Enumerable.Range(0, kills).Select(_ => random.Next(1, messages * 9 / 10)).Order().ToList())
        {
            await UntilTakenAsync(moment);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20)), TimeProvider.System, Ct);
            var victim = random.Next(hosts.Count);
            await hosts[victim].DisposeAsync();
            hosts[victim] = HostProcess.Start(database, settings, connectionString);

            // A moment that has passed already still kills a host at work, not one that only just starts.
            await UntilTakenAsync(Server.Taken + 1);
        }
    }

    public Task UntilTakenAsync(int count) => UntilAsync(() => Task.FromResult(Server.Taken >= count), $"{count} mails taken");

    public Task UntilCompletedAsync() => UntilAsync(async () => (await Stage.SendOutAsync()).Status == SendOutStatus.Completed, "the send-out to be complete");

    /// <summary>Compares the server's log with the database.</summary>
    public async Task JudgeAsync(int kills)
    {
        var messages = await Stage.ReadAsync(async db => await db.Messages.AsNoTracking().Where(m => m.SendOutId == Stage.SendOutId)
            .Select(m => new RecordedMessage(m.InternetMessageId!, m.Status, db.Interactions.Count(i => i.MessageId == m.Id))).ToListAsync(Ct));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{messages.Count} messages, {Server.Log.Count} taken, {messages.Count(m => m.Status == MessageStatus.Unconfirmed)} unconfirmed after {kills} kills"));

        Assert.Empty(CrashVerdict.Judge(Server.Log, messages, kills * Connections).Take(20));
        Assert.All(messages, m => Assert.True(m.Status is MessageStatus.Sent or MessageStatus.Unconfirmed, $"{m.InternetMessageId} is {m.Status} although the send-out is complete"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        await desk.DisposeAsync();
        await Server.DisposeAsync();
    }

    private async Task UntilAsync(Func<Task<bool>> isTrue, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience || hosts.Find(h => h.HasExited) is not null)
            {
                var states = (await Stage.MessagesAsync()).GroupBy(m => m.Status).Select(g => $"{g.Key} {g.Count()} ({g.First().LastResponse})");
                var words = hosts.Select(h => h.LastWords);
                Assert.Fail($"Waited too long for {what}, or a host ended by itself; {Server.Taken} were taken; {string.Join(", ", states)}; {(await Stage.SendOutAsync()).PauseReason}; the hosts said: {string.Join(" | ", words)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
        }
    }
}
