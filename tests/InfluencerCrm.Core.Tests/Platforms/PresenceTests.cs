using InfluencerCrm.Core.Platforms;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Platforms;

public sealed class PresenceTests : DatabaseTest
{
    [DatabaseFact]
    public async Task ANewMeasurement_KeepsTheOneBefore()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());
        var platform = await officer.CreateAsync<Platform, PlatformChanges>(new() { Name = "Mastodon", RelationModes = new List<RelationMode> { RelationMode.Conversation } }, Ct);
        var presence = await officer.CreateAsync<Presence, PresenceChanges>(new() { InfluencerId = person, PlatformId = platform.Id, Handle = "@zoe", Followers = 100 }, Ct);
        var first = Now;
        Database.Clock.Advance(TimeSpan.FromDays(7));

        await officer.ChangeAsync<Presence, PresenceChanges>(presence.Id, new() { Followers = 140 }, Ct);

        var kept = await officer.Db.Presences.AsNoTracking().Include(p => p.Measurements).SingleAsync(Ct);
        Assert.Equal((140, Now), (kept.Followers, kept.MeasuredAt));
        Assert.Equal([(100, first)], kept.Measurements.Select(m => (m.Followers, m.MeasuredAt)));
    }

    [DatabaseFact]
    public async Task Platforms_AreFoundByTheirModes()
    {
        await using var officer = Database.As(Actors.Officer());
        await officer.CreateAsync<Platform, PlatformChanges>(new() { Name = "Mastodon", RelationModes = new List<RelationMode> { RelationMode.Conversation } }, Ct);
        await officer.CreateAsync<Platform, PlatformChanges>(new() { Name = "Wiki", RelationModes = new List<RelationMode> { RelationMode.Contribution } }, Ct);

        var names = await officer.Db.Platforms.Where(p => p.RelationModes.Contains(RelationMode.Contribution)).Select(p => p.Name).ToListAsync(Ct);

        Assert.Equal(["Wiki"], names);
    }
}
