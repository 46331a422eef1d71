using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Stories;

/// <summary>An agreement knows until when it was given.</summary>
public sealed class EmbargoAgreementTests : DatabaseTest
{
    private static readonly DateTime Tenth = new(2031, 5, 10, 7, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Twentieth = Tenth.AddDays(10);

    private int _story;
    private int _person;

    [DatabaseFact]
    public async Task WhoAccepts_AcceptsTheEndThatTheStoryHas()
    {
        await BeginAsync(Tenth);
        var (created, asked) = (await CreateAsync(EmbargoStatus.Accepted, _person), await CreateAsync(EmbargoStatus.Asked, await PersonAsync("Ali")));

        Assert.Equal((Tenth, null), (created.AcceptedUntil, asked.AcceptedUntil));
        Assert.Equal(Tenth, (await ChangeAsync(asked.Id, new() { Status = EmbargoStatus.Accepted })).AcceptedUntil);
    }

    [Fact]
    public async Task AnotherChangeOfTheAgreement_LeavesTheEndThatWasAccepted()
    {
        await BeginAsync(Tenth);
        var agreement = (await CreateAsync(EmbargoStatus.Accepted, _person)).Id;
        await MoveAsync(Twentieth);

        Assert.Equal(Tenth, (await ChangeAsync(agreement, new() { At = Tenth.AddDays(-3) })).AcceptedUntil);
        Assert.Equal(Tenth, (await ChangeAsync(agreement, new() { Status = EmbargoStatus.Accepted })).AcceptedUntil);
        Assert.Equal(Tenth, (await ChangeAsync(agreement, new() { Status = EmbargoStatus.Broken })).AcceptedUntil);
    }

    [Fact]
    public async Task WhoAcceptsAnew_AcceptsTheNewEnd_OrTheOneThatIsSaid()
    {
        await BeginAsync(Tenth);
        var agreement = (await CreateAsync(EmbargoStatus.Accepted, _person)).Id;
        await MoveAsync(Twentieth);

        Assert.Equal(Tenth.AddDays(1), (await ChangeAsync(agreement, new() { AcceptedUntil = Tenth.AddDays(1) })).AcceptedUntil);
        Assert.Equal(Twentieth, (await ChangeAsync(agreement, new() { AcceptedUntil = (DateTime?)null })).AcceptedUntil);
        Assert.Null((await ChangeAsync(agreement, new() { Status = EmbargoStatus.Refused, AcceptedUntil = Twentieth })).AcceptedUntil);
        Assert.Equal(Twentieth, (await ChangeAsync(agreement, new() { Status = EmbargoStatus.Accepted })).AcceptedUntil);
    }

    [Fact]
    public async Task WhatWasAcceptedBeforeAnEndWasSet_CoversNoneThatIsSetLater()
    {
        await BeginAsync(null);
        var agreement = (await CreateAsync(EmbargoStatus.Accepted, _person)).Id;
        Assert.Empty(await LapsedAsync());

        await MoveAsync(Tenth);
        await ChangeAsync(agreement, new() { At = Tenth.AddDays(-3) });

        Assert.Equal([agreement], await LapsedAsync());
    }

    [DatabaseFact]
    public async Task AgreementsThatNoLongerCoverTheEnd_AreFound()
    {
        await BeginAsync(Tenth);
        var agreement = (await CreateAsync(EmbargoStatus.Accepted, _person)).Id;
        await CreateAsync(EmbargoStatus.Refused, await PersonAsync("Ali"));
        Assert.Empty(await LapsedAsync());

        await MoveAsync(Twentieth);
        await CreateAsync(EmbargoStatus.Accepted, await PersonAsync("Bea"));

        Assert.Equal([agreement], await LapsedAsync());
        await MoveAsync(Tenth.AddDays(-1));
        Assert.Empty(await LapsedAsync());
        await MoveAsync(null);
        Assert.Empty(await LapsedAsync());
        await using var admin = Database.As(Actors.Admin);
        await Assert.ThrowsAsync<NotFound>(() => admin.Get<FindLapsedAgreements>().ExecuteAsync(999999, Ct));
    }

    [DatabaseFact]
    public async Task AgreementsOfTheVersionBefore_CoverTheEndThatTheirStoryHasNow()
    {
        await BeginAsync(Tenth);
        await CreateAsync(EmbargoStatus.Accepted, _person);
        await CreateAsync(EmbargoStatus.Refused, await PersonAsync("Ali"));
        await using var scope = Database.As(Actor.System);
        await scope.Db.Database.MigrateAsync("LeanDispatch", Ct);

        await scope.Db.Database.MigrateAsync(Ct);

        Assert.Equal([Tenth, null], await scope.Db.EmbargoAgreements.OrderBy(a => a.Id).Select(a => a.AcceptedUntil).ToListAsync(Ct));
    }

    private async Task BeginAsync(DateTime? until)
    {
        await using var admin = Database.As(Actors.Admin);
        _story = (await admin.CreateAsync<Story, StoryChanges>(new() { Title = "News", EmbargoUntil = until }, Ct)).Id;
        _person = await PersonAsync();
    }

    private async Task<EmbargoAgreement> CreateAsync(EmbargoStatus status, int person)
    {
        await using var admin = Database.As(Actors.Admin);
        return await admin.CreateAsync<EmbargoAgreement, EmbargoAgreementChanges>(new() { StoryId = _story, InfluencerId = person, Status = status }, Ct);
    }

    private async Task<EmbargoAgreement> ChangeAsync(int agreement, EmbargoAgreementChanges changes)
    {
        await using (var admin = Database.As(Actors.Admin))
        {
            await admin.ChangeAsync<EmbargoAgreement, EmbargoAgreementChanges>(agreement, changes, Ct);
        }

        await using var scope = Database.As(Actor.System);
        return await scope.Db.EmbargoAgreements.AsNoTracking().SingleAsync(a => a.Id == agreement, Ct);
    }

    private async Task MoveAsync(DateTime? until)
    {
        await using var admin = Database.As(Actors.Admin);
        await admin.ChangeAsync<Story, StoryChanges>(_story, new() { EmbargoUntil = until }, Ct);
    }

    private async Task<List<int>> LapsedAsync()
    {
        await using var admin = Database.As(Actors.Admin);
        return await (await admin.Get<FindLapsedAgreements>().ExecuteAsync(_story, Ct)).Select(a => a.Id).ToListAsync(Ct);
    }
}
