using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Inbound.ByHand;

/// <summary>Gives a user a new secret address that logs their mails; the one before stops to.</summary>
public sealed class RotateLoggingAddress(CrmDbContext db, CurrentActor scope, IOptions<LoggingOptions> options)
{
    /// <returns>The address; it is shown this once.</returns>
    /// <exception cref="Forbidden">It is not the caller's own, and the caller is no admin.</exception>
    /// <exception cref="NotFound">No such user.</exception>
    /// <exception cref="Conflict">The installation has no address that mails are logged by.</exception>
    public async Task<string> ExecuteAsync(int userId, CancellationToken ct)
    {
        var actor = scope.Required;
        actor.Require(actor.UserId == userId ? Right.WriteContacts : Right.Administer);
        if (string.IsNullOrWhiteSpace(options.Value.Address))
        {
            throw new Conflict("loggingOff", "Mails are not logged here: Mail__Logging__Address is empty.");
        }

        var user = await db.Users.FirstOrDefaultAsync(u => u.Id == userId, ct) ?? throw new NotFound(Words.Of(typeof(User)), userId);
        var secret = LoggingAddress.NewSecret();
        user.LogsBy(LoggingAddress.KeyOf(secret));
        await db.SaveChangesAsync(ct);
        return LoggingAddress.Of(options.Value.Address.Trim(), secret);
    }
}
