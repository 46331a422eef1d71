using System.Globalization;
using System.Net.Http.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>Sender accounts with servers of their own: each goes its own way, and none holds up another.</summary>
public sealed class AccountLaneTests
{
    [DatabaseFact]
    public async Task EachAccount_SendsThroughItsOwnServer()
    {
        await using var usual = Server();
        await using var own = Server();
        await using var app = await CrmApp.StartAsync(TestDatabase.CurrentProvider, DispatchStage.Smtp(usual.Port));
        var account = await AccountAsync(app, "Own", own.Port);
        var plain = await AccountAsync(app, "Plain", null);
        var (mine, theirs, none) = (await StageAsync(app, "mine", account), await StageAsync(app, "theirs", plain), await StageAsync(app, "none", null));

        foreach (var stage in new[] { mine, theirs, none })
        {
            await stage.ScheduleAsync();
            await stage.UntilAsync(SendOutStatus.Completed);
        }

        Assert.Equal(["mine0@example.org", "mine1@example.org", "mine2@example.org"], Recipients(own));
        Assert.Equal(["none0@example.org", "none1@example.org", "none2@example.org", "theirs0@example.org", "theirs1@example.org", "theirs2@example.org"], Recipients(usual));
    }

    [Fact]
    public async Task AServerThatIsAway_HoldsUpItsOwnMailsOnly_AndGetsThemWhenItIsBack()
    {
        await using var usual = Server();
        var isAway = true;
        await using var own = Server((step, _) => step == "CONNECT" && isAway ? ScriptedSmtpServer.Drop : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(usual.Port));
        var (away, well) = (await StageAsync(app, "away", await AccountAsync(app, "Away", own.Port)), await StageAsync(app, "well", null));
        await away.ScheduleAsync();
        await away.UntilAsync(async () => (await away.MessagesAsync()).Any(m => m.Attempts > 0));

        await well.ScheduleAsync();
        await well.UntilAsync(SendOutStatus.Completed);

        Assert.Equal(3, Recipients(usual).Count);
        Assert.Equal(0, await away.CountAsync(MessageStatus.Sent));
        Assert.Equal(SendOutStatus.Sending, (await away.SendOutAsync()).Status);
        isAway = false;
        await CompleteAsync(away);
        Assert.Equal(3, Recipients(own).Count);
    }

    [Fact]
    public async Task AServerThatRefusesTheAccount_FailsIt_AndPausesWhatGoesThroughIt_UntilItIsMended()
    {
        await using var usual = Server();
        await using var strict = Server((step, _) => step == "CONNECT" ? "554 5.7.1 you are blocked" : null);
        await using var good = Server();
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(usual.Port));
        var account = await AccountAsync(app, "Blocked", strict.Port);
        var (refused, second, well) = (await StageAsync(app, "refused", account), await StageAsync(app, "second", account), await StageAsync(app, "well", null));

        await refused.ScheduleAsync();
        await second.ScheduleAsync();
        await well.ScheduleAsync();
        await refused.UntilAsync(SendOutStatus.Paused);
        await well.UntilAsync(SendOutStatus.Completed);

