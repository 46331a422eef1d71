using System.Text;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>What a mail does that names a message of ours and comes from, or is about, its address.</summary>
public sealed class ReceiveMailTests : InboundTest
{
    [DatabaseFact]
    public async Task AReply_EntersTheHistory()
    {
        await SentAsync();

        var answer = await ReceiveAsync(Reply(MessageId()));

        Assert.Equal(("reply", "Yes, with pleasure."), (Text(answer, "kind"), Text(answer, "replyText")));
        Assert.Equal((Message.Id, Message.InfluencerId), (answer["messageId"]!.GetValue<long>(), answer["influencerId"]!.GetValue<int>()));
        Assert.True(answer.ContainsKey("bounce") && answer["bounce"] is null);
        Assert.NotNull((await MessageNowAsync()).RepliedAt);
        var entry = await Stage.ReadAsync(db => db.Interactions.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((InteractionKind.Reply, InteractionDirection.Inbound, InteractionOutcome.None, "Yes, with pleasure."), (entry.Kind, entry.Direction, entry.Outcome, entry.Notes));
        Assert.Equal((Message.InfluencerId, (int?)Message.SendOutId), (entry.InfluencerId, entry.SendOutId));
        var person = await PersonAsync();
        Assert.Equal((EmailStatus.Valid, true), (person.EmailStatus, person.LastInteractionAt is not null));
    }

    [DatabaseFact]
    public async Task TheSameMail_IsTakenOnce()
    {
        await SentAsync();
        var mail = Reply(MessageId());

        var first = await ReceiveAsync(mail);
        var second = await ReceiveAsync(mail);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(1, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
        Assert.Equal(1, await Stage.ReadAsync(db => db.InboundMails.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task TheSameMail_AtOnce_IsTakenOnce()
    {
        await SentAsync();
        var mail = Reply(MessageId());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReceiveAsync(mail)));

        Assert.Single(answers.Select(a => a.ToJsonString()).Distinct());
        Assert.Equal(1, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task AReply_StopsTheFollowUp()
    {
        await SentAsync();
        var followUp = SendOut.Create(new SendOutChanges { Name = "Again", SubjectTemplate = "x", BodyTemplate = "y", FollowUpOfId = Stage.SendOutId, Purpose = SendOutPurpose.FollowUp });
        await Stage.AddAsync(followUp);
        await Stage.AddAsync(new Message(followUp, new MessagePlan { InfluencerId = Message.InfluencerId!.Value, Channel = MessageChannel.Email, ToAddress = To, AddressKey = To, DueAt = Now.AddDays(2) }));

        await ReceiveAsync(Reply(MessageId()));

        Assert.Equal(MessageStatus.Cancelled, await Stage.ReadAsync(db => db.Messages.Where(m => m.SendOutId == followUp.Id).Select(m => m.Status).SingleAsync(Ct)));
    }

    [DatabaseFact]
    public async Task AHardBounce_MarksMessageAddressAndPerson()
    {
        await SentAsync();

        var answer = await ReceiveAsync(Report(MessageId()));

        Assert.Equal("bounce", Text(answer, "kind"));
        Assert.Equal(("hard", To, "5.1.1", "550 5.1.1 User unknown"), (Text(answer["bounce"], "type"), Text(answer["bounce"], "recipient"), Text(answer["bounce"], "status"), Text(answer["bounce"], "reason")));
        var message = await MessageNowAsync();
        Assert.Equal((MessageStatus.Bounced, true), (message.Status, message.BouncedAt is not null));
        Assert.Equal(EmailStatus.Bounced, (await PersonAsync()).EmailStatus);
        Assert.Equal(EmailStatus.Bounced, await Stage.ReadAsync(db => db.ContactPoints.Where(p => p.AddressKey == To).Select(p => p.Status).SingleAsync(Ct)));
    }

    [DatabaseFact]
    public async Task ABounce_IsMatchedByTheReturnPathAlone()
    {
        await SentAsync();

        await ReceiveAsync(Report("unknown@elsewhere.example").Replace("To: press@agency.example.org", $"To: bounce+{Message.Token}@agency.example.org", StringComparison.Ordinal));

        Assert.Equal(MessageStatus.Bounced, (await MessageNowAsync()).Status);
    }

    [DatabaseFact]
    public async Task SoftBounces_MarkTheAddress_WithTheThird()
    {
        await SentAsync();
        var first = Message;
        var others = new List<Message>();
        for (var i = 0; i < 2; i++)
        {
            var sendOut = SendOut.Create(new SendOutChanges { Name = $"More {i}", SubjectTemplate = "x", BodyTemplate = "y" });
            await Stage.AddAsync(sendOut);
            var message = new Message(sendOut, new MessagePlan { InfluencerId = first.InfluencerId!.Value, Channel = MessageChannel.Email, ToAddress = To, AddressKey = To, DueAt = Now });
            await Stage.AddAsync(message);
            await Stage.WriteAsync(db => db.Messages.Where(m => m.Id == message.Id).UpdateRowsAsync(Now, set => set.SetProperty(m => m.Status, MessageStatus.Sent).SetProperty(m => m.SentAt, Now), Ct));
            others.Add(message);
        }

        await ReceiveAsync(Report(MessageId(), status: "5.2.2", diagnostic: "552 5.2.2 Mailbox full"));
        var answer = await ReceiveAsync(Report(MessageId(others[0]), status: "5.2.2", diagnostic: "552 5.2.2 Mailbox full"));
        var afterTwo = (await PersonAsync()).EmailStatus;
        await ReceiveAsync(Report(MessageId(others[1]), status: "5.2.2", diagnostic: "552 5.2.2 Mailbox full"));

        Assert.Equal("soft", Text(answer["bounce"], "type"));
        Assert.Equal((EmailStatus.Unknown, EmailStatus.Bounced), (afterTwo, (await PersonAsync()).EmailStatus));
    }

    [DatabaseFact]
    public async Task WhatAFilterRefuses_IsNotTheAddresssFault()
    {
        await SentAsync();

        await ReceiveAsync(Report(MessageId(), status: "5.7.1", diagnostic: "550 5.7.1 Message blocked as spam"));

        Assert.Equal((MessageStatus.Bounced, EmailStatus.Unknown), ((await MessageNowAsync()).Status, (await PersonAsync()).EmailStatus));
    }

    [DatabaseFact]
    public async Task ADelay_ChangesNothing()
    {
        await SentAsync();

        var answer = await ReceiveAsync(Report(MessageId(), action: "delayed", status: "4.4.1", diagnostic: "timed out"));

        Assert.Equal("delay", Text(answer, "kind"));
        await NothingChangedAsync();
    }

    [DatabaseFact]
    public async Task AReportOfDelivery_ConfirmsWhatNobodyKnew()
    {
        await SentAsync(status: MessageStatus.Unconfirmed);

        await ReceiveAsync(Report(MessageId(), action: "delivered", status: "2.0.0", diagnostic: "250 ok"));

        var message = await MessageNowAsync();
        Assert.Equal((MessageStatus.Sent, true), (message.Status, message.SentAt is not null));
        Assert.Equal(1, await Stage.ReadAsync(db => db.Interactions.CountAsync(i => i.MessageId == message.Id, Ct)));
    }

    [DatabaseFact]
    public async Task AReply_ConfirmsWhatNobodyKnew()
    {
        await SentAsync(status: MessageStatus.Unconfirmed);

        await ReceiveAsync(Reply(MessageId()));

        Assert.Equal(MessageStatus.Sent, (await MessageNowAsync()).Status);
        Assert.Equal(2, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task AnAutoReply_SaysHowLongThePersonIsAway_AndIsNoReply()
    {
        await SentAsync();
        var back = DateOnly.FromDateTime(Now).AddDays(10);

        var answer = await ReceiveAsync(Reply(MessageId(), body: $"I am out of the office until {back:yyyy-MM-dd}.", headers: $"Auto-Submitted: auto-replied\nDate: {Now:r}"));

        Assert.Equal("autoReply", Text(answer, "kind"));
        Assert.Equal(back.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), (await PersonAsync()).AwayUntil);
        Assert.Null((await MessageNowAsync()).RepliedAt);
    }

    [DatabaseFact]
    public async Task AComplaint_SuppressesAtOnce()
    {
        await SentAsync();

        var answer = await ReceiveAsync(Complaint(MessageId()));

        Assert.Equal("complaint", Text(answer, "kind"));
        var row = await Stage.ReadAsync(db => db.Suppressions.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((SuppressionReason.Complaint, SuppressionScope.All, Message.InfluencerId, To), (row.Reason, row.Scope, row.InfluencerId, row.Address));
        Assert.Equal(EmailStatus.Complained, (await PersonAsync()).EmailStatus);
    }

    [DatabaseFact]
    public async Task AWishToBeLeftAlone_HoldsForAllAddresses()
    {
        await SentAsync();
        var second = ContactPoint.Create(new() { Kind = ContactKind.Email, Value = "zoe@home.example" });
        second.BelongTo(Message.InfluencerId!.Value);
        await Stage.AddAsync(second);

        var answer = await ReceiveAsync(Reply(MessageId(), from: "zoe@home.example", body: "Unsubscribe me please"));

        Assert.Equal("unsubscribe", Text(answer, "kind"));
        var rows = await Stage.ReadAsync(db => db.Suppressions.AsNoTracking().OrderBy(s => s.Address).ToListAsync(Ct));
        Assert.Equal([To, "zoe@home.example"], rows.Select(s => s.Address));
        Assert.All(rows, s => Assert.Equal((SuppressionScope.All, SuppressionReason.Unsubscribe, "mail"), (s.Scope, s.Reason, s.Source)));
    }

    [DatabaseFact]
    public async Task Anything_IsAnswered()
    {
        Assert.Equal("other", Text(await ReceiveAsync(""), "kind"));
        Assert.Equal("other", Text(await ReceiveAsync("no mail at all"), "kind"));
        using var bytes = await PostAsync([0, 255, 0, 13, 10, 0, 128]);

        Assert.Equal(HttpStatusCode.OK, bytes.StatusCode);
    }

    [Fact]
    public async Task AMailTooLarge_Is413_AndAnotherType415()
    {
        using var large = await PostAsync(new byte[(25 * 1024 * 1024) + 1]);
        using var json = await PostAsync(Encoding.UTF8.GetBytes("{}"), type: "application/json");

        Assert.Contains("25 MB", Text(await ErrorAsync(large, HttpStatusCode.RequestEntityTooLarge), "message"), StringComparison.Ordinal);
        await ErrorAsync(json, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task AReader_MayNot()
    {
        using var readOnly = await PostAsync([], await App.SignUpAsync("admin", "read"));
        using var nobody = await PostAsync([], App.Anonymous);

        await ErrorAsync(readOnly, HttpStatusCode.Forbidden);
        await ErrorAsync(nobody, HttpStatusCode.Unauthorized);
    }
}
