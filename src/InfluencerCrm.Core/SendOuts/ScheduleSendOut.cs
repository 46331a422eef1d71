using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.Tasks;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>When a send-out is to leave.</summary>
public sealed record ScheduleRequest
{
    /// <summary>Empty: now.</summary>
    public DateTime? At { get; init; }

    /// <summary>Writes also to people who were approached for this client in the last thirty days; takes a reason.</summary>
    public bool OverridePressure { get; init; }

    /// <summary>Why; kept in the audit.</summary>
    public string? OverrideReason { get; init; }
}

/// <summary>
/// Lets a send-out leave: checks it, freezes its list, and writes one message for each person in the transaction that changes its state.
/// Of two who schedule at the same moment one succeeds.
/// </summary>
public sealed class ScheduleSendOut(CrmDbContext db, CurrentActor scope, TimeProvider clock, LoadMails load, PlanMessages plan, DispatchSignal signal, IDatabaseProvider provider)
{
    /// <exception cref="Conflict">It is no draft, or somebody else was faster.</exception>
    /// <exception cref="RuleViolation">The time has passed, or the check found errors: they are the details.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, ScheduleRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Send);
        var reason = ReasonOf(request);
        var now = clock.GetUtcNow().UtcDateTime;
        var at = Check.Utc(request.At) ?? now;
        var sendOut = await db.SendOuts.FirstOrDefaultAsync(s => s.Id == sendOutId, ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        sendOut.Schedule(at, now);
        var found = await plan.ExecuteAsync(await load.ExecuteAsync(sendOutId, ct), at, request.OverridePressure, ct);
        if (!found.CanSchedule)
        {
            throw Refused(found.Problems);
        }

        await using var unit = await db.BeginUnitAsync(ct);
        AddTasks(sendOut, found);
        AddAudit(sendOut, found, reason, now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (VersionMismatch)
        {
            throw new Conflict("wrongState", "The send-out was changed or scheduled by somebody else at this moment; read it again.", "status");
        }

        await using (var insert = new BulkInsert<Message>(db, clock, readKeys: false, provider))
        {
            await insert.WriteAsync([.. found.Messages.Select(m => new Message(sendOut, m))], ct);
        }

        await unit.CommitAsync(ct);
        signal.Wake();
        return sendOut;
    }

    private static string? ReasonOf(ScheduleRequest request)
    {
        var reason = request.OverrideReason?.Trim();
        return !request.OverridePressure ? null
            : string.IsNullOrEmpty(reason) ? throw new RuleViolation("required", "overrideReason must be given when contact pressure is overridden.", "overrideReason")
            : reason.Length > 1000 ? throw new RuleViolation("tooLong", "overrideReason may be 1000 characters long.", "overrideReason")
            : reason;
    }

    private static RuleViolation Refused(IReadOnlyList<SendOutProblem> problems)
    {
        var errors = problems.Where(p => p.Severity == ProblemSeverity.Error).ToList();
        return new RuleViolation(
            "checkFailed",
            $"The send-out cannot be scheduled: {errors[0].Message}{(errors.Count > 1 ? $" And {errors.Count - 1} more." : "")}",
            errors[0].Target,
            [.. errors.Take(100).Select(e => new ErrorDetail(e.Code, e.Message, e.Target))]);
    }

    private void AddTasks(SendOut sendOut, SendOutPlan found)
    {
        foreach (var message in found.Messages.Where(m => m is { Channel: MessageChannel.Manual, SkipReason: null }))
        {
            var task = new CrmTask(ManualTask.Title(found.Names[message.InfluencerId], found.Mails.SendOut));
            task.Apply(new CrmTaskChanges
            {
                DueAt = message.DueAt,
                AssigneeId = scope.Required.UserId,
                InfluencerId = message.InfluencerId,
                CampaignId = sendOut.CampaignId,
                StoryId = sendOut.StoryId,
            });
            db.Add(task);
        }
    }

    private void AddAudit(SendOut sendOut, SendOutPlan found, string? reason, DateTime now)
    {
        foreach (var person in found.Overridden)
        {
            db.Add(AuditEntry.Act(scope.Required, nameof(SendOut), sendOut.Id, $"contact pressure overridden: {reason}", now, person));
        }
    }
}
