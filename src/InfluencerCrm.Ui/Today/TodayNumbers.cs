using AutoMapper;
using AutoMapper.QueryableExtensions;
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
/// <param name="At">Its deadline, or when it came in.</param>
public sealed record TodayRequest(string? Who, string? What, DateTime At);

/// <summary>A mailing that is under way or will be.</summary>
public sealed record TodaySendOut(string Name, SendOutStatus Status, DateTime? ScheduledAt);

/// <summary>An entry of the history.</summary>
public sealed record TodayInteraction(string? Who, InteractionKind Kind, string? Subject, DateTime OccurredAt);

/// <summary>How rows become what the page lists.</summary>
internal sealed class TodayMaps : Profile
{
    public TodayMaps()
    {
        CreateMap<PressRequest, TodayRequest>()
            .ForCtorParam(nameof(TodayRequest.Who), map => map.MapFrom(r => r.Influencer!.DisplayName))
            .ForCtorParam(nameof(TodayRequest.What), map => map.MapFrom(r => r.Question))
            .ForCtorParam(nameof(TodayRequest.At), map => map.MapFrom(r => r.DeadlineAt ?? r.ReceivedAt));
        CreateMap<SendOut, TodaySendOut>();
        CreateMap<Interaction, TodayInteraction>()
            .ForCtorParam(nameof(TodayInteraction.Who), map => map.MapFrom(i => i.Influencer!.DisplayName));
    }
}

/// <summary>Reads the first page's numbers.</summary>
public sealed class TodayNumbers(CrmDbContext db, TimeProvider clock, IMapper mapper)
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
                .ProjectTo<TodayRequest>(mapper.ConfigurationProvider).ToListAsync(ct),
            await db.SendOuts.Where(s => s.Status != SendOutStatus.Completed && s.Status != SendOutStatus.Cancelled)
                .OrderBy(s => s.ScheduledAt).Take(8)
                .ProjectTo<TodaySendOut>(mapper.ConfigurationProvider).ToListAsync(ct),
            await db.Interactions.Where(i => i.OccurredAt <= now).OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(8)
                .ProjectTo<TodayInteraction>(mapper.ConfigurationProvider).ToListAsync(ct));
    }
}
