using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>Mails leave at the right moment where their recipients live.</summary>
public sealed class CalendarTests : EngineTest
{
    private static readonly string[] Zones = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];

    [DatabaseFact]
    public async Task AtTheRecipientsTimeOfDay_AlsoInTheNightsWhenClocksChange()
    {
        var people = new List<int>();
        foreach (var zone in Zones)
        {
            people.Add(await RecipientAsync(zone.Split('/')[1], zone));
        }

        await ExpectAsync("09:00", "2026-03-02T12:00:00Z", "2026-03-03T08:00:00Z", "2026-03-02T14:00:00Z", "2026-03-02T22:00:00Z", "2026-03-03T03:15:00Z");

        // The nights in which clocks jump from 2 to 3, in New York and in Paris: the mail leaves when they have.
        await ExpectAsync("02:30", "2026-03-08T04:00:00Z", "2026-03-09T01:30:00Z", "2026-03-08T07:00:00Z", "2026-03-08T15:30:00Z", "2026-03-08T20:45:00Z");
        await ExpectAsync("02:30", "2026-03-28T20:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T06:30:00Z", "2026-03-29T15:30:00Z", "2026-03-28T20:45:00Z");

        // Those in which an hour, on Lord Howe Island half of one, comes twice: the first counts. There the clocks jump by half an hour too.
        await ExpectAsync("01:45", "2026-04-04T12:00:00Z", "2026-04-04T23:45:00Z", "2026-04-05T05:45:00Z", "2026-04-04T14:45:00Z", "2026-04-04T20:00:00Z");
        await ExpectAsync("02:10", "2026-10-03T12:00:00Z", "2026-10-04T00:10:00Z", "2026-10-04T06:10:00Z", "2026-10-03T15:30:00Z", "2026-10-03T20:25:00Z");
        await ExpectAsync("02:30", "2026-10-24T20:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T06:30:00Z", "2026-10-25T15:30:00Z", "2026-10-24T20:45:00Z");
        await ExpectAsync("01:30", "2026-11-01T03:00:00Z", "2026-11-02T00:30:00Z", "2026-11-01T05:30:00Z", "2026-11-01T14:30:00Z", "2026-11-01T19:45:00Z");

        async Task ExpectAsync(string time, string at, params string[] expected)
        {
            SetClock(at);
            var sendOut = await DraftAsync(new() { Timing = SendOutTiming.RecipientLocalTime, LocalTimeOfDay = TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture) }, [.. people]);

            await ScheduleAsync(sendOut.Id);

            Assert.Equal(expected.Select(e => (DateTime?)Utc(e)), await DueAsync(sendOut.Id));
        }
    }

    [DatabaseFact]
    public async Task AnHourThatComesTwice_SendsOnce()
    {
        SetClock("2026-10-24T20:00:00Z");
        var sendOut = await DraftAsync(new() { Timing = SendOutTiming.RecipientLocalTime, LocalTimeOfDay = new TimeOnly(2, 30) }, await RecipientAsync("Ana", "Europe/Paris"));
        await ScheduleAsync(sendOut.Id);

        SetClock("2026-10-25T00:29:59Z");
        await SendDueAsync();
        var early = Left.Count;
        SetClock("2026-10-25T00:30:00Z");
        await SendDueAsync();
        SetClock("2026-10-25T01:30:00Z");
        await SendDueAsync();

        Assert.Equal((0, 1), (early, Left.Count));
    }

    [DatabaseFact]
    public async Task ASendingWindow_IsWaitedForWhereTheyLive_AndShownInTheCheck()
    {
        SetClock("2026-03-06T20:00:00Z");
        var (paris, york) = (await RecipientAsync("Paris", "Europe/Paris"), await RecipientAsync("York", "America/New_York"));
        var sendOut = await DraftAsync(new() { WindowFrom = new TimeOnly(8, 0), WindowUntil = new TimeOnly(18, 0), QuietDays = new List<string> { "saturday", "Sunday", "03-09" } }, paris, york);

        var check = await CheckAsync(sendOut.Id);
        await ScheduleAsync(sendOut.Id);

        // Friday evening in Paris, and a Monday that is quiet; still afternoon in New York.
        Assert.Equal([Utc("2026-03-10T07:00:00Z"), Utc("2026-03-06T20:00:00Z")], await DueAsync(sendOut.Id));
        var waits = Assert.Single(check.Problems, p => p.Code == "waitsForHours");
        Assert.Equal((1, "Mails that wait for the sending hours where their recipients live: 1. The first leaves on 2026-03-10 at 07:00 UTC, the last on 2026-03-10 at 07:00 UTC."), (waits.Count, waits.Message));
    }

    [DatabaseFact]
    public async Task AQuietDay_LeavesTheTimeOfDayAsItIs()
    {
        SetClock("2026-03-07T06:00:00Z");
        var sendOut = await DraftAsync(
            new() { Timing = SendOutTiming.RecipientLocalTime, LocalTimeOfDay = new TimeOnly(10, 0), WindowFrom = new TimeOnly(8, 0), QuietDays = new List<string> { "saturday", "2026-03-08" } },
            await RecipientAsync("Paris", "Europe/Paris"));

        await ScheduleAsync(sendOut.Id);

        Assert.Equal([Utc("2026-03-09T09:00:00Z")], await DueAsync(sendOut.Id));
    }

    [DatabaseFact]
    public async Task ARetry_WaitsForTheWindowToo()
    {
        SetClock("2026-03-02T16:59:30Z");
        var sendOut = await DraftAsync(new() { WindowFrom = new TimeOnly(8, 0), WindowUntil = new TimeOnly(18, 0) }, await RecipientAsync("Paris", "Europe/Paris"));
        await ScheduleAsync(sendOut.Id);
        Answer = _ => new DeliveryAnswer(DeliveryOutcome.Deferred, "450 later", 450);
        await SendDueAsync();
        Answer = _ => null;

        SetClock("2026-03-02T20:00:00Z");
        await SendDueAsync();
        var late = (Left.Count, (await DueAsync(sendOut.Id)).Single());
        SetClock("2026-03-03T07:00:00Z");
        await SendDueAsync();

        Assert.Equal((0, Utc("2026-03-03T07:00:00Z")), late);
        Assert.Single(Left);
    }

    [DatabaseFact]
    public async Task AnyTime_WaitsForNothing()
    {
        SetClock("2026-03-07T02:00:00Z");
        var sendOut = await DraftAsync(new() { WindowFrom = new TimeOnly(8, 0), QuietDays = new List<string> { "saturday" }, AnyTime = true }, await RecipientAsync("Paris", "Europe/Paris"));

        await ScheduleAsync(sendOut.Id);
        await SendDueAsync();

        Assert.Single(Left);
    }

    [DatabaseFact]
    public async Task WhoIsAway_IsSkipped_OrWaitedFor()
    {
        SetClock("2026-03-02T09:00:00Z");
        var ana = await RecipientAsync("Ana", "Europe/Paris");
        await AwayAsync(ana, Utc("2026-03-09T00:00:00Z"));
        var (skips, waits) = (await DraftAsync(new(), ana), await DraftAsync(new() { WhenAway = AwayRule.Wait, WindowFrom = new TimeOnly(9, 0) }, ana));

        var check = await CheckAsync(waits.Id);
        await ScheduleAsync(skips.Id);
        await ScheduleAsync(waits.Id);

        Assert.Equal(SkipReason.Away, (await MessagesAsync(skips.Id)).Single().SkipReason);
        Assert.Equal([Utc("2026-03-09T08:00:00Z")], await DueAsync(waits.Id));
        Assert.Contains(check.Problems, p => p.Code == "waitsForReturn");
    }

    [DatabaseFact]
    public async Task WhoGoesAwayAfterScheduling_IsSkipped_OrWaitedFor()
    {
        var (ana, bea) = (await RecipientAsync("Ana"), await RecipientAsync("Bea"));
        var (skips, waits) = (await DraftAsync(new(), ana), await DraftAsync(new() { WhenAway = AwayRule.Wait }, bea));
        await ScheduleAsync(skips.Id);
        await ScheduleAsync(waits.Id);
        await AwayAsync(ana, Now.AddDays(2));
        await AwayAsync(bea, Now.AddDays(2));

        await SendDueAsync();
        var away = Left.Count;
        Database.Clock.Advance(TimeSpan.FromDays(3));
        await SendDueAsync();

        Assert.Equal(0, away);
        Assert.Equal("Bea@example.org", Assert.Single(Left).ToAddress);
        Assert.Equal(SkipReason.Away, (await MessagesAsync(skips.Id)).Single().SkipReason);
    }

    [DatabaseFact]
    public async Task Rescheduling_HoldsTheRulesAgain()
    {
        SetClock("2026-03-02T09:00:00Z");
        var sendOut = await DraftAsync(new() { WindowFrom = new TimeOnly(8, 0), WindowUntil = new TimeOnly(18, 0) }, await RecipientAsync("Paris", "Europe/Paris"));
        await ScheduleAsync(sendOut.Id, "2026-03-02T10:00:00Z");

        await RunAsync<RescheduleSendOut, SendOut>(r => r.ExecuteAsync(sendOut.Id, new() { At = Utc("2026-03-02T21:00:00Z") }, Ct));

        Assert.Equal([Utc("2026-03-03T07:00:00Z")], await DueAsync(sendOut.Id));
    }

    [DatabaseFact]
    public async Task WhatWasClaimedBeforeARescheduling_WaitsForItsNewTime()
    {
        SetClock("2026-03-02T09:00:00Z");
        var sendOut = await DraftAsync(
            new() { Timing = SendOutTiming.RecipientLocalTime, LocalTimeOfDay = new TimeOnly(10, 0) }, await RecipientAsync("Ana", "Europe/Paris"), await RecipientAsync("Bea", "Europe/Paris"));
        await ScheduleAsync(sendOut.Id);

        // While the first mail is on its way, with the second claimed, ten o'clock passes and the send-out is under way anew.
        OnMail = async _ =>
        {
            Database.Clock.Advance(TimeSpan.FromSeconds(1));
            await RunAsync<PauseSendOut, SendOut>(p => p.ExecuteAsync(sendOut.Id, new(), Ct));
            await RunAsync<RescheduleSendOut, SendOut>(r => r.ExecuteAsync(sendOut.Id, new(), Ct));
            await RunAsync<Core.SendOuts.Dispatch.TendSendOuts, bool>(async t =>
            {
                await t.ExecuteAsync(Ct);
                return true;
            });
        };
        await SendDueAsync();

        Assert.Single(Left);
        var waiting = Assert.Single(await MessagesAsync(sendOut.Id), m => m.Status == MessageStatus.Queued);
        Assert.Equal((Utc("2026-03-03T09:00:00Z"), 0), (waiting.DueAt, waiting.Attempts));
    }

    [DatabaseFact]
    public async Task ATimeInThePast_IsRefused()
    {
        var sendOut = await DraftAsync(new(), await RecipientAsync("Ana"));

        var schedule = await Assert.ThrowsAsync<RuleViolation>(() => ScheduleAsync(sendOut.Id, "2026-03-02T08:58:59Z"));
        await ScheduleAsync(sendOut.Id, "2026-03-02T09:00:00Z");
        var reschedule = await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<RescheduleSendOut, SendOut>(r => r.ExecuteAsync(sendOut.Id, new() { At = Utc("2026-03-02T08:58:59Z") }, Ct)));

        Assert.Equal(("inThePast", "inThePast"), (schedule.Code, reschedule.Code));
    }

    [Fact]
    public async Task AWindowThatIsNone_IsRefused()
    {
        foreach (var (changes, code) in new (SendOutChanges, string)[]
        {
            (new() { WindowFrom = new TimeOnly(18, 0), WindowUntil = new TimeOnly(8, 0) }, "outOfRange"),
            (new() { QuietDays = new List<string> { "someday" } }, "invalidDay"),
            (new() { QuietDays = new List<string> { "3" } }, "invalidDay"),
            (new() { QuietDays = new List<string> { "02-30" } }, "invalidDay"),
            (new() { QuietDays = new List<string>(Enum.GetNames<DayOfWeek>()) }, "outOfRange"),
        })
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolation>(() => CreateAsync(changes))).Code);
        }
    }

    private Task AwayAsync(int person, DateTime until) =>
        WriteAsync(async db => (await db.Influencers.FirstAsync(i => i.Id == person, Ct)).Apply(new InfluencerChanges { AwayUntil = until }));
}
