using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>What a mail does not do by itself: it waits for a person, who decides.</summary>
public sealed class ForgedMailTests : InboundTest
{
    [DatabaseFact]
    public async Task AReport_WithoutOurToken_ChangesNothing()
    {
        await SentAsync();

        var answer = await ReceiveAsync(Report("0123456789abcdef01234567@agency.example.org"));

        Assert.Equal(("bounce", (JsonNode?)null, Message.InfluencerId), (Text(answer, "kind"), answer["messageId"], answer["influencerId"]!.GetValue<int>()));
        await NothingChangedAsync();
        Assert.Equal(("bounce", "noMessage"), (Text(await WaitingAsync(), "kind"), Text(await WaitingAsync(), "problem")));
    }

    [DatabaseFact]
    public async Task AReport_AboutAnotherAddress_ChangesNothing()
    {
        await SentAsync(people: 2);

        await ReceiveAsync(Report(MessageId(), recipient: "person1@example.org"));

        await NothingChangedAsync();
        Assert.Equal("otherRecipient", Text(await WaitingAsync(), "problem"));
    }

    [DatabaseFact]
    public async Task AReport_AfterTwoWeeks_ChangesNothing()
    {
        await SentAsync(at: Now.AddDays(-15));

        await ReceiveAsync(Report(MessageId()));

        await NothingChangedAsync();
        Assert.Equal("tooLate", Text(await WaitingAsync(), "problem"));
    }

    [DatabaseFact]
    public async Task AComplaint_WithoutOurToken_OrAboutAnotherAddress_ChangesNothing()
    {
        await SentAsync();

        await ReceiveAsync(Complaint("somebody@elsewhere.example"));
        await ReceiveAsync(Complaint(MessageId(), recipient: "somebody@elsewhere.example"));

        await NothingChangedAsync();
        Assert.Equal(2, (await App.ListAsync("odata/inboundMails?$filter=state eq 'waiting'")).Count);
    }

    [DatabaseFact]
    public async Task AReply_FromAnotherSender_Waits_AndAPersonMayLetItCount()
    {
        await SentAsync();

        await ReceiveAsync(Reply(MessageId(), from: "colleague@paper.example"));
        await NothingChangedAsync();
        var waiting = await WaitingAsync();
        using var resolved = await SendAsync(App.Admin, HttpMethod.Post, $"odata/inboundMails({waiting["id"]})/resolve", """{"apply":true}""");
        using var again = await SendAsync(App.Admin, HttpMethod.Post, $"odata/inboundMails({waiting["id"]})/resolve", """{"apply":true}""");

        Assert.Equal(("otherSender", "Yes, with pleasure."), (Text(waiting, "problem"), Text(waiting, "replyText")));
        Assert.Equal(HttpStatusCode.OK, resolved.StatusCode);
        await ErrorAsync(again, HttpStatusCode.Conflict);
        Assert.NotNull((await MessageNowAsync()).RepliedAt);
        Assert.Equal(1, await Stage.ReadAsync(db => db.Interactions.CountAsync(Ct)));
    }

    [DatabaseFact]
    public async Task AWishToBeLeftAlone_FromAnotherSender_Waits()
    {
        await SentAsync();

        await ReceiveAsync(Reply(MessageId(), from: "rival@paper.example", body: "unsubscribe"));

        await NothingChangedAsync();
        Assert.Equal("unsubscribe", Text(await WaitingAsync(), "kind"));
    }

    [DatabaseFact]
    public async Task AnAutoReply_FromAnotherSender_Waits()
    {
        await SentAsync();

        await ReceiveAsync(Reply(MessageId(), from: "rival@paper.example", body: $"I am out of the office until {Now.AddDays(9):yyyy-MM-dd}.", headers: $"Auto-Submitted: auto-replied\nDate: {Now:r}"));

        await NothingChangedAsync();
    }

    [DatabaseFact]
    public async Task AMailOfItsOwn_IsGivenToThePerson_ByAPerson()
    {
        await SentAsync();

        var answer = await ReceiveAsync("From: Somebody <new@paper.example>\nTo: press@agency.example.org\nMessage-ID: <q1@paper.example>\nSubject: A question\n\nDo you have a battery?");
        var waiting = await WaitingAsync();
        using var nobody = await SendAsync(App.Admin, HttpMethod.Post, $"odata/inboundMails({waiting["id"]})/resolve", """{"apply":true}""");
        using var named = await SendAsync(App.Admin, HttpMethod.Post, $"odata/inboundMails({waiting["id"]})/resolve", $$"""{"apply":true,"influencerId":{{Message.InfluencerId}}}""");

        Assert.Equal(("other", (JsonNode?)null), (Text(answer, "kind"), answer["influencerId"]));
        await ErrorAsync(nobody, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal("Do you have a battery?", await Stage.ReadAsync(db => db.Interactions.Where(i => i.InfluencerId == Message.InfluencerId).Select(i => i.Notes).SingleAsync(Ct)));
    }

    [DatabaseFact]
    public async Task WhatIsDismissed_ChangesNothing()
    {
        await SentAsync();
        await ReceiveAsync(Report(MessageId(), recipient: "other@example.org"));

        using var answer = await SendAsync(App.Admin, HttpMethod.Post, $"odata/inboundMails({(await WaitingAsync())["id"]})/resolve", """{"apply":false}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await NothingChangedAsync();
        Assert.Empty(await App.ListAsync("odata/inboundMails?$filter=state eq 'waiting'"));
    }

    [DatabaseFact]
    public async Task AMailOfAClient_IsSeenByItsMembersOnly()
    {
        var client = Id(await App.CreateAsync("clients", new { name = "Acme" }));
        await SentAsync(changes: new SendOutChanges { ClientId = client });
        var outsider = await App.SignUpAsync("prOfficer", "read,write");

        var answer = await ReceiveAsync(Reply(MessageId()), outsider);

        Assert.Equal(("reply", (JsonNode?)null), (Text(answer, "kind"), answer["messageId"]));
        Assert.NotNull((await MessageNowAsync()).RepliedAt);
        Assert.Empty(await App.ListAsync("odata/inboundMails", outsider));
        Assert.Single(await App.ListAsync("odata/inboundMails"));
    }

    [DatabaseFact]
    public async Task AnErasedPersonsMails_SayNothingOfThem()
    {
        await SentAsync();
        await ReceiveAsync(Reply(MessageId()));
        await ReceiveAsync(Reply("nothing@elsewhere.example"));
        var name = (await PersonAsync()).DisplayName;
        using var erased = await SendAsync(App.Admin, HttpMethod.Post, $"api/influencers/{Message.InfluencerId}/erase", $$"""{"confirm":"{{name}}"}""");

        var rows = await Stage.ReadAsync(db => db.InboundMails.AsNoTracking().ToListAsync(Ct));

        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Equal(2, rows.Count);
        Assert.All(rows, m => Assert.Equal((null, null, null), (m.FromAddress, m.ReplyText, m.Subject)));
    }
}