        var row = await app.GetAsync($"odata/senderAccounts({account})");
        Assert.Equal("failing", row["state"]!.GetValue<string>());
        Assert.Contains("554 5.7.1 you are blocked", row["stateReason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("“Blocked” refuses us: 554 5.7.1 you are blocked", (await refused.SendOutAsync()).PauseReason, StringComparison.Ordinal);
        Assert.Equal(0, await refused.CountAsync(MessageStatus.Failed));

        await PatchAsync(app, account, new { port = good.Port, state = "active" });
        Assert.Null((await app.GetAsync($"odata/senderAccounts({account})"))["stateReason"]);
        foreach (var stage in new[] { refused, second })
        {
            if ((await stage.SendOutAsync()).Status == SendOutStatus.Paused)
            {
                await stage.ChangeAsync(s => s.Resume(Now));
            }

            await CompleteAsync(stage);
        }

        Assert.Equal(6, Recipients(good).Count);
    }

    [Fact]
    public async Task AnAccountThatIsPaused_BeginsNothingMore_AndGoesOnWhenItIsActive()
    {
        await using var usual = Server();
        await using var slow = Server();
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(usual.Port, connections: 1));
        var account = await AccountAsync(app, "Slow", slow.Port, connections: 1);

        // One mail every three seconds.
        await PatchAsync(app, account, new { perMinute = 20 });
        var stage = await StageAsync(app, "slow", account);
        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) == 1);

        await PatchAsync(app, account, new { state = "paused" });
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Single(slow.Messages);
        Assert.Equal(2, await stage.CountAsync(MessageStatus.Queued));
        Assert.All((await stage.MessagesAsync()).Where(m => m.Status == MessageStatus.Queued), m => Assert.Null(m.ClaimToken));
        await PatchAsync(app, account, new { state = "active" });
        await stage.UntilAsync(SendOutStatus.Completed);
        Assert.Equal(3, slow.Messages.Count);
    }

    [Fact]
    public async Task AnAccountThatMovesToAnotherServer_SendsTheRestThere_WithoutARestart()
    {
        await using var usual = Server();
        await using var first = Server((step, _) => step == "CONNECT" ? ScriptedSmtpServer.Drop : null);
        await using var second = Server();
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(usual.Port));
        var account = await AccountAsync(app, "Moving", first.Port);
        var stage = await StageAsync(app, "moving", account);
        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Deferred) > 0);

        await PatchAsync(app, account, new { port = second.Port });
        await CompleteAsync(stage);

        Assert.Equal(3, Recipients(second).Count);
        Assert.Empty(first.Messages);
    }

    [Fact]
    public async Task WhileMailsStayHere_NoAccountsServerIsUsed()
    {
        await using var own = Server();
        await using var app = await CrmApp.StartAsync("Sqlite");
        var stage = await StageAsync(app, "here", await AccountAsync(app, "Own", own.Port));

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        Assert.Equal(3, await stage.CountAsync(MessageStatus.Sent));
        Assert.Empty(Recipients(own));
    }

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    private static ScriptedSmtpServer Server(Func<string, int, string?>? script = null) => new(script ?? ((_, _) => null));

    private static List<string> Recipients(ScriptedSmtpServer server) =>
        [.. server.Commands.Where(c => c.StartsWith("RCPT TO:", StringComparison.Ordinal)).Select(c => c.Split('<', '>')[1]).Order(StringComparer.Ordinal)];

    /// <summary>What was deferred is due at once, also what the old connection only gives back now.</summary>
    private static Task CompleteAsync(DispatchStage stage) => stage.UntilAsync(async () =>
    {
        await stage.WriteAsync(db => db.Messages.Where(m => m.SendOutId == stage.SendOutId && m.Status == MessageStatus.Deferred).UpdateRowsAsync(Now, set => set.SetProperty(m => m.DueAt, Now), default));
        return (await stage.SendOutAsync()).Status == SendOutStatus.Completed;
    });

    private static async Task PatchAsync(CrmApp app, int account, object changes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri($"odata/senderAccounts({account})", UriKind.Relative)) { Content = JsonContent.Create(changes) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var response = await app.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<int> AccountAsync(CrmApp app, string name, int? port, int connections = 2)
    {
        var row = port is null
            ? await app.CreateAsync("senderAccounts", new { name, fromAddress = "press@agency.example.org" })
            : await app.CreateAsync("senderAccounts", new { name, fromAddress = "press@agency.example.org", host = "127.0.0.1", port, security = "none", maxConnections = connections });
        return row["id"]!.GetValue<int>();
    }

    private static async Task<DispatchStage> StageAsync(CrmApp app, string name, int? account)
    {
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(3, new SendOutChanges { SenderAccountId = account }, i => string.Create(CultureInfo.InvariantCulture, $"{name}{i}@example.org"));
        return stage;
    }
}
