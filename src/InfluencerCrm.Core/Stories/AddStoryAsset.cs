using System.Text.RegularExpressions;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Stories;

/// <summary>A file to keep with a story.</summary>
/// <param name="MediaType">As the client states it; kept only where it is one.</param>
public sealed record AddStoryAssetRequest(string FileName, string? MediaType, byte[] Content);

/// <summary>Adds a file to a story.</summary>
public sealed partial class AddStoryAsset(CrmDbContext db, CurrentActor scope)
{
    /// <exception cref="RuleViolation">The file is empty, too large, or its name is none.</exception>
    public async Task<StoryAsset> ExecuteAsync(int storyId, AddStoryAssetRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WritePlans);
        if (!await db.Stories.AnyAsync(s => s.Id == storyId, ct))
        {
            throw new NotFound(Words.Of(typeof(Story)), storyId);
        }

        var type = request.MediaType is { Length: <= 100 } stated && MediaTypePattern().IsMatch(stated) ? stated : "application/octet-stream";
        var asset = new StoryAsset(storyId, request.FileName, type, request.Content);
        db.Add(asset);
        await db.SaveChangesAsync(ct);
        return asset;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MediaTypePattern();
}
