using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class RowSavingTests : DatabaseTest
{
    [Theory]
    [InlineData("Zoé\r\nBcc: all@example.org", "controlCharacter")]
    [InlineData("", "required")]
    [InlineData(" ", "required")]
    public async Task Create_WithABadName_IsRefused(string name, string code)
    {
        await using var officer = Database.As(Actors.Officer());

        var refusal = await Assert.ThrowsAsync<RuleViolation>(() => officer.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = name }, Ct));

        Assert.Equal(code, refusal.Code);
        Assert.Equal("displayName", refusal.Target);
    }

    [DatabaseFact]
    public async Task Create_WithATextTooLong_SaysHowLongItMayBe()
    {
        await using var officer = Database.As(Actors.Officer());

        var refusal = await Assert.ThrowsAsync<RuleViolation>(() => officer.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = new string('x', 201) }, Ct));

        Assert.Equal("tooLong", refusal.Code);
        Assert.Contains("200", refusal.Message, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Create_NamingARowThatIsNotThere_NamesTheMember()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());

        var refusal = await Assert.ThrowsAsync<RuleViolation>(() => officer.CreateAsync<Affiliation, AffiliationChanges>(new() { InfluencerId = person, OutletId = 4711 }, Ct));

        Assert.Equal("missingReference", refusal.Code);
        Assert.Equal("outletId", refusal.Target);
    }

    [DatabaseFact]
    public async Task Create_OfAPartWithoutItsPerson_IsRefused()
    {
        var outlet = await Database.AddAsync(new Outlet("Le Phare", OutletKind.Newspaper), Ct);
        await using var officer = Database.As(Actors.Officer());

        var refusal = await Assert.ThrowsAsync<RuleViolation>(() => officer.CreateAsync<Affiliation, AffiliationChanges>(new() { OutletId = outlet.Id }, Ct));

        Assert.Equal("influencerId", refusal.Target);
    }

    [DatabaseFact]
    public async Task Change_OfAnOldVersion_IsAMismatch()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());

        await Assert.ThrowsAsync<VersionMismatch>(() => officer.Get<ChangeRow<Influencer, InfluencerChanges>>().ExecuteAsync(person, Guid.NewGuid(), new() { City = "Lyon" }, Ct));
    }

    [DatabaseFact]
    public async Task TheSecondOfTwoWriters_IsAMismatch()
    {
        var person = await PersonAsync();
        await using var first = Database.As(Actors.Officer());
        await using var second = Database.As(Actors.Officer());
        (await first.Db.Influencers.SingleAsync(i => i.Id == person, Ct)).Apply(new() { City = "Lyon" });
        (await second.Db.Influencers.SingleAsync(i => i.Id == person, Ct)).Apply(new() { City = "Nantes" });
        await first.Db.SaveChangesAsync(Ct);

        await Assert.ThrowsAsync<VersionMismatch>(() => second.Db.SaveChangesAsync(Ct));
    }

    [DatabaseFact]
    public async Task Change_LeavesOneAuditEntry_WithBothValues()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());

        await officer.ChangeAsync<Influencer, InfluencerChanges>(person, new() { City = "Lyon", Tags = new List<string> { "solar" } }, Ct);

        var entry = await officer.Db.AuditEntries.SingleAsync(e => e.Kind == AuditKind.Changed, Ct);
        Assert.Equal(person, entry.InfluencerId);
        Assert.Equal("""{"city":[null,"Lyon"],"tags":[[],["solar"]]}""", entry.Changes);
    }

    [DatabaseFact]
    public async Task Delete_OfAPersonWithoutHistory_TakesTheirPartsAlong()
    {
        var outlet = await Database.AddAsync(new Outlet("Le Phare", OutletKind.Newspaper), Ct);
        var person = await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        await using var officer = Database.As(Actors.Officer());
        var affiliation = await officer.CreateAsync<Affiliation, AffiliationChanges>(new() { InfluencerId = person, OutletId = outlet.Id }, Ct);
        var point = await officer.Db.ContactPoints.SingleAsync(Ct);
        await officer.ChangeAsync<ContactPoint, ContactPointChanges>(point.Id, new() { AffiliationId = affiliation.Id }, Ct);
        await using var other = Database.As(Actors.Officer());

        await other.DeleteAsync<Influencer>(person, Ct);

        Assert.False(await other.Db.Influencers.IgnoreQueryFilters().AnyAsync(Ct));
        Assert.False(await other.Db.ContactPoints.AnyAsync(Ct));
        Assert.False(await other.Db.Affiliations.AnyAsync(Ct));
    }

    [DatabaseFact]
    public async Task Delete_OfAnOutletInUse_IsAConflict()
    {
        var outlet = await Database.AddAsync(new Outlet("Le Phare", OutletKind.Newspaper), Ct);
        await Database.AddAsync(new Affiliation(await PersonAsync(), outlet.Id), Ct);
        await using var officer = Database.As(Actors.Officer());

        var conflict = await Assert.ThrowsAsync<Conflict>(() => officer.DeleteAsync<Outlet>(outlet.Id, Ct));

        Assert.Equal("inUse", conflict.Code);
    }
}
