using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Host;

/// <summary>An installation without users: the first admin comes from the configuration, or from a link on the console. There is no default password.</summary>
internal static class FirstRun
{
    /// <returns>The path of the set-up page with its one-time token; null where users exist.</returns>
    public static async Task<string?> PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        await scope.ServiceProvider.GetRequiredService<LoadAddressHashKey>().ExecuteAsync(ct);
        await scope.ServiceProvider.GetRequiredService<BootstrapFirstUser>().ExecuteAsync(ct);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        return await db.Users.AnyAsync(ct) ? null : "/setup?token=" + await scope.ServiceProvider.GetRequiredService<CreateSetupLink>().ExecuteAsync(ct);
    }
}
