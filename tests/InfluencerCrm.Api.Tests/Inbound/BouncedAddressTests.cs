using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>What reports and replies do to the suppression of an address.</summary>
public sealed class BouncedAddressTests : InboundTest
{
    [DatabaseFact]
    public async Task AHardBounce_SuppressesTheAddress_Once()
    {
        await SentAsync();

        await ReceiveAsync(Report(MessageId()));
        await ReceiveAsync(Report(MessageId()));

        var report = await Stage.ReadAsync(db => db.InboundMails.OrderBy(m => m.Id).Select(m => m.Id).FirstAsync(Ct));
        var row = Assert.Single(await App.ListAsync("odata/suppressions"))!.AsObject();
        Assert.Equal((To, "all", "bounce", $"mail {report}: 5.1.1 550 5.1.1 User unknown"), (Text(row, "address"), Text(row, "scope"), Text(row, "reason"), Text(row, "source")));
        Assert.Null(row["influencerId"]);
    }

    [DatabaseFact]
    public async Task ReportsAtOnce_SuppressTheAddressOnce()
    {
        await SentAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReceiveAsync(Report(MessageId()))));

        Assert.Single(await App.ListAsync("odata/suppressions"));
    }

    [DatabaseFact]
    public async Task AReply_LiftsTheBounce_AndSaysWhy()
    {
        await SentAsync();
        await ReceiveAsync(Report(MessageId()));

        await ReceiveAsync(Reply(MessageId()));

        var row = Assert.Single(await App.ListAsync("odata/suppressions"))!.AsObject();
        Assert.Equal("A mail came from this address.", Text(row, "liftReason"));
        Assert.True(row["liftedAt"] is not null && row["liftedById"] is null);
        Assert.Equal(EmailStatus.Valid, (await PersonAsync()).EmailStatus);
    }

    [DatabaseFact]
    public async Task AReply_FromAnotherAddressOfThePerson_LiftsNothing()
    {
        await SentAsync();
        var second = ContactPoint.Create(new() { Kind = ContactKind.Email, Value = "zoe@home.example" });
        second.BelongTo(Message.InfluencerId!.Value);
        await Stage.AddAsync(second);
        await ReceiveAsync(Report(MessageId()));

        await ReceiveAsync(Reply(MessageId(), from: "zoe@home.example"));

        Assert.Null(Assert.Single(await App.ListAsync("odata/suppressions"))!["liftedAt"]);
        Assert.Equal(EmailStatus.Bounced, (await PersonAsync()).EmailStatus);
    }

    [DatabaseFact]
    public async Task AReply_LiftsNoComplaint()
    {
        await SentAsync();
        await ReceiveAsync(Complaint(MessageId()));

        await ReceiveAsync(Reply(MessageId()));

        Assert.Null(Assert.Single(await App.ListAsync("odata/suppressions"))!["liftedAt"]);
        Assert.Equal(EmailStatus.Complained, (await PersonAsync()).EmailStatus);
    }

    [DatabaseFact]
    public async Task AnAdminWhoLiftsIt_UnmarksTheAddress()
    {
        await SentAsync();
        await ReceiveAsync(Report(MessageId()));
        var row = Assert.Single(await App.ListAsync("odata/suppressions"))!;
        var point = Assert.Single(await App.ListAsync("odata/contactPoints"))!;

        using var edited = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/contactPoints({point["id"]})", """{"status":"valid"}""", "*");
        using var lifted = await SendAsync(App.Admin, HttpMethod.Post, $"odata/suppressions({row["id"]})/lift", """{"reason":"She says it works again."}""");

        Assert.Equal("bounceStands", Text(await ErrorAsync(edited, HttpStatusCode.Conflict), "code"));
        Assert.Equal(HttpStatusCode.OK, lifted.StatusCode);
        Assert.Equal(EmailStatus.Unknown, (await PersonAsync()).EmailStatus);
    }

    [DatabaseFact]
    public async Task ReportsAndRefusals_CountTogether()
    {
        await SentAsync();
        await GivenUpAsync();
        await GivenUpAsync();
        var afterTwo = (await PersonAsync()).EmailStatus;

        await ReceiveAsync(Report(MessageId(), status: "5.2.2", diagnostic: "552 5.2.2 Mailbox full"));

        Assert.Equal((EmailStatus.Unknown, EmailStatus.Bounced), (afterTwo, (await PersonAsync()).EmailStatus));
        Assert.EndsWith("552 5.2.2 Mailbox full", Text(Assert.Single(await App.ListAsync("odata/suppressions")), "source"), StringComparison.Ordinal);
    }

    /// <summary>A mail to the same person whose retries were used up on a full mailbox.</summary>
    private async Task GivenUpAsync()
    {
        var sendOut = SendOut.Create(new SendOutChanges { Name = "More", SubjectTemplate = "x", BodyTemplate = "y" });
        await Stage.AddAsync(sendOut);
        await Stage.AddAsync(new Message(sendOut, new MessagePlan { InfluencerId = Message.InfluencerId!.Value, Channel = MessageChannel.Email, ToAddress = To, AddressKey = To, DueAt = Now }));
        await Stage.WriteAsync(db => db.Messages.Where(m => m.SendOutId == sendOut.Id).UpdateRowsAsync(Now, set => set.SetProperty(m => m.Status, MessageStatus.Failed).SetProperty(m => m.BouncedAt, Now), Ct));
    }
}
