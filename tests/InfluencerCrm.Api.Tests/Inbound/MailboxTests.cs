using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>Mails that come into the mailbox: each is taken once, whatever happens to the server or to us, and left as it lies.</summary>
public sealed class MailboxTests : MailboxTest
{
    [DatabaseFact]
    public async Task AReplyInTheMailbox_EntersTheHistory()
    {
        await SentAsync();

        Server.Deliver(Reply(MessageId()));
        await TakenAsync(1);

        var mail = await OnlyMailAsync();
        Assert.Equal((InboundKind.Reply, InboundState.Done, (long?)Message.Id), (mail.Kind, mail.State, mail.MessageId));
        Assert.NotNull((await MessageNowAsync()).RepliedAt);
        Assert.Equal(1, await ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task AMailThatComesWhileTheServerIsIdle_IsTakenWithoutALook()
    {
        // The next look of its own would be minutes away.
        await LookedOnceAsync();

        Server.Deliver(Letter(1));
        await TakenAsync(1);
        await LookedOnceAsync();
        Server.Deliver(Letter(2));

        await TakenAsync(2);
    }

    [Fact]
    public async Task Mails_StayAsTheyLie()
    {
        Server.Deliver(Letter(1));

        await TakenAsync(1);
        await LookedOnceAsync();

        // Maildir writes what was seen, answered or deleted behind a comma.
        Assert.Matches("\\.test(:2,)?$", Assert.Single(Server.Mails()).Name);
    }

    [DatabaseFact]
    public async Task TheServerGoesAndComesBack_NothingIsLostOrTakenTwice()
    {
        Server.Deliver(Letter(1));
        await TakenAsync(1);

        await Server.StopAsync();
        await UntilAsync(async () => (await MailboxAsync())!.Fault is not null);
        Server.Deliver(Letter(2));
        await Server.StartAgainAsync(Ct);
        await TakenAsync(2);
        await UntilAsync(async () => (await MailboxAsync())!.Fault is null);

        Assert.Equal(["Letter 1", "Letter 2"], await ReadAsync(db => db.InboundMails.OrderBy(m => m.Subject).Select(m => m.Subject!).ToListAsync(Ct)));
        Assert.Equal((2, (DateTime?)null), ((int)(await MailboxAsync())!.LastUid, (await MailboxAsync())!.FaultSince));
    }

    [DatabaseFact]
    public async Task UidsMeanSomethingElse_TheFolderIsReadAgain_AndKnownMailsChangeNothing()
    {
        await SentAsync();
        Server.Deliver(Reply(MessageId()));
        Server.Deliver(Letter(1));
        await TakenAsync(2);
        var before = (await MailboxAsync())!.Validity;

        await Server.StopAsync();
        Server.ForgetNumbers();
        Server.Deliver(Letter(2));
        await Server.StartAgainAsync(Ct);
        await TakenAsync(3);

        await UntilAsync(async () => (await MailboxAsync())!.LastUid == 3);
        Assert.NotEqual(before, (await MailboxAsync())!.Validity);
        Assert.Equal(3, await TakenAsync());
        Assert.Equal(1, await ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task APositionThatWasNotWritten_TakesNothingTwice()
    {
        await SentAsync();
        Server.Deliver(Reply(MessageId()));
        Server.Deliver(Letter(1));
        await TakenAsync(2);
        await LookedOnceAsync();

        // As after a crash between the mails and the position; the server's end makes the product read it.
        await Server.StopAsync();
        await UntilAsync(async () => (await MailboxAsync()) is { Fault: not null, ClaimToken: null });
        await Stage.WriteAsync(db => db.Mailboxes.UpdateRowsAsync(Now, set => set.SetProperty(m => m.LastUid, 0L), Ct));
        await Server.StartAgainAsync(Ct);
        await UntilAsync(async () => (await MailboxAsync())!.LastUid == 2);

        Assert.Equal(2, await TakenAsync());
        Assert.Equal(1, await ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task ABounceInTheMailbox_MarksTheMessage()
    {
        await SentAsync();

        Server.Deliver(Report(MessageId()));
        await TakenAsync(1);

        Assert.Equal(MessageStatus.Bounced, (await MessageNowAsync()).Status);
    }

    [Fact]
    public async Task AMailTooLarge_WaitsWithItsHeader()
    {
        await SentAsync();

        Server.Deliver(Reply(MessageId(), body: new string('x', ReceiveMail.MaxBytes + 1)));
        Server.Deliver(Letter(1));
        await TakenAsync(2);

        var mail = await ReadAsync(db => db.InboundMails.AsNoTracking().SingleAsync(m => m.Problem == InboundProblem.TooLarge, Ct));
        Assert.Equal((InboundState.Waiting, "Re: Spring", (long?)Message.Id), (mail.State, mail.Subject, mail.MessageId));
        Assert.Null((await MessageNowAsync()).RepliedAt);
    }

    [Fact]
    public async Task MailboxesState_IsForAdmins()
    {
        await LookedOnceAsync();
        using var reader = await (await App.SignUpAsync("prOfficer", "read,write,send")).GetAsync(new Uri("odata/mailboxes", UriKind.Relative), Ct);

        var mailbox = Assert.Single(await App.ListAsync("odata/mailboxes"))!.AsObject();

        Assert.Equal(("INBOX", "press on 127.0.0.1", true), (Text(mailbox, "folder"), Text(mailbox, "account"), mailbox["fault"] is null));
        await ErrorAsync(reader, HttpStatusCode.Forbidden);
    }

    private Task LookedOnceAsync() => UntilAsync(async () => (await MailboxAsync())?.LookedAt is not null);
}
