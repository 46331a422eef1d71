using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Stories;

/// <summary>The agreements to a story's embargo that do not cover the end it has now: these people get nothing of it before they accept anew.</summary>
public sealed class FindLapsedAgreements(CrmDbContext db)
{
    /// <exception cref="NotFound">There is no such story, or it may not be seen.</exception>
    public async Task<IQueryable<EmbargoAgreement>> ExecuteAsync(int storyId, CancellationToken ct)
    {
        var story = await db.Stories.Where(s => s.Id == storyId).Select(s => new { s.EmbargoUntil }).FirstOrDefaultAsync(ct) ?? throw new NotFound(Words.Of(typeof(Story)), storyId);
        var until = story.EmbargoUntil;
        return db.EmbargoAgreements.Where(a => a.StoryId == storyId && a.Status == EmbargoStatus.Accepted && until != null && (a.AcceptedUntil == null || a.AcceptedUntil < until));
    }
}
