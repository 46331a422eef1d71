using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>One reminder, in the same thread, to those who were silent.</summary>
public sealed class FollowUpTests : EngineTest
{
    private int _story;

    [DatabaseFact]
    public async Task AFollowUp_LeavesThreeDaysLater_InTheSameThread()
    {
        var first = await SentToAsync(await RecipientAsync("Ana"));
        var followUp = await FollowUpAsync(first);

        await ScheduleAsync(followUp);
        Database.Clock.Advance(TimeSpan.FromDays(2.9));
        await SendDueAsync();
        var early = Left.Count;
        Database.Clock.Advance(TimeSpan.FromDays(0.2));
        await SendDueAsync();

        Assert.Equal((1, 2), (early, Left.Count));
        Assert.Equal("Re: News", Left[1].Subject);
        Assert.Equal(Left[0].InternetMessageId, Left[1].InReplyTo);
        Assert.Equal([Left[0].InternetMessageId], Left[1].References);
        Assert.NotEqual(Left[0].InternetMessageId, Left[1].InternetMessageId);
    }

    [DatabaseFact]
    public async Task WhoHasAnswered_IsLeftOut_ByPlanningAndByTheGate()
    {
        var people = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            people.Add(await RecipientAsync($"Person{i}"));
        }

        var first = await SentToAsync([.. people]);
        var (before, after) = (await FollowUpAsync(first), await FollowUpAsync(first, "Later"));
        await ScheduleAsync(before);
        await AnswerAsync(people);

        await ScheduleAsync(after, overrideReason: "A test of planning");
        Database.Clock.Advance(TimeSpan.FromDays(4));
        await SendDueAsync();

        SkipReason?[] expected = [.. Enumerable.Repeat<SkipReason?>(SkipReason.Answered, 6), null, null, SkipReason.Answered, SkipReason.Answered];
        Assert.Equal(expected, (await MessagesAsync(after)).Select(m => m.SkipReason));
        Assert.Equal(expected, (await MessagesAsync(before)).Select(m => m.SkipReason));
        Assert.Equal(10 + 4, Left.Count);
    }

    [DatabaseFact]
    public async Task ASecondFollowUp_TakesAReason()
    {
        var first = await SentToAsync(await RecipientAsync("Ana"));
        await ScheduleAsync(await FollowUpAsync(first));
        var (second, insisted) = (await FollowUpAsync(first, "Again"), await FollowUpAsync(first, "Once more"));

        var check = await CheckAsync(second);
        await ScheduleAsync(second);
        await ScheduleAsync(insisted, overrideReason: "She asked for it");

        Assert.Equal(1, check.Problems.Count(p => p.Code == "secondFollowUp"));
        Assert.Equal(SkipReason.ContactPressure, (await MessagesAsync(second)).Single().SkipReason);
        Assert.Equal(MessageStatus.Queued, (await MessagesAsync(insisted)).Single().Status);
    }

    [DatabaseFact]
    public async Task AFollowUpOfAFollowUp_NamesTheWholeThread()
    {
        var first = await SentToAsync(await RecipientAsync("Ana"));
        var second = await FollowUpAsync(first);
        await ScheduleAsync(second);
        Database.Clock.Advance(TimeSpan.FromDays(4));
        await SendDueAsync();
        var third = await FollowUpAsync(second, "Again");

        await ScheduleAsync(third, overrideReason: "She asked for it");
        Database.Clock.Advance(TimeSpan.FromDays(4));
        await SendDueAsync();

        Assert.Equal([Left[0].InternetMessageId, Left[1].InternetMessageId], Left[2].References);
        Assert.Equal("Re: News", Left[2].Subject);
    }

    [Fact]
    public async Task ItIsRefused_BeforeThreeDays_AndOfWhatReachedNobody()
    {
        var first = await DraftAsync(new(), await RecipientAsync("Ana"));
        var followUp = await FollowUpAsync(first.Id);

        var soon = await Assert.ThrowsAsync<RuleViolation>(() => CreateAsync(new() { Purpose = SendOutPurpose.FollowUp, FollowUpOfId = first.Id, FollowUpAfterDays = 2 }));
        var nobody = await Assert.ThrowsAsync<RuleViolation>(() => ScheduleAsync(followUp));

        Assert.Equal(("outOfRange", "followUpAfterDays"), (soon.Code, soon.Target));
        Assert.Contains(nobody.Details, d => d.Code == "nobodyReached");
    }

    /// <summary>The first six answer, each in another way; the seventh was only written to by hand, the eighth has news of another client.</summary>
    private async Task AnswerAsync(List<int> people)
    {
        var other = await ClientAsync();
        var at = Now;
        await Database.AddAsync(Entry(people[0], new() { Kind = InteractionKind.Reply, Direction = InteractionDirection.Inbound }), Ct);
        var meeting = Entry(people[1], new() { Kind = InteractionKind.Meeting });
        meeting.Participants.Add(new InteractionParticipant(people[8], null));
        await Database.AddAsync(meeting, Ct);
        await Database.AddAsync(Entry(people[2], new() { Kind = InteractionKind.Call, Outcome = InteractionOutcome.Declined }), Ct);
        await Database.AddAsync(CoveragePiece.Create(new() { Title = "They did it", InfluencerId = people[3], StoryId = _story, PublishedAt = at }), Ct);
        await Database.AddAsync(new EmbargoAgreement(_story, people[4], EmbargoStatus.Refused), Ct);
        await WriteAsync(db => db.Messages.Where(m => m.InfluencerId == people[5] && m.RepliedAt == null && m.SentAt != null).UpdateRowsAsync(at, set => set.SetProperty(m => m.RepliedAt, at), Ct));
        await Database.AddAsync(Entry(people[6], new() { Kind = InteractionKind.Email }), Ct);
        await Database.AddAsync(Entry(people[7], new() { Kind = InteractionKind.Meeting }).About(other, null, null, null, null), Ct);
        var request = new PressRequest("What does it weigh?", at);
        request.BelongTo(people[9]);
        await Database.AddAsync(request, Ct);
    }

    private Interaction Entry(int person, InteractionChanges changes) =>
        Interaction.Create(changes with { InfluencerId = person, Status = InteractionStatus.Done, OccurredAt = Now });

    /// <summary>A pitch that has left.</summary>
    private async Task<int> SentToAsync(params int[] people)
    {
        _story = (await Database.AddAsync(new Story("Spring", StoryKind.Pitch), Ct)).Id;
        var sendOut = await DraftAsync(new() { StoryId = _story }, people);
        await ScheduleAsync(sendOut.Id);
        await SendDueAsync();
        Assert.Equal(people.Length, Left.Count);
        return sendOut.Id;
    }

    private async Task<int> FollowUpAsync(int of, string name = "Reminder") =>
        (await CreateAsync(new() { Name = name, Purpose = SendOutPurpose.FollowUp, FollowUpOfId = of, SubjectTemplate = "" })).Id;
}
