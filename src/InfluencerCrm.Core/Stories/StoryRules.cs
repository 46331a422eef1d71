using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Stories;

/// <summary>A story stays on its client's side of the wall, its hash follows the approved text, and a public text is not rewritten.</summary>
public sealed class StoryRules(CrmDbContext db) : IRowRule<Story>, IRowRule<StoryVersion>
{
    public async Task CheckAsync(Story row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.BelongTo(await OneClient.OfAsync(db, row.ClientId, ct, ("campaignId", typeof(Campaign), row.CampaignId), ("replacesStoryId", typeof(Story), row.ReplacesStoryId)));
        if (db.Entry(row).State != EntityState.Added)
        {
            await db.Entry(row).Collection(s => s.Versions).LoadAsync(ct);
        }

        row.Seal();
    }

    public async Task CheckDeleteAsync(Story row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        await RequireNoSendOutAsync(row.Id, ct);
    }

    public async Task CheckAsync(StoryVersion row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (await StoryOfAsync(row, ct) is not { } story)
        {
            return;
        }

        if (story.Status == StoryStatus.Public && db.Entry(row).State != EntityState.Added)
        {
            throw new Conflict("wrongState", "The story is public; what was published is not rewritten. Write a story that replaces it.");
        }

        // What was checked and approved for a send-out is what leaves.
        await RequireNoSendOutAsync(story.Id, ct);
        story.Seal();
    }

    public async Task CheckDeleteAsync(StoryVersion row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (await StoryOfAsync(row, ct) is { IsApproved: true })
        {
            throw new Conflict("wrongState", "The story is approved; its versions are what people agreed to.");
        }

        await RequireNoSendOutAsync(row.StoryId, ct);
    }

    private async Task RequireNoSendOutAsync(int storyId, CancellationToken ct)
    {
        if (await db.SendOuts.IgnoreQueryFilters().AnyAsync(
            s => s.StoryId == storyId && (s.Status == SendOutStatus.Scheduled || s.Status == SendOutStatus.Sending || s.Status == SendOutStatus.Paused), ct))
        {
            throw new Conflict("inUse", "A send-out of this story is under way; cancel it or wait for its end.");
        }
    }

    private Task<Story?> StoryOfAsync(StoryVersion row, CancellationToken ct) =>
        db.Stories.Include(s => s.Versions).FirstOrDefaultAsync(s => s.Id == row.StoryId, ct);
}
