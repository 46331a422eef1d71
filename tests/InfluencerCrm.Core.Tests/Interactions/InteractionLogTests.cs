using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Team;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Interactions;

public sealed class InteractionLogTests : DatabaseTest
{
    [DatabaseFact]
    public async Task ANewEntry_BearsItsTimeAndItsWriter()
    {
        var user = await Database.AddAsync(new User("paula@example.org", "Paula", Role.PrOfficer), Ct);
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer() with { UserId = user.Id });

        var call = await officer.CreateAsync<Interaction, InteractionChanges>(new() { InfluencerId = person, Kind = InteractionKind.Call }, Ct);

        Assert.Equal((Now, user.Id, InteractionStatus.Done), (call.OccurredAt, call.LoggedBy, call.Status));
    }

    [DatabaseFact]
    public async Task AnEntryThatLiesAhead_IsPlanned_AndIsNoContactYet()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());

        var meeting = await officer.CreateAsync<Interaction, InteractionChanges>(new() { InfluencerId = person, Kind = InteractionKind.Meeting, OccurredAt = Now.AddDays(3) }, Ct);

        Assert.Equal(InteractionStatus.Planned, meeting.Status);
        Assert.Null(await LastAsync(person));
    }

    [DatabaseFact]
    public async Task LastInteraction_FollowsCreateChangeAndDelete()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());
        await officer.CreateAsync<Interaction, InteractionChanges>(new() { InfluencerId = person, Kind = InteractionKind.Call, OccurredAt = Now.AddDays(-5) }, Ct);
        var newer = await officer.CreateAsync<Interaction, InteractionChanges>(new() { InfluencerId = person, Kind = InteractionKind.Call, OccurredAt = Now.AddDays(-1) }, Ct);
        Assert.Equal(Now.AddDays(-1), await LastAsync(person));

        await officer.ChangeAsync<Interaction, InteractionChanges>(newer.Id, new() { OccurredAt = Now.AddDays(-2) }, Ct);
        Assert.Equal(Now.AddDays(-2), await LastAsync(person));

        await officer.DeleteAsync<Interaction>(newer.Id, Ct);
        Assert.Equal(Now.AddDays(-5), await LastAsync(person));
    }

    [DatabaseFact]
    public async Task MovingAnEntryToAnotherPerson_UpdatesBoth()
    {
        var (wrong, right) = (await PersonAsync("Ali"), await PersonAsync("Zoé"));
        await using var officer = Database.As(Actors.Officer());
        var call = await officer.CreateAsync<Interaction, InteractionChanges>(new() { InfluencerId = wrong, Kind = InteractionKind.Call }, Ct);

        await officer.ChangeAsync<Interaction, InteractionChanges>(call.Id, new() { InfluencerId = right }, Ct);

        Assert.Null(await LastAsync(wrong));
        Assert.Equal(Now, await LastAsync(right));
    }

    private async Task<DateTime?> LastAsync(int person)
    {
        await using var scope = Database.As(Actors.Reader);
        return await scope.Db.Influencers.Where(i => i.Id == person).Select(i => i.LastInteractionAt).SingleAsync(Ct);
    }
}
