using InfluencerCrm.TestKit.Imap;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>Several hosts on one database and one mailbox.</summary>
public sealed class MailboxHostsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task OneHostFollowsTheMailbox_AndAnotherGoesOn()
    {
        await using var server = await Dovecot.StartAsync(Ct);
        await using var database = await TestDatabase.CreateAsync(TestDatabase.CurrentProvider);
        var first = await CrmApp.StartOnAsync(database, server.Settings);
        await UntilAsync(first, db => db.Mailboxes.AnyAsync(m => m.LookedAt != null, Ct));
        await using var second = await CrmApp.StartOnAsync(database, server.Settings);
        var holder = await ReadAsync(first, db => db.Mailboxes.Select(m => m.ClaimToken).SingleAsync(Ct));
        server.Deliver(MailboxTest.Letter(1));
        await UntilAsync(second, db => db.InboundMails.AnyAsync(Ct));
        var stillHolder = await ReadAsync(first, db => db.Mailboxes.Select(m => m.ClaimToken).SingleAsync(Ct));

        await first.DisposeAsync();
        server.Deliver(MailboxTest.Letter(2));
        await UntilAsync(second, async db => await db.InboundMails.CountAsync(Ct) == 2);

        Assert.Equal(holder, stillHolder);
        Assert.NotEqual(holder, await ReadAsync(second, db => db.Mailboxes.Select(m => m.ClaimToken).SingleAsync(Ct)));
    }

    private static Task<T> ReadAsync<T>(CrmApp app, Func<Core.Data.CrmDbContext, Task<T>> read) => MailboxTest.ReadAsync(app, read);

    private static async Task UntilAsync(CrmApp app, Func<Core.Data.CrmDbContext, Task<bool>> isTrue)
    {
        // A bound on hanging, not a measure.
        var began = TimeProvider.System.GetTimestamp();
        while (!await ReadAsync(app, isTrue))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(45), "Waited too long.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
