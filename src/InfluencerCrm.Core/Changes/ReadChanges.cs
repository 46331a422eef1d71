using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Changes;

/// <summary>The last change of a row inside a window, and where it stands.</summary>
public sealed record ChangedRow(long Key, long Mark, long Seq);

/// <summary>A stretch of the feed: marks from the one up to, and without, the other.</summary>
public sealed record ChangeWindow(string Set, long From, long To);

/// <summary>Which rows of a set were changed between two horizons.</summary>
public sealed class ReadChanges(CrmDbContext db, CurrentActor scope, IDatabaseProvider provider)
{
    /// <summary>Up to where the feed may be read now.</summary>
    public Task<long> HorizonAsync(CancellationToken ct) => provider.ChangeHorizonAsync(db, ct);

    /// <summary>The rows that were changed, each once, by its last change.</summary>
    /// <param name="after">The last one of the page before.</param>
    public async Task<IReadOnlyList<ChangedRow>> ExecuteAsync(ChangeWindow window, ChangedRow? after, int count, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(window);
        return await LastChanges(db, window, after).Select(c => new ChangedRow(c.Key, c.Mark, c.Seq)).Take(count).ToListAsync(ct);
    }

    /// <summary>In the order in which they may be read. The first bound is repeated without the sequence, so that a page is found through the index.</summary>
    internal static IQueryable<Change> LastChanges(CrmDbContext db, ChangeWindow window, ChangedRow? after)
    {
        var (set, to) = (window.Set, window.To);
        var (_, mark, seq) = after ?? new ChangedRow(0, window.From, -1);
        return db.Changes
            .Where(c => c.Entity == set && c.Mark >= mark && c.Mark < to && (c.Mark > mark || c.Seq > seq))
            .Where(c => !db.Changes.Any(d => d.Key == c.Key && d.Entity == set && d.Mark < to && (d.Mark > c.Mark || (d.Mark == c.Mark && d.Seq > c.Seq))))
            .OrderBy(c => c.Mark).ThenBy(c => c.Seq);
    }

    /// <summary>Those of the rows that the actor could see before one of their changes.</summary>
    public async Task<IReadOnlySet<long>> SeenBeforeAsync(ChangeWindow window, IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(window);
        var (set, from, to) = window;
        var actor = scope.Required;
        var changes = await db.Changes
            .Where(c => c.Entity == set && keys.Contains(c.Key) && c.Mark >= from && c.Mark < to && c.Kind != ChangeKind.Created)
            .Select(c => new { c.Key, c.ClientId, c.CampaignId })
            .Distinct()
            .ToListAsync(ct);
        return changes
            .Where(c => actor.SeesAllClients
                || ((c.ClientId is null || actor.ClientIds.Contains(c.ClientId.Value)) && (c.CampaignId is null || !actor.HiddenCampaignIds.Contains(c.CampaignId.Value))))
            .Select(c => c.Key)
            .ToHashSet();
    }
}
