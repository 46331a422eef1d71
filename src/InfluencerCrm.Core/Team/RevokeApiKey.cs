using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Team;

/// <summary>Revokes an API key for good: one's own, or as an admin anybody's. A key can always revoke itself.</summary>
public sealed class RevokeApiKey(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    public async Task<ApiKey> ExecuteAsync(int id, Guid? version, CancellationToken ct)
    {
        var actor = scope.Required;
        var key = await db.ApiKeys.FirstOrDefaultAsync(k => k.Id == id, ct) ?? throw new NotFound("API key", id);
        if (key.UserId != actor.UserId || (actor.ApiKeyId is not null && actor.ApiKeyId != id))
        {
            actor.Require(Right.Administer);
        }

        if (version is not null && version != key.Version)
        {
            throw new VersionMismatch();
        }

        key.Revoke(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        return key;
    }
}
