using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class VisibilityTests : DatabaseTest
{
    [DatabaseFact]
    public async Task Nobody_SeesNothing()
    {
        await PersonAsync();
        await using var nobody = Database.As(null);

        Assert.Empty(await nobody.Db.Influencers.ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task Nobody_WritesNothing()
    {
        await using var nobody = Database.As(null);
        nobody.Db.Add(new Influencer(InfluencerKind.Journalist, "Zoé Lefèvre"));

        await Assert.ThrowsAsync<Forbidden>(() => nobody.Db.SaveChangesAsync(Ct));
    }

    [DatabaseFact]
    public async Task Reader_CreatesNothing()
    {
        await using var reader = Database.As(Actors.Reader);

        await Assert.ThrowsAsync<Forbidden>(() => reader.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = "Zoé" }, Ct));
    }

    [DatabaseFact]
    public async Task Wall_HidesAnotherClientsRows_ThroughNavigationsToo()
    {
        var (ours, theirs) = (await ClientAsync(), await ClientAsync());
        var person = await PersonAsync();
        await Database.AddAsync(new Relationship(person, ours), Ct);
        await Database.AddAsync(new Relationship(person, theirs), Ct);
        await Database.AddAsync(new Relationship(person, null), Ct);
        await using var officer = Database.As(Actors.Officer(ours));

        var seen = await officer.Db.Influencers.Include(i => i.Relationships).SingleAsync(Ct);

        Assert.Equal([null, ours], seen.Relationships.Select(r => r.ClientId).Order());
        Assert.False(await officer.Db.Influencers.AnyAsync(i => i.Relationships.Any(r => r.ClientId == theirs), Ct));
    }

    [DatabaseFact]
    public async Task Confidential_HidesRowsOfTheCampaign()
    {
        var person = await PersonAsync();
        var campaign = await CampaignAsync();
        await Database.AddAsync(Done(person).About(null, campaign, null, null, null), Ct);
        await using var outsider = Database.As(Actors.Officer() with { HiddenCampaignIds = [campaign] });
        await using var admin = Database.As(Actors.Admin);

        Assert.Empty(await outsider.Db.Interactions.ToListAsync(Ct));
        Assert.False(await outsider.Db.Influencers.AnyAsync(i => i.Interactions.Any(), Ct));
        Assert.Single(await admin.Db.Interactions.ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task ArchivedPerson_IsHidden_AndTheirHistoryStays()
    {
        var person = await PersonAsync();
        await Database.AddAsync(Done(person), Ct);
        await using (var officer = Database.As(Actors.Officer()))
        {
            await officer.DeleteAsync<Influencer>(person, Ct);
        }

        await using var reader = Database.As(Actors.Reader);

        Assert.Empty(await reader.Db.Influencers.ToListAsync(Ct));
        Assert.Null((await reader.Db.Interactions.Include(i => i.Influencer).SingleAsync(Ct)).Influencer);
        reader.Db.ShowArchived = true;
        Assert.Single(await reader.Db.Influencers.ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task PooledContext_SeesWhatItsNewActorSees()
    {
        var (ours, theirs) = (await ClientAsync(), await ClientAsync());
        var person = await PersonAsync();
        await Database.AddAsync(new Relationship(person, ours), Ct);
        await Database.AddAsync(new Relationship(person, theirs), Ct);
        var contexts = new HashSet<object>(ReferenceEqualityComparer.Instance);

        foreach (var client in new[] { ours, theirs, ours, theirs })
        {
            await using var scope = Database.As(Actors.Officer(client));
            contexts.Add(scope.Db);
            Assert.Equal(client, (await scope.Db.Relationships.SingleAsync(Ct)).ClientId);
        }

        Assert.Single(contexts);
        await using var nobody = Database.As(null);
        Assert.Empty(await nobody.Db.Relationships.ToListAsync(Ct));
    }
}
