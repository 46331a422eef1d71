using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>Lists of more people than are planned together: where the database allows it, the first are written while the last are read.</summary>
public sealed class LongListTests : EngineTest
{
    private const int Many = LoadRecipients.Together + 400;

    [DatabaseFact]
    public async Task EachPerson_HasOneMessage_InTheOrderOfTheList()
    {
        var draft = await LongDraftAsync("Hello {{ influencer.displayName }}.");

        await ScheduleAsync(draft.Id);

        var messages = await MessagesAsync(draft.Id);
        Assert.Equal(Enumerable.Range(0, Many).Select(i => (string?)$"person{i}@example.org"), messages.OrderBy(m => m.Id).Select(m => m.ToAddress));
        Assert.Equal(messages.Select(m => m.Id), messages.Select(m => m.Id).Order());
        Assert.All(messages, m => Assert.Equal(MessageStatus.Queued, m.Status));
        Assert.Equal(Many, await RunAsync<CrmDbContext, int>(db => db.Changes.CountAsync(c => c.Entity == "messages", Ct)));
    }

    [DatabaseFact]
    public async Task AnErrorAtItsEnd_WritesNothingOfIt()
    {
        var draft = await LongDraftAsync("Hello {{ influencer.firstName }}.", lastHasFirstName: false);

        var refused = await Assert.ThrowsAsync<RuleViolation>(() => ScheduleAsync(draft.Id));

        Assert.Equal(["emptyVariable"], refused.Details.Select(d => d.Code));
        Assert.Empty(await MessagesAsync(draft.Id));
        Assert.Equal(SendOutStatus.Draft, await StatusAsync(draft.Id));
        Assert.Equal(0, await RunAsync<CrmDbContext, int>(db => db.Changes.CountAsync(c => c.Entity == "messages", Ct)));
    }

    [DatabaseFact]
    public async Task OfThreeWhoScheduleAtOnce_OneSucceeds_AndTheOthersAreToldWhy()
    {
        var draft = await LongDraftAsync("Hello {{ influencer.displayName }}.");

        var ends = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Record.ExceptionAsync(() => ScheduleAsync(draft.Id)).AsTask()));

        Assert.Single(ends, e => e is null);
        Assert.All(ends.Where(e => e is not null), e => Assert.Equal("wrongState", Assert.IsType<Conflict>(e).Code));
        Assert.Equal(Many, (await MessagesAsync(draft.Id)).Count);
    }

    [DatabaseFact]
    public async Task InATransactionOfTheCaller_WhatThatHasWrittenCounts()
    {
        var draft = await DraftAsync(new SendOutChanges { BodyTemplate = "Hello." });
        await using var admin = Database.As(Actors.Admin);
        await using var transaction = await admin.Db.Database.BeginTransactionAsync(Ct);
        var late = await admin.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = "Late", Email = "late@example.org" }, Ct);
        await admin.Get<AddMembers>().ExecuteAsync(draft.MediaListId!.Value, new() { InfluencerIds = [late.Id] }, Ct);

        await admin.Get<ScheduleSendOut>().ExecuteAsync(draft.Id, new(), Ct);
        await transaction.CommitAsync(Ct);

        Assert.Equal("late@example.org", Assert.Single(await MessagesAsync(draft.Id)).ToAddress);
    }

    private async Task<SendOut> LongDraftAsync(string body, bool lastHasFirstName = true)
    {
        var draft = await DraftAsync(new SendOutChanges { BodyTemplate = body });
        await using var scope = Database.As(Actor.System);
        var people = Enumerable.Range(0, Many)
            .Select(i => Influencer.Create(new() { DisplayName = $"Zoé {i}", FirstName = lastHasFirstName || i < Many - 1 ? "Zoé" : null }))
            .ToList();
        await InsertAsync(scope.Db, people, readKeys: true);
        await InsertAsync(scope.Db, [.. people.Select((p, i) => PointOf(p.Id, i))]);
        await InsertAsync(scope.Db, people.ConvertAll(p => MemberOf(draft.MediaListId!.Value, p.Id)));

        // As an import does: a server that knows nothing of the new rows takes longer for the list than it may.
        await scope.Get<IDatabaseProvider>().RefreshStatisticsAsync(scope.Db, Ct);
        return draft;
    }

    private async Task InsertAsync<T>(CrmDbContext db, IReadOnlyList<T> rows, bool readKeys = false)
        where T : class
    {
        await using var insert = new BulkInsert<T>(db, Database.Clock, readKeys);
        await insert.WriteAsync(rows, Ct);
    }

    private static ContactPoint PointOf(int person, int number)
    {
        var point = ContactPoint.Create(new() { Kind = ContactKind.Email, Value = $"person{number}@example.org", Primary = true });
        point.BelongTo(person);
        return point;
    }

    private static MediaListMember MemberOf(int list, int person)
    {
        var member = MediaListMember.Create(new() { InfluencerId = person });
        member.AttachTo(list);
        return member;
    }

    private Task<SendOutStatus> StatusAsync(int sendOut) => RunAsync<CrmDbContext, SendOutStatus>(db => db.SendOuts.Where(s => s.Id == sendOut).Select(s => s.Status).SingleAsync(Ct));
}
