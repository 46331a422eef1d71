using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Demo;

/// <summary>
/// Writes the sample agency into an installation that has neither clients nor people, in one transaction: a start that is killed
/// leaves nothing, and the next one begins anew.
/// </summary>
public sealed class LoadDemo(CrmDbContext db, CurrentActor scope, TimeProvider clock, AddressHash hash, IEnumerable<IRowRule<User>> userRules, CreateApiKey createKey, DatabaseErrors errors)
{
    /// <returns>How to sign in; null where the installation is in use already, and nothing was done.</returns>
    public async Task<DemoSignIn?> ExecuteAsync(DemoOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        scope.Required.Require(Right.Administer);
        if (await IsInUseAsync(ct))
        {
            return null;
        }

        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var signIn = await WriteAsync(options, ct);
            await transaction.CommitAsync(ct);
            return signIn;
        }
        catch (Conflict)
        {
            // Another host that starts at this moment was first: the users' addresses are unique.
            return null;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<bool> IsInUseAsync(CancellationToken ct) =>
        await db.Clients.IgnoreQueryFilters().AnyAsync(ct) || await db.Influencers.IgnoreQueryFilters().AnyAsync(ct);

    private async Task<DemoSignIn> WriteAsync(DemoOptions options, CancellationToken ct)
    {
        var world = new DemoWorld(db, clock, hash, options);
        var team = new DemoTeam(world, userRules);
        await errors.TranslateAsync<User, bool>(async () =>
        {
            await team.WriteUsersAsync(ct);
            return true;
        });
        await new DemoPlaces(world).WriteAsync(ct);
        await team.WriteClientsAsync(ct);
        new DemoCasting(world).Cast();
        await new DemoPeople(world).WriteAsync(ct);

        var coverage = new DemoCoverage(world);
        await coverage.WriteAsync(ct);
        var observed = new DemoObserved(world);
        await observed.WriteAsync(ct);
        var history = new DemoHistory(world);
        var desk = new DemoDesk(world, history);
        var mailings = new DemoMailings(world, history);
        var moments = new DemoMoments(world, history, coverage, observed);
        await desk.WriteRequestsAsync(coverage, ct);
        await mailings.WriteTeaserAsync(ct);
        history.Compose(coverage);
        desk.Plant(coverage);
        moments.Plant();
        await history.WriteAsync(ct);
        await mailings.NoteAnswersAsync(ct);
        await mailings.WriteContentAsync(ct);
        await desk.WriteAgreementsAsync(mailings, coverage, ct);
        await desk.WriteTasksAsync(coverage, moments, ct);
        await desk.WriteRelationshipsAsync(ct);
        await SetLastContactsAsync(world.Now, ct);

        var admin = world.Users.Values.First(u => u.Role == Role.Admin);
        var key = await createKey.ExecuteAsync(new CreateApiKeyRequest { UserId = admin.Id, Name = "demo", Scopes = KeyScopes.All }, ct);
        return new DemoSignIn(admin.Email!, [.. world.Users.Values.OrderByDescending(u => u.Role).Select(u => u.Email!)], team.Password, key.Key);
    }

    /// <summary>The copies that the rules of interactions and coverage would have kept row by row.</summary>
    private async Task SetLastContactsAsync(DateTime now, CancellationToken ct) =>
        await db.Influencers.UpdateRowsAsync(
            now,
            set => set
                .SetProperty(i => i.LastInteractionAt, i => db.Interactions.Where(x => x.InfluencerId == i.Id && x.Status == InteractionStatus.Done).Max(x => (DateTime?)x.OccurredAt))
                .SetProperty(i => i.LastCoverageAt, i => db.Coverage.Where(c => c.InfluencerId == i.Id).Max(c => (DateTime?)c.PublishedAt)),
            ct);
}
