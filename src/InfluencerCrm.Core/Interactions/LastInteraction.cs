using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Interactions;

/// <summary>
/// Keeps <c>lastInteractionAt</c> of people. It counts every client's entries: that somebody was in touch is no secret, only what about.
/// Written past the change tracker, so that logging a call never collides with somebody who edits the person.
/// </summary>
public sealed class LastInteraction(CrmDbContext db, TimeProvider clock)
{
    /// <summary>Called, in the transaction of the write, by whoever writes interactions without their rules (dispatcher, import).</summary>
    public async Task UpdateAsync(int influencerId, CancellationToken ct)
    {
        var last = await db.Interactions.IgnoreQueryFilters()
            .Where(i => i.InfluencerId == influencerId && i.Status == InteractionStatus.Done)
            .MaxAsync(i => (DateTime?)i.OccurredAt, ct);
        await db.Influencers.IgnoreQueryFilters([Filters.Archived])
            .Where(i => i.Id == influencerId && i.LastInteractionAt != last)
            .UpdateRowsAsync(clock.GetUtcNow().UtcDateTime, set => set.SetProperty(i => i.LastInteractionAt, last), ct);
    }

    /// <summary>The same for people who have just got an entry, in one statement.</summary>
    public Task UpdateAsync(IReadOnlyCollection<int> influencerIds, CancellationToken ct) =>
        db.Influencers.IgnoreQueryFilters([Filters.Archived]).Where(i => influencerIds.Contains(i.Id)).UpdateRowsAsync(
            clock.GetUtcNow().UtcDateTime,
            set => set.SetProperty(
                i => i.LastInteractionAt,
                i => db.Interactions.IgnoreQueryFilters().Where(x => x.InfluencerId == i.Id && x.Status == InteractionStatus.Done).Max(x => (DateTime?)x.OccurredAt)),
            ct);
}
