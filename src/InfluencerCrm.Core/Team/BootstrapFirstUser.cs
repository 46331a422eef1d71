using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Team;

/// <summary>Creates the first user and their key from the configuration; once there is a user the configuration is ignored with a warning.</summary>
public sealed class BootstrapFirstUser(
    CrmDbContext db, CurrentActor scope, IEnumerable<IRowRule<User>> rules, IOptions<BootstrapOptions> options, DatabaseErrors errors, ILogger<BootstrapFirstUser> logger)
{
    /// <returns>True when there is a user afterwards; false: a set-up link is needed.</returns>
    public async Task<bool> ExecuteAsync(CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        if (await db.Users.AnyAsync(ct))
        {
            if (options.Value.IsGiven)
            {
                Log.BootstrapIgnored(logger);
            }

            return true;
        }

        if (options.Value.AdminEmail is not { } email)
        {
            return false;
        }

        try
        {
            await CreateAsync(email, ct);
        }
        catch (Conflict)
        {
            // Another host that starts at this moment was first.
            db.ChangeTracker.Clear();
            Log.BootstrapIgnored(logger);
        }

        return true;
    }

    private async Task CreateAsync(string email, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await FirstUser.CreateAsync(
            db, rules, new UserChanges { Email = email, DisplayName = email.Split('@')[0], Password = new Optional<string?>(options.Value.AdminPassword) }, ct);
        if (options.Value.ApiKey is { } key)
        {
            var row = new ApiKey(user, "bootstrap", KeyScopes.All, null);
            row.Take(key);
            db.Add(row);
        }

        await errors.TranslateAsync<User>(() => db.SaveChangesAsync(ct));
        await transaction.CommitAsync(ct);
        Log.FirstUserCreated(logger, user.Id);
    }
}
