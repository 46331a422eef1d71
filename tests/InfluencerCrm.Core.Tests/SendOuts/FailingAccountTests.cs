using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>A send-out whose sender account fails says so instead of waiting, and goes on once the account is mended and may be used.</summary>
public sealed class FailingAccountTests : EngineTest
{
    [DatabaseFact]
    public async Task ASendOutThatBegins_PausesWithTheAccountsReason()
    {
        var account = await AccountAsync();
        var sendOut = await ScheduledAsync(account);
        await FailAsync(account);

        await SendDueAsync();

        var paused = await ReadAsync(sendOut);
        Assert.Equal(
            (SendOutStatus.Paused, "The mail server of the sender account “Press” refuses us: 535 5.7.8 wrong password. Mend the account, set it to active, then resume."),
            (paused.Status, paused.PauseReason));
    }

    [DatabaseFact]
    public async Task OneThatIsNotDueYet_StaysScheduled()
    {
        var account = await AccountAsync();
        var sendOut = await ScheduledAsync(account, at: "2026-03-03T09:00:00Z");
        await FailAsync(account);

        await SendDueAsync();

        Assert.Equal(SendOutStatus.Scheduled, (await ReadAsync(sendOut)).Status);
    }

    [DatabaseFact]
    public async Task OneUnderWay_PausesWhenTheAccountIsSetToFailing()
    {
        var account = await AccountAsync();
        var sendOut = await ScheduledAsync(account);
        OnMail = _ => ChangeAsync(account, new() { State = SenderAccountState.Failing });

        await SendDueAsync();

        Assert.Single(Left);
        var paused = await ReadAsync(sendOut);
        Assert.Equal((SendOutStatus.Paused, "The sender account “Press” is failing. Mend the account, set it to active, then resume."), (paused.Status, paused.PauseReason));
    }

    [DatabaseFact]
    public async Task AnAccountThatRests_PausesNothing()
    {
        var account = await AccountAsync();
        await ChangeAsync(account, new() { State = SenderAccountState.Paused });
        var sendOut = await ScheduledAsync(account);

        await SendDueAsync();

        var progress = await ProgressAsync(sendOut);
        Assert.Equal(
            (SendOutStatus.Sending, "The sender account “Press” is paused. Nothing leaves until it is active; then the send-out goes on by itself.", null),
            (progress.Status, progress.HoldReason, progress.SecondsLeft));
        await ChangeAsync(account, new() { State = SenderAccountState.Active });
        await SendDueAsync();
        progress = await ProgressAsync(sendOut);
        Assert.Equal((SendOutStatus.Completed, null), (progress.Status, progress.HoldReason));
    }

    [DatabaseFact]
    public async Task BeforeItIsDue_ItSaysWhatWillKeepItFromLeaving()
    {
        var account = await AccountAsync();
        var sendOut = await ScheduledAsync(account, at: "2026-03-03T09:00:00Z");
        Assert.Null((await ProgressAsync(sendOut)).HoldReason);

        await FailAsync(account);
        Assert.Equal("The sender account “Press” is failing (535 5.7.8 wrong password). Nothing leaves until it is mended and active.", (await ProgressAsync(sendOut)).HoldReason);

        await RunAsync<StopSendOuts, StopAnswer>(s => s.ExecuteAsync(new() { Scope = StopScope.SendOut, Id = sendOut, Reason = "A recall", Confirm = true }, Ct));
        Assert.Equal("The send-out was stopped: A recall. Nothing leaves until the stop is lifted.", (await ProgressAsync(sendOut)).HoldReason);

        await RunAsync<PauseSendOut, SendOut>(p => p.ExecuteAsync(sendOut, new() { Reason = "Wait" }, Ct));
        var paused = await ProgressAsync(sendOut);
        Assert.Equal(("Wait", null), (paused.PauseReason, paused.HoldReason));
    }

