using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>Servers that refuse, and hosts that die.</summary>
public sealed class DispatchFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMailLostAfterItsDataBegan_IsUnconfirmed_AndNotSentAgainAfterARestart()
    {
        await using var server = new ScriptedSmtpServer((step, connection) => step == "AFTER354" && connection == 1 ? ScriptedSmtpServer.Drop : null);
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        DispatchStage stage;
        await using (var first = await CrmApp.StartOnAsync(database, DispatchStage.Smtp(server.Port, connections: 1)))
        {
            stage = new DispatchStage(first);
            await stage.PrepareAsync(3);
            await stage.ScheduleAsync();
            await stage.UntilAsync(SendOutStatus.Completed);
        }

        await using var second = await CrmApp.StartOnAsync(database, DispatchStage.Smtp(server.Port, connections: 1));
        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System, Ct);
        var lost = Assert.Single(await second.ListAsync($"odata/messages?$filter=sendOutId eq {stage.SendOutId} and status eq 'unconfirmed'"))!;

        Assert.Equal(3, server.Commands.Count(c => c.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal(2, server.Messages.Count);
        Assert.Equal(2, (await second.ListAsync($"odata/interactions?$filter=sendOutId eq {stage.SendOutId}")).Count);
        using var marked = await second.Admin.PostAsync(new Uri($"odata/messages({lost["id"]})/markSent", UriKind.Relative), null, Ct);
        Assert.True(marked.IsSuccessStatusCode);
        Assert.Equal(3, (await second.ListAsync($"odata/interactions?$filter=sendOutId eq {stage.SendOutId}")).Count);
    }

    [Fact]
    public async Task ARefusedMailbox_FailsAndMarksTheAddress()
    {
        await using var server = new ScriptedSmtpServer((step, _) => step == "RCPT" ? "550 5.1.1 no such user" : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(server.Port, connections: 1));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal((MessageStatus.Failed, "550 5.1.1 no such user"), (message.Status, message.LastResponse));
        var person = await app.GetAsync($"odata/influencers({stage.People[0]})?$expand=contactPoints,interactions");
        Assert.Equal("bounced", person["emailStatus"]!.GetValue<string>());
        Assert.Equal("bounced", person["contactPoints"]![0]!["status"]!.GetValue<string>());
        Assert.Empty(person["interactions"]!.AsArray());
        var suppressed = Assert.Single(await app.ListAsync("odata/suppressions"))!;
        Assert.Equal("smtp: 550 5.1.1 no such user", suppressed["source"]!.GetValue<string>());
        Assert.Null(suppressed["influencerId"]);
    }

    [Fact]
    public async Task AServerThatAsksToComeAgain_DefersTheMail()
    {
        await using var server = new ScriptedSmtpServer((step, _) => step == "RCPT" ? "451 4.7.1 greylisted" : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(server.Port, connections: 1));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);
        await stage.ScheduleAsync();

        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Deferred) == 1);

        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal(1, message.Attempts);
        Assert.True(message.DueAt > message.UpdatedAt);
        Assert.Null(message.ClaimToken);
        Assert.Equal(SendOutStatus.Sending, (await stage.SendOutAsync()).Status);
    }

    [Fact]
    public async Task AServerThatRefusesUs_PausesTheSendOut_AndFailsNothing()
    {
        await using var server = new ScriptedSmtpServer((step, _) => step == "CONNECT" ? "554 5.7.1 you are not welcome" : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(server.Port, connections: 1));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(5);
        await stage.ScheduleAsync();

        await stage.UntilAsync(SendOutStatus.Paused);

        Assert.Contains("not welcome", (await stage.SendOutAsync()).PauseReason, StringComparison.Ordinal);
        Assert.All(await stage.MessagesAsync(), m => Assert.True(m.Status is MessageStatus.Queued or MessageStatus.Deferred));
    }

    [Fact]
    public async Task ASendOutThatFailsTooOften_PausesAndSaysWhy()
    {
        await using var server = new ScriptedSmtpServer((step, _) => step == "RCPT" ? "550 5.7.1 spam" : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(server.Port, connections: 1));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(40);
        await stage.ScheduleAsync();

        await stage.UntilAsync(SendOutStatus.Paused);

        Assert.Contains("550 5.7.1 spam", (await stage.SendOutAsync()).PauseReason, StringComparison.Ordinal);
        Assert.Equal(10, await stage.CountAsync(MessageStatus.Failed));
        Assert.Equal(30, await stage.CountAsync(MessageStatus.Queued));
    }

    [Fact]
    public async Task WhatADeadHostLeft_IsUnconfirmedIfBegun_AndSentIfNot()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(3);
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1);
        await stage.WriteAsync(async db =>
        {
            foreach (var (message, i) in (await db.Messages.OrderBy(m => m.Id).ToListAsync(Ct)).Select((m, i) => (m, i)))
            {
                var row = db.Entry(message);
                row.Property(m => m.Status).CurrentValue = i == 0 ? MessageStatus.Sending : MessageStatus.Queued;
                row.Property(m => m.ClaimToken).CurrentValue = i < 2 ? Guid.NewGuid() : null;
                row.Property(m => m.LeaseUntil).CurrentValue = i < 2 ? past : null;
            }
        });

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        Assert.Equal([MessageStatus.Unconfirmed, MessageStatus.Sent, MessageStatus.Sent], (await stage.MessagesAsync()).Select(m => m.Status));
        Assert.Equal(2, sink.Mails().Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no json")]
    public async Task AMessageWhoseMailCannotBeMade_FailsAlone(string? values)
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(2);
        await stage.WriteAsync(async db => db.Entry(await db.Messages.OrderBy(m => m.Id).FirstAsync(Ct)).Property(m => m.Values).CurrentValue = values);

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        Assert.Equal([MessageStatus.Failed, MessageStatus.Sent], (await stage.MessagesAsync()).Select(m => m.Status));
        Assert.Single(sink.Mails());
        Assert.Equal(EmailStatus.Unknown, await stage.ReadAsync(db => db.Influencers.Where(i => i.Id == stage.People[0]).Select(i => i.EmailStatus).FirstAsync(Ct)));
    }
}
