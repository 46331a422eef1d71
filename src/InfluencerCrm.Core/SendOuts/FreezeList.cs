using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.Tasks;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Turns the plan of a send-out into rows: its messages, a task for each person who is reached by hand, the audit of what was overridden. The caller holds the transaction.</summary>
public sealed class FreezeList(CrmDbContext db, CurrentActor scope, TimeProvider clock, IDatabaseProvider provider)
{
    /// <exception cref="RuleViolation">The check found errors: they are the details.</exception>
    public static void RequireSound(SendOutPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.CanSchedule)
        {
            throw Refused(plan.Problems);
        }
    }

    /// <returns>Why contact pressure is overridden; null: it is not.</returns>
    /// <exception cref="RuleViolation">It is, and no reason is given, or too long a one.</exception>
    public static string? ReasonOf(PressureRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reason = request.OverrideReason?.Trim();
        return !request.OverridePressure ? null
            : string.IsNullOrEmpty(reason) ? throw new RuleViolation("required", "overrideReason must be given when contact pressure is overridden.", "overrideReason")
            : reason.Length > 1000 ? throw new RuleViolation("tooLong", "overrideReason may be 1000 characters long.", "overrideReason")
            : reason;
    }

    /// <summary>Adds what is saved with the send-out.</summary>
    public void Add(SendOut sendOut, SendOutPlan plan, string? reason, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        ArgumentNullException.ThrowIfNull(plan);
        AddTasks(sendOut, plan);
        AddAudit(sendOut, plan, reason, now);
    }

    /// <summary>Writes messages of the plan: all of them, or some at a time.</summary>
    public async Task WriteAsync(SendOut sendOut, IReadOnlyList<MessagePlan> messages, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        ArgumentNullException.ThrowIfNull(messages);
        await using var insert = new BulkInsert<Message>(db, clock, readKeys: false, provider);
        await insert.WriteAsync([.. messages.Select(m => new Message(sendOut, m))], ct);
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
