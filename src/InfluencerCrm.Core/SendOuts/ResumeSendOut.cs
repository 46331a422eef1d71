using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.SendOuts.Planning;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>
/// Lets a paused send-out go on where it was. Who resumes sends, so the sender account is asked again for whom and by whom it may be used;
/// one that fails must be mended first.
/// </summary>
public sealed class ResumeSendOut(CrmDbContext db, CurrentActor scope, TimeProvider clock, DispatchSignal signal)
{
    /// <exception cref="Conflict">It is not paused, or its sender account is failing.</exception>
    /// <exception cref="RuleViolation">The sender account may not be used for it by who asks.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, CancellationToken ct)
    {
        scope.Required.Require(Right.Send);
        var resumed = await StateChange.RunAsync(
            db,
            sendOutId,
            async sendOut =>
            {
                sendOut.Resume(clock.GetUtcNow().UtcDateTime);
                await db.Entry(sendOut).Reference(s => s.SenderAccount).LoadAsync(ct);
                SenderAccess.Require(sendOut, scope.Required, "resumed");
                if (sendOut.SenderAccount is { State: SenderAccountState.Failing } account)
                {
                    throw new Conflict("accountFailing", SelfPause.OfAccount(account.Name, account.StateReason), "senderAccountId");
                }
            },
            ct);
        signal.Wake();
        return resumed;
    }
}
