using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// Erases what people and places hold: addresses, accounts, roles, topics and relationships go; the row itself, the history and
/// requests stay blank, so that counts hold; coverage stays, since it is public and bears no name of ours.
/// </summary>
internal sealed class ErasePerson(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public async Task EraseAsync(int influencerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;

        // Contact points first: they name affiliations.
        await db.ContactPoints.IgnoreQueryFilters().Where(p => p.InfluencerId == influencerId).DeleteRowsAsync(ct);
        await db.Affiliations.IgnoreQueryFilters().Where(a => a.InfluencerId == influencerId).DeleteRowsAsync(ct);
        await db.Presences.IgnoreQueryFilters().Where(p => p.InfluencerId == influencerId).DeleteRowsAsync(ct);
        await db.InfluencerTopics.IgnoreQueryFilters().Where(t => t.InfluencerId == influencerId).DeleteRowsAsync(ct);
        await db.Relationships.IgnoreQueryFilters().Where(r => r.InfluencerId == influencerId).DeleteRowsAsync(ct);
        await db.Interactions.IgnoreQueryFilters().Where(i => i.InfluencerId == influencerId).UpdateRowsAsync(
            now,
            set => set.SetProperty(i => i.Subject, (string?)null).SetProperty(i => i.Notes, (string?)null)
                .SetProperty(i => i.Location, (string?)null).SetProperty(i => i.NextStep, (string?)null).SetProperty(i => i.NextStepDueAt, (DateTime?)null),
            ct);
        await db.Requests.IgnoreQueryFilters().Where(r => r.InfluencerId == influencerId).UpdateRowsAsync(
            now, set => set.SetProperty(r => r.Question, (string?)null).SetProperty(r => r.Answer, (string?)null), ct);
        await db.Influencers.IgnoreQueryFilters().Where(i => i.AwayDelegateId == influencerId).UpdateRowsAsync(
            now, set => set.SetProperty(i => i.AwayDelegateId, (int?)null), ct);

        var person = await db.Influencers.IgnoreQueryFilters().FirstAsync(i => i.Id == influencerId, ct);
        person.Erase(now);
        await db.SaveChangesAsync(ct);
    }
}
