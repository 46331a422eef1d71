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

    /// <summary>
    /// The same for one person who has just got an entry that is done, without a look at the others: only theirs may be later.
    /// Touches nobody who was erased.
    /// </summary>
    internal Task<int> RaiseAsync(NewEntry entry, CancellationToken ct)
    {
        var at = entry.At;
        return db.Influencers.IgnoreQueryFilters([Filters.Archived]).Where(i => i.Id == entry.InfluencerId && i.ErasedAt == null).UpdateRowsAsync(
            entry.Now, entry.Version, set => set.SetProperty(i => i.LastInteractionAt, i => i.LastInteractionAt > at ? i.LastInteractionAt : at), ct);
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

/// <summary>That an entry came to a person's history.</summary>
internal sealed record NewEntry(int InfluencerId, DateTime At, DateTime Now, Guid Version);
