using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Imap;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>Copies of what was sent, in the folder where people look for it.</summary>
public sealed class SentFolderTests : IAsyncDisposable
{
    private const string SpecialUse = """
        namespace inbox {
          inbox = yes
          separator = .
          mailbox Gesendet {
            auto = create
            special_use = \Sent
          }
        }
        """;

    private SmtpSink? _sink;
    private Dovecot? _server;
    private CrmApp? _app;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public async ValueTask DisposeAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_sink?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [DatabaseFact]
    public async Task WhatWasSent_LiesInTheSentFolder_AsItLeft()
    {
        var stage = await SendAsync(3, SpecialUse);

        await DueNowAsync(stage, 3);

        var copies = _server!.Mails("Gesendet").Select(f => MimeMessage.Load(f.FullName, Ct)).ToList();
        Assert.Equal((await stage.MessagesAsync()).Select(m => m.InternetMessageId ?? $"{m.Token}@agency.example.org").Order(), copies.Select(c => c.MessageId).Order());
        Assert.Equal(_sink!.Mails().Select(m => m.Message.TextBody).Order(), copies.Select(c => c.TextBody).Order());
        Assert.All(_server.Mails("Gesendet"), f => Assert.EndsWith("S", f.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatLiesThere_IsNotPutThereTwice()
    {
        var stage = await SendAsync(3, SpecialUse);
        await DueNowAsync(stage, 3);

        // As after a crash between the copy and its record, or where the provider keeps one by itself.
        await stage.WriteAsync(db => db.Messages.UpdateRowsAsync(Now, set => set.SetProperty(m => m.CopyDueAt, Now), Ct));
        await KeptAsync(stage);

        Assert.Equal(3, _server!.Mails("Gesendet").Count);
    }

    [Fact]
    public async Task WithoutASentFolder_OneIsMade()
    {
        var stage = await SendAsync(1);

        await DueNowAsync(stage, 1);

        Assert.Single(_server!.Mails("Sent"));
    }

    [Fact]
    public async Task TheServerIsAway_SendingGoesOn_AndTheCopyComesLater()
    {
        var stage = await SendAsync(0);
        await _server!.StopAsync();
        await stage.PrepareAsync(2);
        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);
        await stage.WriteAsync(db => db.Messages.UpdateRowsAsync(Now, set => set.SetProperty(m => m.CopyDueAt, Now), Ct));
        await stage.UntilAsync(() => stage.ReadAsync(db => db.Mailboxes.AnyAsync(m => m.Folder == "\\Sent" && m.Fault != null, Ct)));

        await _server.StartAgainAsync(Ct);
        await KeptAsync(stage);

        Assert.Equal(2, _server.Mails("Sent").Count);
        await stage.UntilAsync(() => stage.ReadAsync(db => db.Mailboxes.AnyAsync(m => m.Folder == "\\Sent" && m.Fault == null, Ct)));
    }

    [Fact]
    public async Task SwitchedOff_NothingIsCopied()
    {
        var stage = await SendAsync(1, keep: false);

        Assert.Null((await stage.MessagesAsync()).Single().CopyDueAt);
        Assert.Equal(0, await stage.ReadAsync(db => db.Mailboxes.CountAsync(m => m.Folder == "\\Sent", Ct)));
    }

    /// <summary>So many mails, sent.</summary>
    private async Task<DispatchStage> SendAsync(int people, string more = "", bool keep = true)
    {
        _sink = await SmtpSink.StartAsync(Ct);
        _server = await Dovecot.StartAsync(Ct, more: more);
        var settings = new Dictionary<string, string?>(DispatchStage.Smtp(_sink.Port).Concat(_server.Settings)) { ["Mail:Inbox:KeepSent"] = keep ? "true" : "false" };
        _app = await CrmApp.StartAsync(TestDatabase.CurrentProvider, settings);
        var stage = new DispatchStage(_app);
        if (people > 0)
        {
            await stage.PrepareAsync(people);
            await stage.ScheduleAsync();
            await stage.UntilAsync(SendOutStatus.Completed);
        }

        return stage;
    }

    /// <summary>The minute that providers get is over.</summary>
    private static async Task DueNowAsync(DispatchStage stage, int count)
    {
        Assert.Equal(count, await stage.ReadAsync(db => db.Messages.CountAsync(m => m.CopyDueAt != null, Ct)));
        await stage.WriteAsync(db => db.Messages.UpdateRowsAsync(Now, set => set.SetProperty(m => m.CopyDueAt, Now), Ct));
        await KeptAsync(stage);
    }

    private static Task KeptAsync(DispatchStage stage) => stage.UntilAsync(async () => !await stage.ReadAsync(db => db.Messages.AnyAsync(m => m.CopyDueAt != null, Ct)));
}
