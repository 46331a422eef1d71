using InfluencerCrm.Core.Data;
using InfluencerCrm.TestKit.Imap;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>A host that is killed while it takes mails in.</summary>
public sealed class MailboxKilledTests
{
    private const int Mails = 400;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task AHostKilledInTheMiddle_LosesNoMail_AndTheNextTakesNoneTwice()
    {
        await using var server = await Dovecot.StartAsync(Ct);
        for (var i = 1; i <= Mails; i++)
        {
            server.Deliver(MailboxTest.Letter(i));
        }

        await using var database = await TestDatabase.CreateAsync(TestDatabase.CurrentProvider);
        await using var desk = await CrmApp.StartOnAsync(database, new Dictionary<string, string?> { ["Roles"] = "web" });
        var settings = new Dictionary<string, string?>(server.Settings) { ["Mail:Inbox:PollSeconds"] = "1", ["PublicUrl"] = "https://crm.example.org" };
        foreach (var moment in new[] { 20, 90, 210 })
        {
            await using var host = HostProcess.Start(database, settings);
            await UntilTakenAsync(desk, moment, host);
            await host.KillAsync();
            Assert.InRange(await TakenAsync(desk), moment, Mails - 1);
            await EndLeaseAsync(desk);
        }

        await using var last = HostProcess.Start(database, settings);
        await UntilTakenAsync(desk, Mails, last);
        server.Deliver(MailboxTest.Letter(Mails + 1));
        await UntilTakenAsync(desk, Mails + 1, last);

        var subjects = await MailboxTest.ReadAsync(desk, db => db.InboundMails.Select(m => m.Subject).ToListAsync(Ct));
        Assert.Equal(Mails + 1, subjects.Count);
        Assert.Equal(Mails + 1, subjects.Distinct().Count());
    }

    private static Task<int> TakenAsync(CrmApp desk) => MailboxTest.ReadAsync(desk, db => db.InboundMails.CountAsync(Ct));

    private static async Task UntilTakenAsync(CrmApp desk, int count, HostProcess host)
    {
        // A bound on hanging, not a measure.
        var began = TimeProvider.System.GetTimestamp();
        while (await TakenAsync(desk) is var taken && taken < count)
        {
            Assert.True(!host.HasExited && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"Waited too long; {taken} of {count} taken.\n{host.LastWords}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
        }
    }

    /// <summary>Nobody gives back what a killed host held; a test need not wait for its end.</summary>
    private static async Task EndLeaseAsync(CrmApp desk)
    {
        await using var product = desk.AsProduct();
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await product.Db.Mailboxes.Where(m => m.LeaseUntil != null).UpdateRowsAsync(past, set => set.SetProperty(m => m.LeaseUntil, past), Ct);
    }
}
