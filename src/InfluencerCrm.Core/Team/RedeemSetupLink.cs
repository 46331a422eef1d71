using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Team;

/// <summary>Who becomes the first user.</summary>
public sealed record RedeemSetupLinkRequest
{
    public required string Token { get; init; }

    public required string Email { get; init; }

    public required string DisplayName { get; init; }

    public required string Password { get; init; }
}

/// <summary>Creates the first user, an admin, for whoever holds the set-up link.</summary>
public sealed class RedeemSetupLink(
    CrmDbContext db, CurrentActor scope, IEnumerable<IRowRule<User>> rules, TimeProvider clock, DatabaseErrors errors, ILogger<RedeemSetupLink> logger)
{
    /// <exception cref="NotFound">The link is unknown, used or older than an hour.</exception>
    public async Task<User> ExecuteAsync(RedeemSetupLinkRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = ApiKey.HashOf(request.Token);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // Looks behind the filters: nobody is signed in. The condition in the UPDATE is what makes it one use.
        var taken = await db.SetupLinks.IgnoreQueryFilters().Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .UpdateRowsAsync(now, set => set.SetProperty(l => l.UsedAt, now), ct);
        if (taken == 0)
        {
            throw new NotFound("set-up link");
        }

        // The link stands for the console of the machine, which may do anything; if a rule refuses, the link stays unused.
        scope.Become(Actor.System);
        try
        {
            var user = await FirstUser.CreateAsync(
                db, rules, new UserChanges { Email = request.Email, DisplayName = request.DisplayName, Password = new Optional<string?>(request.Password) }, ct);
            await errors.TranslateAsync<User>(() => db.SaveChangesAsync(ct));
            await transaction.CommitAsync(ct);
            Log.FirstUserCreated(logger, user.Id);
            return user;
        }
        finally
        {
            scope.Leave();
        }
    }
}
