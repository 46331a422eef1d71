using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Lets a paused send-out go on where it was.</summary>
public sealed class ResumeSendOut(CrmDbContext db, CurrentActor scope, TimeProvider clock, DispatchSignal signal)
{
    /// <exception cref="Conflict">It is not paused.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, CancellationToken ct)
    {
        scope.Required.Require(Right.Send);
        var resumed = await StateChange.RunAsync(
            db,
            sendOutId,
            sendOut =>
            {
                sendOut.Resume(clock.GetUtcNow().UtcDateTime);
                return Task.CompletedTask;
            },
            ct);
        signal.Wake();
        return resumed;
    }
}
