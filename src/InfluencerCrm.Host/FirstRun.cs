using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Demo;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Host;

/// <summary>An installation without users: the first admin comes from the configuration, or from a link on the console. There is no default password.</summary>
internal static class FirstRun
{
    /// <summary>Fills in what the console is to say: the path of the set-up page with its one-time token where no users exist, and how to sign in to the sample agency.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CommandLine line, CancellationToken ct)
    {
        var notes = services.GetRequiredService<StartNotes>();
        await using var scope = services.CreateProductScope();
        await scope.ServiceProvider.GetRequiredService<LoadAddressHashKey>().ExecuteAsync(ct);
        await scope.ServiceProvider.GetRequiredService<BootstrapFirstUser>().ExecuteAsync(ct);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        if (line.Demo)
        {
            var clock = scope.ServiceProvider.GetRequiredService<TimeProvider>();
            var options = new DemoOptions { Today = line.DemoDate ?? DemoOptions.TodayOf(clock) };
            notes.Demo = TextOf(await scope.ServiceProvider.GetRequiredService<LoadDemo>().ExecuteAsync(options, ct));
        }

        notes.SetupPath = await db.Users.AnyAsync(ct) ? null : "/setup?token=" + await scope.ServiceProvider.GetRequiredService<CreateSetupLink>().ExecuteAsync(ct);
    }

    // The password is random for each installation and kept as a hash: this is the only time it can be read.
    private static string TextOf(DemoSignIn? signIn) => signIn is null
        ? "the data were there before; passwords and keys were shown when they were made"
        : $"""
            {signIn.AdminEmail}
                              password {signIn.Password}   (shown once; the same for {string.Join(", ", signIn.Emails.Skip(1))})
              API key         {signIn.ApiKey}   (of the first; shown once)
            """;
}
