using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>Whom a list stands for now: its members, or whoever its filter finds, as far as the actor may see them.</summary>
public sealed class ResolveList(CrmDbContext db, CurrentActor scope, IInfluencerFilter filter)
{
    /// <summary>How long the database may look for the people of a dynamic list.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <returns>A query; run it inside <see cref="WithinLimitAsync"/>.</returns>
    /// <exception cref="NotFound">There is no such list, or the actor may not see it.</exception>
    /// <exception cref="RuleViolation">The list's filter is not understood any more.</exception>
    public async Task<IQueryable<Influencer>> ExecuteAsync(int mediaListId, CancellationToken ct)
    {
        scope.Required.Require(Right.Read);
        var list = await db.MediaLists.AsNoTracking().FirstOrDefaultAsync(l => l.Id == mediaListId, ct) ?? throw new NotFound(Words.Of(typeof(MediaList)), mediaListId);
        return list.Kind == MediaListKind.Dynamic
            ? filter.Apply(db.Influencers, list.Filter ?? "false")
            : db.Influencers.Where(i => db.MediaListMembers.Any(m => m.MediaListId == mediaListId && m.InfluencerId == i.Id));
    }

    /// <summary>Runs what reads the people and gives up at the limit.</summary>
    /// <exception cref="RuleViolation">The limit was reached.</exception>
    public async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            return await read(limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or DbException && limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new RuleViolation("filterTooSlow", $"The list's filter took longer than {Limit.TotalSeconds} seconds; make it simpler.", "filter");
        }
    }
}
