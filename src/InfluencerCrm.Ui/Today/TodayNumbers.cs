using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Ui.Today;

/// <summary>What the first page shows, as the signed-in person may see it.</summary>
public sealed record TodayRecord(
    int People,
    int Outlets,
    int InteractionsThisWeek,
    int CoverageThisMonth,
    IReadOnlyList<TodayRequest> Requests,
    IReadOnlyList<TodaySendOut> SendOuts,
    IReadOnlyList<TodayInteraction> Latest);

/// <summary>A press request that waits.</summary>
public sealed record TodayRequest(string? Who, string? What, DateTime At, bool Late);

/// <summary>A mailing that is under way or will be.</summary>
public sealed record TodaySendOut(string Name, SendOutStatus Status, DateTime? At);

/// <summary>An entry of the history.</summary>
public sealed record TodayInteraction(string? Who, InteractionKind Kind, string? Subject, DateTime At);

/// <summary>Reads the first page's numbers.</summary>
public sealed class TodayNumbers(CrmDbContext db, TimeProvider clock)
{
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<TodayRecord> ReadAsync(CancellationToken ct)
    {
        var now = Now;
        var week = now.AddDays(-7);
        var month = now.AddDays(-30);
        return new TodayRecord(
            await db.Influencers.CountAsync(ct),
            await db.Outlets.CountAsync(ct),
            await db.Interactions.CountAsync(i => i.OccurredAt >= week && i.OccurredAt <= now, ct),
            await db.Coverage.CountAsync(c => c.PublishedAt >= month && c.PublishedAt <= now, ct),
            await db.Requests.Where(r => r.Status == PressRequestStatus.Open || r.Status == PressRequestStatus.InProgress || r.Status == PressRequestStatus.Late)
                .OrderBy(r => r.DeadlineAt ?? r.ReceivedAt).Take(8)
                .Select(r => new TodayRequest(r.Influencer!.DisplayName, r.Question, r.DeadlineAt ?? r.ReceivedAt, r.DeadlineAt < now)).ToListAsync(ct),
            await db.SendOuts.Where(s => s.Status != SendOutStatus.Completed && s.Status != SendOutStatus.Cancelled)
                .OrderBy(s => s.ScheduledAt).Take(8).Select(s => new TodaySendOut(s.Name, s.Status, s.ScheduledAt)).ToListAsync(ct),
            await db.Interactions.Where(i => i.OccurredAt <= now).OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(8)
                .Select(i => new TodayInteraction(i.Influencer!.DisplayName, i.Kind, i.Subject, i.OccurredAt)).ToListAsync(ct));
    }
}
