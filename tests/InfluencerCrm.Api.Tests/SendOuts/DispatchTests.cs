using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>The whole product against a real SMTP server.</summary>
public sealed class DispatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task EveryMailArrivesOnce_AndIsRecorded(string provider)
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync(provider, DispatchStage.Smtp(sink.Port, connections: 4));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(40);

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        var mails = sink.Mails();
        var messages = await stage.MessagesAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"<{DispatchStage.AddressOf(i)}>").Order(), mails.Select(m => m.RcptTo.Single()).Order());
        Assert.All(messages, m => Assert.Equal((MessageStatus.Sent, 1), (m.Status, m.Attempts)));
        foreach (var mail in mails.Select(m => m.Message))
        {
            var row = Assert.Single(messages, m => m.InternetMessageId == mail.MessageId);
            Assert.Equal("Été: news for Zoé", mail.Subject);
            Assert.Equal(mail.Subject, row.Subject);
            Assert.Equal(row.ToAddress, mail.To.Mailboxes.Single().Address);
            Assert.Equal("press@agency.example.org", mail.From.Mailboxes.Single().Address);
            Assert.Equal($"<https://crm.example.org/u/{row.Token}>", mail.Headers["List-Unsubscribe"]);
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
            Assert.Contains("Hello Zoé", mail.TextBody, StringComparison.Ordinal);
        }

        var history = await stage.ReadAsync(db => db.Interactions.AsNoTracking().Where(i => i.SendOutId == stage.SendOutId).ToListAsync(Ct));
        Assert.Equal(messages.Select(m => (long?)m.Id), history.Select(i => i.MessageId).Order());
        Assert.All(history, i => Assert.Equal((InteractionKind.Pitch, InteractionStatus.Done, InteractionDirection.Outbound, "email"), (i.Kind, i.Status, i.Direction, i.Channel)));
        Assert.True(await stage.ReadAsync(db => db.Influencers.AllAsync(i => i.LastInteractionAt != null, Ct)));
    }

    [Fact]
    public async Task Pausing_StopsInTheMiddle_AndResumingSendsTheRestOnce()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(120, new SendOutChanges { MessagesPerMinute = 240 });
        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) > 5);

        await stage.ChangeAsync(s => s.Pause("somebody said so"));
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sending) == 0);
        var before = sink.Mails().Count;
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Ct);

        Assert.InRange(before, 6, 119);
        Assert.Equal(before, sink.Mails().Count);
        await stage.ChangeAsync(s => s.Resume(TimeProvider.System.GetUtcNow().UtcDateTime));
        await stage.UntilAsync(SendOutStatus.Completed);
        Assert.Equal(120, sink.Mails().Select(m => m.RcptTo.Single()).Distinct().Count());
        Assert.Equal(120, sink.Mails().Count);
    }

    [Fact]
    public async Task ACancelledSendOut_SendsNoMore()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(120, new SendOutChanges { MessagesPerMinute = 600 });
        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) > 5);

        await stage.ChangeAsync(s => s.Cancel());
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sending) == 0);
        var before = sink.Mails().Count;
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Ct);

        Assert.Equal(before, sink.Mails().Count);
        Assert.Equal(before, await stage.CountAsync(MessageStatus.Sent));
    }

    [Fact]
    public async Task AStoppedHost_FinishesWhatItBegan_AndTheNextSendsTheRestOnce()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        DispatchStage stage;
        await using (var first = await CrmApp.StartOnAsync(database, DispatchStage.Smtp(sink.Port)))
        {
            stage = new DispatchStage(first);
            await stage.PrepareAsync(300);
            await stage.ScheduleAsync();
            await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) > 5);
        }

        await using var second = await CrmApp.StartOnAsync(database, DispatchStage.Smtp(sink.Port));
        await new DispatchStageOf(second, stage.SendOutId).UntilCompletedAsync();

        Assert.Equal(300, sink.Mails().Count);
        Assert.Equal(300, sink.Mails().Select(m => m.RcptTo.Single()).Distinct().Count());
    }

    [Fact]
    public async Task TwoHosts_NeverSendTwice()
    {
        Assert.SkipUnless(TestDatabase.Providers.Contains("PostgreSql"), "INFLUENCERCRM_TEST_POSTGRES is not set.");
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var database = await TestDatabase.CreateAsync("PostgreSql");
        await using var first = await CrmApp.StartOnAsync(database, DispatchStage.Smtp(sink.Port, connections: 3));
        await using var second = await CrmApp.StartOnAsync(database, DispatchStage.Smtp(sink.Port, connections: 3));
        var stage = new DispatchStage(first);
        await stage.PrepareAsync(500);

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        Assert.Equal(500, sink.Mails().Count);
        Assert.Equal(500, sink.Mails().Select(m => m.RcptTo.Single()).Distinct().Count());
        Assert.Equal(500, await stage.ReadAsync(db => db.Interactions.CountAsync(i => i.SendOutId == stage.SendOutId, Ct)));
    }

    [Fact]
    public async Task APaceHolds_ForTheWholeServer()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        var settings = DispatchStage.Smtp(sink.Port);
        settings["Mail:Smtp:MessagesPerMinute"] = "60";
        await using var app = await CrmApp.StartAsync("Sqlite", settings);
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(90);
        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) > 1);

        var budgets = await stage.ReadAsync(db => db.RateBudgets.AsNoTracking().ToListAsync(Ct));

        Assert.All(budgets, b => Assert.Equal(("server", RateWindow.Minute), (b.Subject, b.Window)));
        Assert.All(budgets, b => Assert.InRange(b.Used, 0, 60));
        Assert.NotEmpty(budgets);
    }

    [Fact]
    public async Task AManualMessage_IsNotSent()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);
        var person = new Influencer(InfluencerKind.Expert, "By hand");
        await stage.AddAsync(person);
        var sendOut = await stage.SendOutAsync();
        await stage.AddAsync(new Message(sendOut, new MessagePlan { InfluencerId = person.Id, Channel = MessageChannel.Manual, DueAt = sendOut.CreatedAt }));

        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) == 1);
        var manual = (await stage.MessagesAsync()).Single(m => m.Channel == MessageChannel.Manual);
        var answer = await app.Admin.PostAsync(new Uri($"odata/messages({manual.Id})/markSent", UriKind.Relative), null, Ct);
        await stage.UntilAsync(SendOutStatus.Completed);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        Assert.Single(sink.Mails());
        Assert.Equal("manual", (await stage.ReadAsync(db => db.Interactions.SingleAsync(i => i.MessageId == manual.Id, Ct))).Channel);
    }

    [Fact]
    public async Task Content_ShowsTheMailAsItArrived()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);
        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        var content = await app.GetAsync($"odata/messages({(await stage.MessagesAsync())[0].Id})/content()");

        var mail = sink.Mails().Single().Message;
        Assert.Equal(mail.Subject, content["subject"]!.GetValue<string>());
        Assert.Equal(mail.TextBody!.Trim().ReplaceLineEndings("\n"), content["text"]!.GetValue<string>().Trim().ReplaceLineEndings("\n"));
        Assert.Equal(mail.Date, content["date"]!.GetValue<DateTimeOffset>(), TimeSpan.FromSeconds(1));
        Assert.Contains(content["headers"]!.AsArray(), h => h!["name"]!.GetValue<string>() == "Message-Id" && h["value"]!.GetValue<string>() == $"<{mail.MessageId}>");
    }

    /// <summary>The stage seen from another host.</summary>
    private sealed class DispatchStageOf(CrmApp app, int sendOutId)
    {
        public async Task UntilCompletedAsync()
        {
            for (var i = 0; i < 600; i++)
            {
                if ((await app.GetAsync($"odata/sendOuts({sendOutId})"))["status"]!.GetValue<string>() == "completed")
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
            }

            Assert.Fail("The second host did not complete the send-out.");
        }
    }
}