    [DatabaseFact]
    public async Task SetToActive_TheAccountForgetsWhyItFailed()
    {
        var account = await AccountAsync();
        await FailAsync(account, new string('5', 2000));
        var failing = await StateAsync(account);

        await ChangeAsync(account, new() { State = SenderAccountState.Active });

        Assert.Equal((SenderAccountState.Failing, 1000), (failing.State, failing.StateReason?.Length));
        Assert.Equal((SenderAccountState.Active, null), await StateAsync(account));
    }

    [DatabaseFact]
    public async Task Resume_IsRefusedUntilTheAccountIsMended()
    {
        var account = await AccountAsync();
        var sendOut = await ScheduledAsync(account);
        await FailAsync(account);
        await SendDueAsync();

        var refused = await Assert.ThrowsAsync<Conflict>(() => ResumeAsync(sendOut));
        var between = await ReadAsync(sendOut);
        await ChangeAsync(account, new() { State = SenderAccountState.Active });
        var resumed = await ResumeAsync(sendOut);

        Assert.Equal(("accountFailing", "senderAccountId", between.PauseReason), (refused.Code, refused.Target, refused.Message));
        Assert.Equal((SendOutStatus.Paused, SendOutStatus.Sending), (between.Status, resumed.Status));
    }

    [DatabaseFact]
    public async Task Resume_AsksAgainWhoMaySend()
    {
        var account = await AccountAsync();
        var sendOut = await ScheduledAsync(account, at: "2026-03-03T09:00:00Z");
        await RunAsync<PauseSendOut, SendOut>(p => p.ExecuteAsync(sendOut, new(), Ct));
        await ChangeAsync(account, new() { UserIds = new List<int> { 4711 } });

        var resumed = await Assert.ThrowsAsync<RuleViolation>(() => ResumeAsync(sendOut));
        var moved = await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<RescheduleSendOut, SendOut>(r => r.ExecuteAsync(sendOut, new(), Ct)));

        Assert.Equal(["checkFailed", "checkFailed"], new[] { resumed.Code, moved.Code });
        Assert.All([resumed, moved], e => Assert.Equal("accountNotForUser", Assert.Single(e.Details).Code));
        Assert.Equal(SendOutStatus.Paused, (await ReadAsync(sendOut)).Status);
    }

    private async Task<int> AccountAsync()
    {
        await using var admin = Database.As(Actors.Admin);
        return (await admin.CreateAsync<SenderAccount, SenderAccountChanges>(new() { Name = "Press", FromAddress = "press@agency.example.org" }, Ct)).Id;
    }

    private async Task ChangeAsync(int account, SenderAccountChanges changes)
    {
        await using var admin = Database.As(Actors.Admin);
        await admin.ChangeAsync<SenderAccount, SenderAccountChanges>(account, changes, Ct);
    }

    private async Task<(SenderAccountState State, string? StateReason)> StateAsync(int account)
    {
        await using var admin = Database.As(Actors.Admin);
        var row = await admin.Db.SenderAccounts.AsNoTracking().SingleAsync(a => a.Id == account, Ct);
        return (row.State, row.StateReason);
    }

    private Task FailAsync(int account, string words = "535 5.7.8 wrong password") => WriteAsync(async db =>
        Assert.True(await db.FailAsync(account, await db.SenderAccounts.Where(a => a.Id == account).Select(a => a.Version).SingleAsync(Ct), words, Now, Ct)));

    private async Task<int> ScheduledAsync(int account, string? at = null)
    {
        var sendOut = await DraftAsync(new() { SenderAccountId = account }, await RecipientAsync("ana"), await RecipientAsync("bea"));
        await ScheduleAsync(sendOut.Id, at);
        return sendOut.Id;
    }

    private Task<SendOut> ResumeAsync(int sendOut) => RunAsync<ResumeSendOut, SendOut>(r => r.ExecuteAsync(sendOut, Ct));

    private Task<SendOutProgress> ProgressAsync(int sendOut) => RunAsync<ReadProgress, SendOutProgress>(r => r.ExecuteAsync(sendOut, Ct));

    private async Task<SendOut> ReadAsync(int sendOut)
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.SendOuts.AsNoTracking().SingleAsync(s => s.Id == sendOut, Ct);
    }
}
