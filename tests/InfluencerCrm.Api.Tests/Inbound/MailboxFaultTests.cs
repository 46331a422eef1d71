using System.Collections.Concurrent;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.TestKit.Imap;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>Servers that misbehave: the loop goes on, and no mail is dropped.</summary>
public sealed class MailboxFaultTests : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _times = new();
    private ScriptedImapServer? _server;
    private CrmApp? _app;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task IdleThatNeverTells_IsLookedBehind()
    {
        await StartAsync((_, _) => null, ("Mail:Inbox:IdleSeconds", "1"));
        await UntilAsync(db => db.Mailboxes.AnyAsync(m => m.LookedAt != null, Ct));

        _server!.Deliver(MailboxTest.Letter(1));

        await UntilAsync(db => db.InboundMails.AnyAsync(Ct));
    }

    [Fact]
    public async Task AConnectionCutAnywhere_IsMadeAgain_AndNothingIsTakenTwice()
    {
        _server = new ScriptedImapServer((command, _) => command.Split(' ')[0] is "EXAMINE" or "IDLE" || command.StartsWith("UID", StringComparison.Ordinal)
            ? Once(string.Join(' ', command.Split(' ').Take(2)).Replace("INBOX", "", StringComparison.Ordinal), ScriptedImapServer.Drop)
            : null);
        _server.Deliver(MailboxTest.Letter(1));
        _server.Deliver(MailboxTest.Letter(2));
        await StartAsync(null);

        await UntilAsync(db => db.Mailboxes.AnyAsync(m => m.LastUid == 2 && m.Fault == null, Ct));

        Assert.True(_server.Connections > 3);
        Assert.Equal(2, await ReadAsync(db => db.InboundMails.CountAsync(Ct)));
    }

    [Fact]
    public async Task AMailTheServerCannotRead_IsSetAside_AndTheNextIsTaken()
    {
        _server = new ScriptedImapServer((command, _) => command.StartsWith("UID FETCH 1 ", StringComparison.Ordinal) && command.Contains("BODY.PEEK[]", StringComparison.Ordinal) ? "NO [SERVERBUG] it is broken" : null);
        _server.Deliver(MailboxTest.Letter(1));
        _server.Deliver(MailboxTest.Letter(2));
        await StartAsync(null);

        await UntilAsync(db => db.InboundMails.AnyAsync(m => m.Subject == "Letter 2", Ct));

        var mail = await ReadAsync(db => db.InboundMails.AsNoTracking().SingleAsync(m => m.Problem == InboundProblem.Unreadable, Ct));
        Assert.Equal((InboundState.Waiting, "Letter 1"), (mail.State, mail.Subject));
    }

    [Fact]
    public async Task AServerThatRefusesUs_IsToldOf_AndTriedAgain()
    {
        await StartAsync((command, n) => command.Split(' ')[0] is "AUTHENTICATE" or "LOGIN" && n < 3 ? "NO [AUTHENTICATIONFAILED] who are you?" : null);

        await UntilAsync(db => db.Mailboxes.AnyAsync(m => m.Fault != null && m.Fault.Contains("Mail__Inbox__Password"), Ct));
        await UntilAsync(db => db.Mailboxes.AnyAsync(m => m.Fault == null && m.LookedAt != null, Ct));

        Assert.True(_server!.Connections >= 3);
    }

    private string? Once(string what, string answer) => _times.AddOrUpdate(what, 1, (_, n) => n + 1) == 1 ? answer : null;

    private async Task StartAsync(Func<string, int, string?>? script, params (string Key, string Value)[] more)
    {
        _server ??= new ScriptedImapServer(script!);
        var settings = _server.Settings;
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        _app = await CrmApp.StartAsync(settings: settings);
    }

    private Task<T> ReadAsync<T>(Func<Core.Data.CrmDbContext, Task<T>> read) => MailboxTest.ReadAsync(_app!, read);

    private async Task UntilAsync(Func<Core.Data.CrmDbContext, Task<bool>> isTrue)
    {
        // A bound on hanging, not a measure.
        var began = TimeProvider.System.GetTimestamp();
        while (!await ReadAsync(isTrue))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(45), $"Waited too long: {string.Join(" | ", _server!.Commands.TakeLast(20))}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
