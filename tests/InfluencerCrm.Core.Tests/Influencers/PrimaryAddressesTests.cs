using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Influencers;

public sealed class PrimaryAddressesTests : DatabaseTest
{
    [DatabaseFact]
    public async Task CreateWithEmail_MakesAPrimaryContactPoint()
    {
        var person = await PersonWithEmailAsync("Zoé Lefèvre", " Zoe@Example.org ");
        await using var officer = Database.As(Actors.Officer());

        var point = await officer.Db.ContactPoints.SingleAsync(Ct);

        Assert.Equal((person, "Zoe@Example.org", "zoe@example.org", "zoe@example.org", true), (point.InfluencerId, point.Value, point.AddressKey, point.UniqueAddressKey, point.Primary));
        Assert.Contains("zoe@example.org", (await officer.Db.Influencers.SingleAsync(Ct)).SearchText, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task ChangeOfEmail_ReplacesThePrimaryPoint()
    {
        var person = await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        await using var officer = Database.As(Actors.Officer());
        await officer.ChangeAsync<Influencer, InfluencerChanges>(person, new() { EmailStatus = EmailStatus.Bounced }, Ct);
        Assert.Equal(EmailStatus.Bounced, (await officer.Db.ContactPoints.SingleAsync(Ct)).Status);

        var changed = await officer.ChangeAsync<Influencer, InfluencerChanges>(person, new() { Email = "zl@example.net" }, Ct);

        var point = await officer.Db.ContactPoints.AsNoTracking().SingleAsync(Ct);
        Assert.Equal(("zl@example.net", EmailStatus.Unknown), (point.Value, point.Status));
        Assert.Equal(("zl@example.net", EmailStatus.Unknown), (changed.Email, changed.EmailStatus));
    }

    [DatabaseFact]
    public async Task EmptyEmail_RemovesThePrimaryPoint()
    {
        var person = await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        await using var officer = Database.As(Actors.Officer());

        await officer.ChangeAsync<Influencer, InfluencerChanges>(person, new() { Email = null }, Ct);

        Assert.False(await officer.Db.ContactPoints.AnyAsync(Ct));
    }

    [DatabaseFact]
    public async Task NewPrimaryPoint_TakesThePlaceOfTheFormer_AndTheRowFollows()
    {
        var person = await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        await using var officer = Database.As(Actors.Officer());

        await officer.CreateAsync<ContactPoint, ContactPointChanges>(
            new() { InfluencerId = person, Kind = ContactKind.Email, Value = "pitch@example.net", Primary = true, Status = EmailStatus.Valid }, Ct);

        var row = await officer.Db.Influencers.AsNoTracking().SingleAsync(Ct);
        Assert.Equal(("pitch@example.net", EmailStatus.Valid), (row.Email, row.EmailStatus));
        Assert.Equal(["pitch@example.net"], await officer.Db.ContactPoints.Where(p => p.Primary).Select(p => p.Value).ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task DeletedPrimaryPoint_LeavesTheRowWithoutEmail()
    {
        await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        await using var officer = Database.As(Actors.Officer());
        var point = await officer.Db.ContactPoints.AsNoTracking().SingleAsync(Ct);

        await officer.DeleteAsync<ContactPoint>(point.Id, Ct);

        Assert.Null((await officer.Db.Influencers.AsNoTracking().SingleAsync(Ct)).Email);
    }

    [DatabaseFact]
    public async Task AnEmailAnotherHolds_IsAConflictThatNamesThem()
    {
        var holder = await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");

        var conflict = await Assert.ThrowsAsync<Conflict>(() => PersonWithEmailAsync("Zoe Lefevre", "ZOE@example.org"));

        Assert.Equal(("duplicateEmail", "email"), (conflict.Code, conflict.Target));
        Assert.Contains($"Zoé Lefèvre (influencers/{holder})", conflict.Message, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task ASharedEmail_IsNoConflict()
    {
        await PersonWithEmailAsync("Zoé Lefèvre", "newsroom@example.org");
        var other = await PersonAsync("Ali Benali");
        await using var officer = Database.As(Actors.Officer());

        await officer.CreateAsync<ContactPoint, ContactPointChanges>(
            new() { InfluencerId = other, Kind = ContactKind.Email, Value = "newsroom@example.org", Shared = true }, Ct);

        Assert.Equal("newsroom@example.org", (await officer.Db.Influencers.AsNoTracking().SingleAsync(i => i.Id == other, Ct)).Email);
    }

    [DatabaseFact]
    public async Task TheDatabaseItself_RefusesTheSecondHolder()
    {
        await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        var point = new ContactPoint(ContactKind.Email, "zoe@example.org");
        point.BelongTo(await PersonAsync("Ali Benali"));

        await Assert.ThrowsAsync<DbUpdateException>(() => Database.AddAsync(point, Ct));
    }

    [DatabaseFact]
    public async Task WhatIsNoAddress_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<RuleViolation>(() => PersonWithEmailAsync("Zoé Lefèvre", "zoe at example"));

        Assert.Equal("notAnAddress", refusal.Code);
        Assert.Equal("email", refusal.Target);
    }

    [DatabaseFact]
    public async Task TwoRelationshipsWithTheAgency_AreAConflict()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());
        await officer.CreateAsync<Relationship, RelationshipChanges>(new() { InfluencerId = person }, Ct);

        await Assert.ThrowsAsync<Conflict>(() => officer.CreateAsync<Relationship, RelationshipChanges>(new() { InfluencerId = person }, Ct));
    }
}
