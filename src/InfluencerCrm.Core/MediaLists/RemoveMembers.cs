using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>Takes people off a list; who is not on it is passed over.</summary>
public sealed class RemoveMembers(CrmDbContext db, CurrentActor scope)
{
    public async Task<MembersChanged> ExecuteAsync(int mediaListId, MembersRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        if (!await db.MediaLists.AnyAsync(l => l.Id == mediaListId, ct))
        {
            throw new NotFound(Words.Of(typeof(MediaList)), mediaListId);
        }

        var ids = request.Ids();
        var removed = 0;
        foreach (var chunk in ids.Chunk(500))
        {
            var members = await db.MediaListMembers.Where(m => m.MediaListId == mediaListId && chunk.Contains(m.InfluencerId)).ToListAsync(ct);
            db.RemoveRange(members);
            removed += members.Count;
        }

        await db.SaveChangesAsync(ct);
        return new MembersChanged(removed, ids.Count - removed, await db.MediaListMembers.CountAsync(m => m.MediaListId == mediaListId, ct));
    }
}
