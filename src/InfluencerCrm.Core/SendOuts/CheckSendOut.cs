using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.SendOuts.Planning;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What is to be known before a send-out leaves.</summary>
/// <param name="CanSchedule">No problem is an error.</param>
/// <param name="Recipients">People on the list.</param>
/// <param name="Mails">How many would get a mail.</param>
/// <param name="ByHand">How many would become a task for the team.</param>
/// <param name="Skipped">How many would get nothing.</param>
/// <param name="Problems">What is wrong, the worst first.</param>
public sealed record SendOutCheck(bool CanSchedule, int Recipients, int Mails, int ByHand, int Skipped, IReadOnlyList<SendOutProblem> Problems);

/// <summary>Reads every recipient's mail as scheduling would, and writes nothing.</summary>
public sealed class CheckSendOut(LoadMails load, PlanMessages plan, ISenderDomainCheck domains, CurrentActor scope, TimeProvider clock)
{
    public async Task<SendOutCheck> ExecuteAsync(int sendOutId, CancellationToken ct)
    {
        scope.Required.Require(Right.Read);
        var mails = await load.ExecuteAsync(sendOutId, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await plan.ExecuteAsync(mails, mails.SendOut.ScheduledAt is { } at && at > now ? at : now, overridePressure: false, ct);
        return new SendOutCheck(
            found.CanSchedule,
            found.Messages.Count,
            found.Messages.Count(m => m is { SkipReason: null, Channel: MessageChannel.Email }),
            found.Messages.Count(m => m is { SkipReason: null, Channel: MessageChannel.Manual }),
            found.Messages.Count(m => m.SkipReason is not null),
            [.. found.Problems, .. await DomainWarningsAsync(mails, ct)]);
    }

    /// <summary>Warnings only, so they come last.</summary>
    private async Task<IEnumerable<SendOutProblem>> DomainWarningsAsync(SendOutMails mails, CancellationToken ct) =>
        mails.Domains is { } shown
            ? (await domains.ExecuteAsync(shown, ct)).Select(w => new SendOutProblem(ProblemSeverity.Warning, w.Code, w.Message, Target: "fromAddress"))
            : [];
}
