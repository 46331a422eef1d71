using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>A mailbox that takes nothing until the retries are used up has bounced softly: the third time in a month it is held for dead.</summary>
public sealed class SoftRefusalTests : EngineTest
{
    private static readonly DeliveryAnswer Full = new(DeliveryOutcome.Deferred, "452 4.2.2 mailbox full", 452, "4.2.2") { MailboxIsShut = true };

    [DatabaseFact]
    public async Task TheThird_SuppressesTheAddress()
    {
        var ana = await RecipientAsync("ana");
        var first = await GivenUpAsync(ana, Full);
        await GivenUpAsync(ana, Full);
        var afterTwo = await StatusAsync(ana);

        await GivenUpAsync(ana, Full);

        Assert.Equal((MessageStatus.Failed, true), (first.Status, first.BouncedAt is not null));
        Assert.Equal((EmailStatus.Unknown, EmailStatus.Bounced), (afterTwo, await StatusAsync(ana)));
        await using var scope = Database.As(Actor.System);
        Assert.Equal("smtp: Given up after 12 attempts: 452 4.2.2 mailbox full", (await scope.Db.Suppressions.SingleAsync(Ct)).Source);
    }

    [DatabaseFact]
    public async Task AServerThatGreylists_SaysNothingOfTheAddress()
    {
        var ana = await RecipientAsync("ana");
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await GivenUpAsync(ana, new(DeliveryOutcome.Deferred, "451 4.7.1 greylisted", 451, "4.7.1"))).BouncedAt);
        }

        Assert.Equal(EmailStatus.Unknown, await StatusAsync(ana));
    }

    [DatabaseFact]
    public async Task AMailThatArrivedInBetween_BeginsAnew()
    {
        var ana = await RecipientAsync("ana");
        await GivenUpAsync(ana, Full);
        await GivenUpAsync(ana, Full);
        Answer = _ => null;
        var arrived = await DraftAsync(new(), ana);
        await ScheduleAsync(arrived.Id, overrideReason: "a test");
        await SendDueAsync();
        Database.Clock.Advance(TimeSpan.FromDays(6));

        await GivenUpAsync(ana, Full);

        Assert.Equal(EmailStatus.Unknown, await StatusAsync(ana));
    }

    [DatabaseFact]
    public async Task AMonthLater_TheyAreForgotten()
    {
        var ana = await RecipientAsync("ana");
        await GivenUpAsync(ana, Full);
        await GivenUpAsync(ana, Full);
        Database.Clock.Advance(TimeSpan.FromDays(31));

        await GivenUpAsync(ana, Full);

        Assert.Equal(EmailStatus.Unknown, await StatusAsync(ana));
    }

    [DatabaseFact]
    public async Task WhileThereAreRetries_NothingIsCounted()
    {
        var ana = await RecipientAsync("ana");
        for (var i = 0; i < 3; i++)
        {
            var message = await OnceAsync(ana, Full, attempts: 0);
            Assert.Equal((MessageStatus.Deferred, null), (message.Status, message.BouncedAt));
        }

        Assert.Equal(EmailStatus.Unknown, await StatusAsync(ana));
    }

    private Task<Message> GivenUpAsync(int person, DeliveryAnswer answer) => OnceAsync(person, answer, attempts: 11);

    private async Task<Message> OnceAsync(int person, DeliveryAnswer answer, int attempts)
    {
        var sendOut = await DraftAsync(new(), person);
        await ScheduleAsync(sendOut.Id, overrideReason: "a test");
        await WriteAsync(db => db.Messages.Where(m => m.SendOutId == sendOut.Id).UpdateRowsAsync(Now, set => set.SetProperty(m => m.Attempts, attempts), Ct));
        Answer = _ => answer;
        await SendDueAsync();
        return Assert.Single(await MessagesAsync(sendOut.Id));
    }

    private async Task<EmailStatus> StatusAsync(int person)
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.Influencers.Where(i => i.Id == person).Select(i => i.EmailStatus).SingleAsync(Ct);
    }
}
