using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Team;

/// <summary>Makes the token of a set-up link, for the console and never for the log. Earlier links end.</summary>
public sealed class CreateSetupLink(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    /// <exception cref="Conflict">There is a user already.</exception>
    public async Task<string> ExecuteAsync(CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        if (await db.Users.AnyAsync(ct))
        {
            throw new Conflict("alreadySetUp", "There is a user already; a set-up link would let anybody in.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var token = SetupLink.NewToken();
        await db.SetupLinks.Where(l => l.UsedAt == null).UpdateRowsAsync(now, set => set.SetProperty(l => l.UsedAt, now), ct);
        db.Add(new SetupLink(token, now));
        await db.SaveChangesAsync(ct);
        return token;
    }
}
