using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>People who come onto the list later, and mails that are sent once more.</summary>
public sealed class SendToAddedTests : EngineTest
{
    [DatabaseFact]
    public async Task WhoWasAddedSince_GetsTheMail_AndNobodyGetsItTwice()
    {
        var (ana, ben) = (await RecipientAsync("ana"), await RecipientAsync("ben"));
        var draft = await DraftAsync(new SendOutChanges(), ana);
        await ScheduleAsync(draft.Id);
        await SendDueAsync();
        Assert.Equal(SendOutStatus.Completed, await StatusAsync(draft.Id));
        await AddToListAsync(draft, ana, ben);

        var extended = await AddedAsync(draft.Id);
        await SendDueAsync();

        Assert.Equal(SendOutStatus.Sending, extended.Status);
        Assert.Equal(["ana@example.org", "ben@example.org"], Left.Select(m => m.ToAddress));
        Assert.Equal(SendOutStatus.Completed, await StatusAsync(draft.Id));
    }

    [DatabaseFact]
    public async Task WhereNobodyWasAdded_NothingChanges()
    {
        var ana = await RecipientAsync("ana");
        var draft = await DraftAsync(new SendOutChanges(), ana);
        await ScheduleAsync(draft.Id);
        await SendDueAsync();

        Assert.Equal(SendOutStatus.Completed, (await AddedAsync(draft.Id)).Status);
        await SendDueAsync();

        Assert.Single(Left);
        Assert.Single(await MessagesAsync(draft.Id));
    }

    [DatabaseFact]
    public async Task AnAddressThatHasTheMail_IsNoNewOne()
    {
        var (ana, twin) = (await RecipientAsync("ana"), await RecipientAsync("twin"));
        var draft = await DraftAsync(new SendOutChanges(), ana);
        await ScheduleAsync(draft.Id);
        await WriteAsync(async db =>
        {
            foreach (var point in await db.ContactPoints.Where(p => p.InfluencerId == twin).ToListAsync(Ct))
            {
                point.Apply(new() { Value = "ana@example.org", Shared = true });
            }
        });
        await AddToListAsync(draft, twin);

        await AddedAsync(draft.Id);
        await SendDueAsync();

        Assert.Single(Left);
        Assert.Equal(SkipReason.DuplicateAddress, (await MessagesAsync(draft.Id)).Single(m => m.InfluencerId == twin).SkipReason);
    }

    [DatabaseFact]
    public async Task ADraftAndACancelledOne_TakeNobody()
    {
        var draft = await DraftAsync(new SendOutChanges(), await RecipientAsync("ana"));
        Assert.Equal("wrongState", (await Assert.ThrowsAsync<Conflict>(() => AddedAsync(draft.Id))).Code);

        await ScheduleAsync(draft.Id);
        await RunAsync<CancelSendOut, object?>(async c =>
        {
            await c.ExecuteAsync(draft.Id, Ct);
            return null;
        });
        Assert.Equal("wrongState", (await Assert.ThrowsAsync<Conflict>(() => AddedAsync(draft.Id))).Code);
    }

    [DatabaseFact]
    public async Task AnUnconfirmedMail_IsSentAgainWithItsMessageId_OnceItsConnectionIsSurelyGone()
    {
        var draft = await DraftAsync(new SendOutChanges(), await RecipientAsync("ana"));
        await ScheduleAsync(draft.Id);
        Answer = _ => new DeliveryAnswer(DeliveryOutcome.Unconfirmed, "Connection lost");
        await SendDueAsync();
        var lost = Assert.Single(await MessagesAsync(draft.Id));
        Assert.Equal((MessageStatus.Unconfirmed, SendOutStatus.Completed), (lost.Status, await StatusAsync(draft.Id)));
        Answer = _ => null;
        Database.Clock.Advance(TimeSpan.FromMinutes(2));

        await AgainAsync(lost.Id);
        await SendDueAsync();

        var sent = Assert.Single(await MessagesAsync(draft.Id));
        Assert.Equal((MessageStatus.Sent, 2, lost.InternetMessageId), (sent.Status, sent.Attempts, sent.InternetMessageId));
        Assert.Equal(lost.InternetMessageId, Assert.Single(Left).InternetMessageId);
        Assert.Equal("wrongState", (await Assert.ThrowsAsync<Conflict>(() => AgainAsync(lost.Id))).Code);
    }

    private Task<SendOut> AddedAsync(int sendOut) => RunAsync<SendToAdded, SendOut>(s => s.ExecuteAsync(sendOut, new SendToAddedRequest(), Ct));

    private Task<object?> AgainAsync(long message) => RunAsync<SendMessageAgain, object?>(async s =>
    {
        await s.ExecuteAsync(message, Ct);
        return null;
    });

    private async Task<SendOutStatus> StatusAsync(int sendOut)
    {
        await using var scope = Database.As(Access.Actor.System);
        return await scope.Db.SendOuts.Where(s => s.Id == sendOut).Select(s => s.Status).SingleAsync(Ct);
    }

    private async Task AddToListAsync(SendOut draft, params int[] people)
    {
        await using var admin = Database.As(Actors.Admin);
        await admin.Get<AddMembers>().ExecuteAsync(draft.MediaListId!.Value, new() { InfluencerIds = [.. people] }, Ct);
    }
}
