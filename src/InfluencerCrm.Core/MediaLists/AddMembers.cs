using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>Whom to put on a list, or take off it.</summary>
public sealed record MembersRequest
{
    /// <summary>How many people one request may name.</summary>
    public const int Most = 10_000;

    /// <summary>Ids of the people; 10,000 at most.</summary>
    public required List<int> InfluencerIds { get; init; }

    internal IReadOnlyList<int> Ids() => InfluencerIds is null ? throw new RuleViolation("required", "influencerIds must be given.", "influencerIds")
        : InfluencerIds.Count > Most ? throw new RuleViolation("tooMany", $"influencerIds names {InfluencerIds.Count} people; {Most} are allowed in one request.", "influencerIds")
        : [.. InfluencerIds.Distinct()];
}

/// <summary>What became of a change of members.</summary>
/// <param name="Changed">How many were added, or removed.</param>
/// <param name="Unchanged">How many were there, or gone, already.</param>
/// <param name="Members">How many the list has now.</param>
public sealed record MembersChanged(int Changed, int Unchanged, int Members);

/// <summary>Puts people on a static list; who is on it already stays as they are.</summary>
public sealed class AddMembers(CrmDbContext db, CurrentActor scope, TimeProvider clock, DatabaseErrors errors)
{
    /// <exception cref="RuleViolation">Somebody named does not exist or may not be seen: nobody is added.</exception>
    public async Task<MembersChanged> ExecuteAsync(int mediaListId, MembersRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        var list = await db.MediaLists.AsNoTracking().FirstOrDefaultAsync(l => l.Id == mediaListId, ct) ?? throw new NotFound(Words.Of(typeof(MediaList)), mediaListId);
        if (list.Kind == MediaListKind.Dynamic)
        {
            throw new RuleViolation("notForThisKind", "A dynamic list has whoever its filter finds; people are added to static lists.", "kind");
        }

        var ids = request.Ids();
        await RequireAllAsync(ids, ct);
        var there = await MembersAmongAsync(mediaListId, ids, ct);
        try
        {
            return await AddAsync(mediaListId, ids, there, ct);
        }
        catch (Conflict)
        {
            // Somebody added one of them at the same moment; the second look finds them there.
            db.ChangeTracker.Clear();
            return await AddAsync(mediaListId, ids, await MembersAmongAsync(mediaListId, ids, ct), ct);
        }
    }

    private async Task<MembersChanged> AddAsync(int mediaListId, IReadOnlyList<int> ids, HashSet<int> there, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var id in ids.Where(i => !there.Contains(i)))
        {
            var member = new MediaListMember(id, now);
            member.AttachTo(mediaListId);
            db.Add(member);
        }

        await errors.TranslateAsync<MediaListMember>(() => db.SaveChangesAsync(ct));
        return new MembersChanged(ids.Count - there.Count, there.Count, await db.MediaListMembers.CountAsync(m => m.MediaListId == mediaListId, ct));
    }

    private async Task RequireAllAsync(IReadOnlyList<int> ids, CancellationToken ct)
    {
        var known = new HashSet<int>();
        foreach (var chunk in ids.Chunk(500))
        {
            known.UnionWith(await db.Influencers.Where(i => chunk.Contains(i.Id)).Select(i => i.Id).ToListAsync(ct));
        }

        var unknown = ids.Where(i => !known.Contains(i)).Order().ToList();
        if (unknown.Count > 0)
        {
            var named = string.Join(", ", unknown.Take(20)) + (unknown.Count > 20 ? $" and {unknown.Count - 20} more" : "");
            throw new RuleViolation("missingReference", $"influencerIds: there is no {Words.Of(typeof(Influencer))} {named}, or you may not see them. Nobody was added.", "influencerIds");
        }
    }

    private async Task<HashSet<int>> MembersAmongAsync(int mediaListId, IReadOnlyList<int> ids, CancellationToken ct)
    {
        var there = new HashSet<int>();
        foreach (var chunk in ids.Chunk(500))
        {
            there.UnionWith(await db.MediaListMembers.Where(m => m.MediaListId == mediaListId && chunk.Contains(m.InfluencerId)).Select(m => m.InfluencerId).ToListAsync(ct));
        }

        return there;
    }
}
