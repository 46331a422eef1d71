using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Why a stop is lifted.</summary>
public sealed record LiftStopRequest
{
    /// <summary>Kept in the audit.</summary>
    public required string Reason { get; init; }
}

/// <summary>Lets one stopped send-out go on in the state it is in. There is no act that lifts several: each is looked at.</summary>
public sealed class LiftStop(CrmDbContext db, CurrentActor scope, TimeProvider clock, DispatchSignal signal)
{
    private const int ReasonLength = 1000;

    /// <exception cref="Conflict">It is not stopped.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, LiftStopRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Send);
        var reason = request.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > ReasonLength)
        {
            throw new RuleViolation(reason.Length == 0 ? "required" : "tooLong", $"reason must be given, in at most {ReasonLength} characters.", "reason");
        }

        var lifted = await StateChange.RunAsync(
            db,
            sendOutId,
            sendOut =>
            {
                sendOut.LiftStop();
                db.Add(AuditEntry.Act(scope.Required, nameof(SendOut), sendOut.Id, $"stop lifted: {reason}", clock.GetUtcNow().UtcDateTime));
                return Task.CompletedTask;
            },
            ct);
        signal.Wake();
        return lifted;
    }
}
