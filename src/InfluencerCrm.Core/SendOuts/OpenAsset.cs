using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.Stories;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>A file behind a link in a mail.</summary>
public sealed record OpenedAsset(string FileName, string MediaType, byte[] Content);

/// <summary>
/// Opens a story's file for the recipient of a message, who is known by the message's token alone: nobody is signed in, so it looks behind
/// the query filters. A link dies with its message, with a withdrawal, with an erasure, and holds to the embargo.
/// </summary>
public sealed class OpenAsset(CrmDbContext db, TimeProvider clock)
{
    /// <returns>Null where the link opens nothing; it is not said why.</returns>
    public async Task<OpenedAsset?> ExecuteAsync(int storyAssetId, string token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length != 24)
        {
            return null;
        }

        var message = await db.Messages.IgnoreQueryFilters().AsNoTracking().Include(m => m.SendOut!.Story).Where(m => m.Token == token).FirstOrDefaultAsync(ct);
        if (message?.SendOut is not { AssetMode: AssetMode.Link } sendOut
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(message.Token), Encoding.UTF8.GetBytes(token))
            || message.Status is MessageStatus.Skipped or MessageStatus.Cancelled
            || message.ToAddress is null
            || sendOut.Story is null or { Status: StoryStatus.Withdrawn }
            || !await MayReadAsync(sendOut, message.InfluencerId, ct))
        {
            return null;
        }

        return await db.SendOutAssets.IgnoreQueryFilters().Where(a => a.SendOutId == sendOut.Id && a.StoryAssetId == storyAssetId)
            .Select(a => new OpenedAsset(a.StoryAsset!.FileName, a.StoryAsset.MediaType, a.StoryAsset.Content!.Bytes)).FirstOrDefaultAsync(ct);
    }

    private async Task<bool> MayReadAsync(SendOut sendOut, int? influencerId, CancellationToken ct) =>
        !Embargo.Holds(sendOut, clock.GetUtcNow().UtcDateTime)
        || await db.EmbargoAgreements.IgnoreQueryFilters().Where(a => a.StoryId == sendOut.StoryId && a.InfluencerId == influencerId && a.Status == EmbargoStatus.Accepted)
            .Select(a => new { a.AcceptedUntil }).FirstOrDefaultAsync(ct) is { } agreement && Embargo.Covers(agreement.AcceptedUntil, sendOut.Story!.EmbargoUntil);
}
