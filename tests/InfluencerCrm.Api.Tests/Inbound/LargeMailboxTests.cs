using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>A mailbox that is full when the product first meets it.</summary>
public sealed class LargeMailboxTests : MailboxTest
{
    private const int Old = 9_900;

    private const int New = 100;

    protected override async ValueTask BeforeStartAsync()
    {
        await base.BeforeStartAsync();
        for (var i = 1; i <= Old; i++)
        {
            Server.Deliver(Letter(i), Now.AddDays(-30));
        }

        for (var i = Old + 1; i <= Old + New; i++)
        {
            Server.Deliver(Letter(i), Now.AddDays(-2));
        }
    }

    [Fact]
    public async Task OfTenThousandMails_ThoseOfTheLastFortnightAreTaken_AlsoWhenTheFolderIsReadAgain()
    {
        await UntilAsync(async () => (await MailboxAsync())?.LookedAt is not null);
        var before = (await MailboxAsync())!;
        Assert.Equal((New, Old + New), (await TakenAsync(), (int)before.LastUid));
        Assert.Equal(0, await ReadAsync(db => db.InboundMails.CountAsync(m => m.Subject == "Letter 1", Ct)));

        await Server.StopAsync();
        Server.ForgetNumbers();
        await Server.StartAgainAsync(Ct);
        await UntilAsync(async () => await MailboxAsync() is { } now && now.Validity != before.Validity && now.LookedAt > before.LookedAt);

        Assert.Equal(New, await TakenAsync());
    }
}
