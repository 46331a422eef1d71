using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>The new time of a send-out.</summary>
public sealed record RescheduleRequest
{
    /// <summary>Empty: now.</summary>
    public DateTime? At { get; init; }
}

/// <summary>Gives a scheduled or paused send-out another time; the list stays as it was frozen, and what has left stays.</summary>
public sealed class RescheduleSendOut(CrmDbContext db, CurrentActor scope, TimeProvider clock, LoadEarlier earlier, IOptions<AgencyOptions> agency, DispatchSignal signal)
{
    /// <exception cref="Conflict">It is neither scheduled nor paused.</exception>
    /// <exception cref="RuleViolation">The sender account may not be used for it by who asks; or the time has passed, or lies under an embargo that somebody on the list has not accepted.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, RescheduleRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Send);
        var now = clock.GetUtcNow().UtcDateTime;
        var at = Check.Utc(request.At) ?? now;
        var moved = await StateChange.RunAsync(db, sendOutId, sendOut => MoveAsync(sendOut, at, now, ct), ct);
        signal.Wake();
        return moved;
    }

    private async Task MoveAsync(SendOut sendOut, DateTime at, DateTime now, CancellationToken ct)
    {
        sendOut.Reschedule(at, now);
        await db.Entry(sendOut).Reference(s => s.SenderAccount).LoadAsync(ct);
        SenderAccess.Require(sendOut, scope.Required, "rescheduled");
        await db.SaveChangesAsync(ct);
        await db.Entry(sendOut).Reference(s => s.Story).LoadAsync(ct);
        var before = await earlier.ExecuteAsync(sendOut, ct);
        var times = new DueTimes(sendOut, agency.Value);
        var waiting = await db.Messages.Where(m => m.SendOutId == sendOut.Id && m.Status == MessageStatus.Queued)
            .Select(m => new { m.Id, m.InfluencerId, m.Values, m.Influencer!.AwayUntil }).ToListAsync(ct);
        var moves = waiting.Select(m => (m.Id, m.InfluencerId, times.Leaves(
            m.Values is null ? null : PersonValues.FromJson(m.Values).TimeZone, at, m.InfluencerId is { } person ? before.NotBefore(sendOut, person) : null, m.AwayUntil).DueAt)).ToList();
        await RequireAgreementsAsync(sendOut, [.. moves.Where(m => Embargo.Holds(sendOut, m.DueAt)).Select(m => m.InfluencerId)], ct);
        foreach (var sameTime in moves.GroupBy(m => m.DueAt))
        {
            foreach (var ids in sameTime.Select(m => m.Id).Chunk(500))
            {
                await db.Messages.Where(m => ids.Contains(m.Id) && m.Status == MessageStatus.Queued).UpdateRowsAsync(now, set => set.SetProperty(m => m.DueAt, sameTime.Key), ct);
            }
        }
    }

    private async Task RequireAgreementsAsync(SendOut sendOut, IReadOnlyCollection<int?> people, CancellationToken ct)
    {
        if (people.Count == 0)
        {
            return;
        }

        var agreed = (await db.EmbargoAgreements.Where(a => a.StoryId == sendOut.StoryId && a.Status == EmbargoStatus.Accepted).Select(a => new { a.InfluencerId, a.AcceptedUntil }).ToListAsync(ct))
            .Where(a => Embargo.Covers(a.AcceptedUntil, sendOut.Story!.EmbargoUntil)).Select(a => (int?)a.InfluencerId).ToHashSet();
        var missing = people.Count(p => !agreed.Contains(p));
        if (missing > 0)
        {
            throw new RuleViolation("embargo", $"At that time the story is under embargo, and {missing} people on the list have not accepted it until the end it has. Cancel the send-out and schedule a new one.", "at");
        }
    }
}
