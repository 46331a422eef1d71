using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.SendOuts.Planning;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>When a send-out is to leave.</summary>
public sealed record ScheduleRequest : PressureRequest
{
    /// <summary>Empty: now.</summary>
    public DateTime? At { get; init; }
}

/// <summary>
/// Lets a send-out leave: checks it, freezes its list, and writes one message for each person in the transaction that changes its state.
/// Of two who schedule at the same moment one succeeds.
/// </summary>
public sealed class ScheduleSendOut(CrmDbContext db, CurrentActor scope, TimeProvider clock, LoadMails load, PlanMessages plan, FreezeList freeze, DispatchSignal signal)
{
    /// <exception cref="Conflict">It is no draft, or somebody else was faster.</exception>
    /// <exception cref="RuleViolation">The time has passed, or the check found errors: they are the details.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, ScheduleRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Send);
        var reason = FreezeList.ReasonOf(request);
        var now = clock.GetUtcNow().UtcDateTime;
        var at = Check.Utc(request.At) ?? now;
        var sendOut = await db.SendOuts.FirstOrDefaultAsync(s => s.Id == sendOutId, ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        sendOut.Schedule(at, now);
        var found = await plan.ExecuteAsync(await load.ExecuteAsync(sendOutId, ct), at, request.OverridePressure, ct);
        FreezeList.RequireSound(found);
        await using var unit = await db.BeginUnitAsync(ct);
        freeze.Add(sendOut, found, reason, now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (VersionMismatch)
        {
            throw new Conflict("wrongState", "The send-out was changed or scheduled by somebody else at this moment; read it again.", "status");
        }

        await freeze.WriteAsync(sendOut, found, ct);
        await unit.CommitAsync(ct);
        signal.Wake();
        return sendOut;
    }
}
