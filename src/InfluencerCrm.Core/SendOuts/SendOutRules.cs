using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.Stories;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>A send-out stays on its client's side of the wall; its variants and files change only while it is a draft.</summary>
public sealed class SendOutRules(CrmDbContext db) : IRowRule<SendOut>, IRowRule<SendOutVariant>, IRowRule<SendOutAsset>
{
    public async Task CheckAsync(SendOut row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (Planning.EarlierMessages.Decide(row) && row.StoryId is null)
        {
            // Its text goes on from the earlier one's, so the same embargo binds it.
            row.Tell(await db.SendOuts.Where(s => s.Id == row.FollowUpOfId).Select(s => s.StoryId).FirstOrDefaultAsync(ct));
        }

        row.BelongTo(await OneClient.OfAsync(
            db,
            row.ClientId,
            ct,
            ("campaignId", typeof(Campaign), row.CampaignId),
            ("storyId", typeof(Story), row.StoryId),
            ("mediaListId", typeof(MediaList), row.MediaListId),
            ("followUpOfId", typeof(SendOut), row.FollowUpOfId)));
    }

    public Task CheckDeleteAsync(SendOut row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Status is SendOutStatus.Draft or SendOutStatus.Completed or SendOutStatus.Cancelled
            ? Task.CompletedTask
            : throw new Conflict("wrongState", $"The send-out is {Words.Camel(row.Status.ToString())}; cancel it first.", "status");
    }

    public async Task CheckAsync(SendOutVariant row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        await RequireDraftAsync(row.SendOutId, ct);
        if (await db.SendOutVariants.AnyAsync(v => v.SendOutId == row.SendOutId && v.Id != row.Id && v.Language == row.Language && v.Formality == row.Formality, ct))
        {
            throw new Conflict("duplicate", "There is already a variant for this language and form of address.");
        }
    }

    public Task CheckDeleteAsync(SendOutVariant row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        return RequireDraftAsync(row.SendOutId, ct);
    }

    public async Task CheckAsync(SendOutAsset row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        var story = await RequireDraftAsync(row.SendOutId, ct);
        if (!await db.StoryAssets.AnyAsync(a => a.Id == row.StoryAssetId && a.StoryId == story, ct))
        {
            throw new RuleViolation("missingReference", $"storyAssetId: the send-out's story has no file {row.StoryAssetId}.", "storyAssetId");
        }
    }

    public Task CheckDeleteAsync(SendOutAsset row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        return RequireDraftAsync(row.SendOutId, ct);
    }

    /// <returns>The send-out's story.</returns>
    private async Task<int?> RequireDraftAsync(int sendOutId, CancellationToken ct)
    {
        var owner = await db.SendOuts.Where(s => s.Id == sendOutId).Select(s => new { s.Status, s.StoryId }).FirstOrDefaultAsync(ct)
            ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        return owner.Status == SendOutStatus.Draft
            ? owner.StoryId
            : throw new Conflict("wrongState", $"The send-out is {Words.Camel(owner.Status.ToString())}; its variants and files change only in draft.", "status");
    }
}
