using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.SendOuts.Planning;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>How to treat people under contact pressure.</summary>
public sealed record SendToAddedRequest : PressureRequest;

/// <summary>
/// Sends to the people who came onto the list after it was frozen, with the checks of scheduling and in the same words. Whoever has a row of
/// this send-out, whatever became of it, gets no other, and no address gets a second mail.
/// </summary>
public sealed class SendToAdded(CrmDbContext db, CurrentActor scope, TimeProvider clock, LoadMails load, PlanMessages plan, FreezeList freeze, DispatchSignal signal)
{
    /// <exception cref="Conflict">It is a draft or cancelled, it goes to whom an earlier one reached and not to a list, or somebody else changed it at this moment.</exception>
    /// <exception cref="RuleViolation">The check found errors: they are the details.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, SendToAddedRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Send);
        var reason = FreezeList.ReasonOf(request);
        var now = clock.GetUtcNow().UtcDateTime;
        var sendOut = await db.SendOuts.AsNoTracking().FirstOrDefaultAsync(s => s.Id == sendOutId, ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        if (EarlierMessages.Decide(sendOut))
        {
            throw new Conflict("noList", "This send-out goes to whom an earlier one reached; nobody can be added to it.", "followUpOfId");
        }

        sendOut.RequireExtensible();
        var at = sendOut.ScheduledAt is { } scheduled && scheduled > now ? scheduled : now;
        var found = await plan.ExecuteAsync(await load.ExecuteAsync(sendOutId, ct), at, request.OverridePressure, await Served.OfAsync(db, sendOutId, ct), ct);
        FreezeList.RequireSound(found);
        if (found.Messages.Count == 0)
        {
            return sendOut;
        }

        await using var unit = await db.BeginUnitAsync(ct);
        await ExtendAsync(sendOut, now, ct);
        freeze.Add(sendOut, found, reason, now);
        db.Add(AuditEntry.Act(scope.Required, nameof(SendOut), sendOutId, $"sent to {found.Messages.Count} people added to the list", now));
        await db.SaveChangesAsync(ct);
        await freeze.WriteAsync(sendOut, found.Messages, ct);
        await unit.CommitAsync(ct);
        signal.Wake();
        return sendOut;
    }

    /// <summary>Of two who add at the same moment one succeeds.</summary>
    private async Task ExtendAsync(SendOut sendOut, DateTime now, CancellationToken ct)
    {
        var (id, version) = (sendOut.Id, sendOut.Version);
        sendOut.Extend();
        var status = sendOut.Status;
        if (await db.SendOuts.Where(s => s.Id == id && s.Version == version).UpdateRowsAsync(now, set => set.SetProperty(s => s.Status, status), ct) == 0)
        {
            throw new Conflict("wrongState", "The send-out was changed by somebody else at this moment; read it again.", "status");
        }
    }
}
