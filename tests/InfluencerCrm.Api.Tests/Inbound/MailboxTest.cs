using System.Globalization;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.TestKit.Imap;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>The product on a mailbox of a real Dovecot.</summary>
public abstract class MailboxTest : InboundTest
{
    private protected Dovecot Server { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string?>? Settings => new Dictionary<string, string?>(Server.Settings) { ["Mail:Inbox:PollSeconds"] = "1" };

    /// <summary>Whether the server tells of mails by itself.</summary>
    protected virtual bool Idle => true;

    /// <summary>Whether the server speaks TLS, with a certificate that no public authority signed.</summary>
    protected virtual bool Tls => false;

    protected override async ValueTask BeforeStartAsync() => Server = await Dovecot.StartAsync(Ct, idle: Idle, tls: Tls);

    protected override async ValueTask AfterEndAsync() => await Server.DisposeAsync();

    protected Task<T> ReadAsync<T>(Func<Core.Data.CrmDbContext, Task<T>> read) => ReadAsync(App, read);

    internal static async Task<T> ReadAsync<T>(CrmApp app, Func<Core.Data.CrmDbContext, Task<T>> read)
    {
        await using var product = app.AsProduct();
        return await read(product.Db);
    }

    protected Task<int> TakenAsync() => ReadAsync(db => db.InboundMails.CountAsync(Ct));

    protected Task<InboundMail> OnlyMailAsync() => ReadAsync(db => db.InboundMails.AsNoTracking().SingleAsync(Ct));

    protected Task<Mailbox?> MailboxAsync() => ReadAsync(db => db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(m => m.Folder == InboxFollower.Folder, Ct));

    /// <summary>Until the inbox was looked at whole, after now.</summary>
    protected async Task LookedAsync()
    {
        var now = Now;
        await UntilAsync(async () => (await MailboxAsync())?.LookedAt > now);
    }

    protected Task TakenAsync(int count) => UntilAsync(async () => await TakenAsync() >= count);

    /// <summary>A bound on hanging, not a measure.</summary>
    protected async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(45))
            {
                var mailbox = await MailboxAsync();
                Assert.Fail($"Waited too long; {await TakenAsync()} mails taken, position {mailbox?.Validity}/{mailbox?.LastUid}, looked {mailbox?.LookedAt}, fault: {mailbox?.Fault}\n{Server?.Words}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    internal static string Letter(int number) => string.Create(CultureInfo.InvariantCulture, $"""
        From: someone{number}@paper.example
        To: press@agency.example.org
        Message-ID: <letter{number}@paper.example>
        Subject: Letter {number}
        Content-Type: text/plain; charset=utf-8

        Good morning.
        """);
}
