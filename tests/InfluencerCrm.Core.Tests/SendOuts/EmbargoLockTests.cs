using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>Whatever is done in whatever order: what a story says under embargo leaves only to who has accepted the embargo.</summary>
public sealed class EmbargoLockTests : EngineTest
{
    private const string Secret = "They merge.";

    private readonly List<int> _people = [];
    private readonly List<int> _sendOuts = [];

    /// <summary>Until when somebody said that a person accepts, as the acts went; not what the product made of it.</summary>
    private readonly Dictionary<int, DateTime?> _accepted = [];

    private DateTime? _until;
    private int _story;

    [DatabaseFact]
    public async Task NoPath_SendsContentWithoutAgreement()
    {
        var (told, held) = (0, 0);
        for (var seed = 1; seed <= 6; seed++)
        {
            var chance = new Random(seed);
            await BeginAsync(seed);
            OnMail = async mail => told += await RequireAllowedAsync(mail);
            Answer = _ => chance.Next(5) switch
            {
                0 => new DeliveryAnswer(DeliveryOutcome.Deferred, "450 later", 450),
                1 => new DeliveryAnswer(DeliveryOutcome.Unconfirmed, "The connection was lost"),
                _ => null,
            };
            for (var step = 0; step < 40; step++)
            {
                await ActAsync(chance);
            }

            foreach (var sendOut in _sendOuts)
            {
                held += (await MessagesAsync(sendOut)).Count(m => m.SkipReason == SkipReason.Embargo);
            }
        }

        // Else the acts never came to where they could have gone wrong.
        Assert.True(told > 0, "Nobody was ever told.");
        Assert.True(held > 0, "Nobody was ever held back.");
    }

    [DatabaseFact]
    public async Task AnAgreementThatIsBrokenAfterScheduling_HoldsTheMailBack()
    {
        await BeginAsync(0);
        await AgreeAsync(_people[0], EmbargoStatus.Accepted);
        await AgreeAsync(_people[1], EmbargoStatus.Accepted);
        var sendOut = await DraftAsync(new() { StoryId = _story, Purpose = SendOutPurpose.EmbargoContent, BodyTemplate = "{{ story.body }}" }, _people[0], _people[1]);
        await ScheduleAsync(sendOut.Id);
        await AgreeAsync(_people[1], EmbargoStatus.Broken);

        await SendDueAsync();

        Assert.Equal([null, SkipReason.Embargo], (await MessagesAsync(sendOut.Id)).Select(m => m.SkipReason));
        Assert.Contains(Secret, Assert.Single(Left).TextBody, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task AnAgreement_CoversAnEarlierEndOrNone_ButNoLaterOne()
    {
        var round = 0;
        foreach (var (moved, covered) in new (TimeSpan?, bool)[] { (TimeSpan.Zero, true), (TimeSpan.FromSeconds(1), false), (TimeSpan.FromDays(-15), true), (null, true) })
        {
            await BeginAsync(round++);
            var until = _until + moved;
            await AgreeAsync(_people[0], EmbargoStatus.Accepted);
            var sendOut = await DraftAsync(new() { StoryId = _story, Purpose = SendOutPurpose.EmbargoContent, BodyTemplate = "{{ story.body }}" }, _people[0]);
            await ScheduleAsync(sendOut.Id);
            await MoveEmbargoAsync(until);

            await SendDueAsync();

            Assert.Equal(covered ? null : SkipReason.Embargo, Assert.Single(await MessagesAsync(sendOut.Id)).SkipReason);
        }
    }

    [Fact]
    public async Task AnAgreementOfAnEarlierEnd_IsNone_ForPlanningAndForAnotherTime()
    {
        await BeginAsync(0);
        await AgreeAsync(_people[0], EmbargoStatus.Accepted);
        await AgreeAsync(_people[1], EmbargoStatus.Accepted);
        var waits = await DraftAsync(new() { StoryId = _story, Purpose = SendOutPurpose.EmbargoContent, BodyTemplate = "{{ story.body }}" }, _people[0]);
        await ScheduleAsync(waits.Id, "2031-01-01T09:00:00Z");
        await MoveEmbargoAsync(Now.AddDays(30));
        await AcceptAnewAsync(_people[1]);
        var sendOut = await DraftAsync(new() { StoryId = _story, Purpose = SendOutPurpose.EmbargoContent, BodyTemplate = "{{ story.body }}" }, [.. _people]);

        var check = await CheckAsync(sendOut.Id);
        var refused = await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<RescheduleSendOut, SendOut>(r => r.ExecuteAsync(waits.Id, new() { At = Now.AddDays(1) }, Ct)));
        await ScheduleAsync(sendOut.Id);

        var warning = Assert.Single(check.Problems, p => p.Code == "embargoMoved");
        Assert.Equal((ProblemSeverity.Warning, 1, "storyId"), (warning.Severity, warning.Count, warning.Target));
        Assert.StartsWith("1 of 4 accepted the embargo until an earlier time than it has now", warning.Message, StringComparison.Ordinal);
        Assert.Equal("embargo", refused.Code);
        Assert.Equal([SkipReason.Embargo, null, SkipReason.Embargo, SkipReason.Embargo], (await MessagesAsync(sendOut.Id)).Select(m => m.SkipReason));
    }

    [Fact]
    public async Task ATeaser_MustNotShowTheStory_AlsoBeforeItsDateIsSet()
    {
        await BeginAsync(0);
        await MoveEmbargoAsync(null);
        var teaser = await DraftAsync(new() { StoryId = _story, Purpose = SendOutPurpose.EmbargoTeaser, BodyTemplate = "{{ story.body }}" }, _people[0]);

        var refused = await Assert.ThrowsAsync<RuleViolation>(() => ScheduleAsync(teaser.Id));

        Assert.Contains(refused.Details, d => d.Code == "teaserTells");
    }

    [Fact]
    public async Task AFollowUp_IsBoundByTheEmbargoOfTheStoryItGoesOnFrom()
    {
        await BeginAsync(0);
        var teaser = await DraftAsync(new() { StoryId = _story, Purpose = SendOutPurpose.EmbargoTeaser, BodyTemplate = "Something is coming." }, _people[0]);
        await ScheduleAsync(teaser.Id);
        await SendDueAsync();

        var followUp = await CreateAsync(new() { Purpose = SendOutPurpose.FollowUp, FollowUpOfId = teaser.Id, BodyTemplate = Secret });
        await ScheduleAsync(followUp.Id);

        Assert.Equal(_story, followUp.StoryId);
        Assert.Equal(SkipReason.Embargo, (await MessagesAsync(followUp.Id)).Single().SkipReason);
    }

    private async Task BeginAsync(int round)
    {
        _people.Clear();
        _sendOuts.Clear();
        for (var i = 0; i < 4; i++)
        {
            _people.Add(await RecipientAsync($"P{round}-{i}"));
        }

        await using var admin = Database.As(Actors.Admin);
        _story = (await admin.CreateAsync<Story, StoryChanges>(new() { Title = "News", Status = StoryStatus.Approved, EmbargoUntil = _until = Now.AddDays(20) }, Ct)).Id;
        admin.Db.Add(StoryVersion(_story));
        await admin.Db.SaveChangesAsync(Ct);
    }

    private static StoryVersion StoryVersion(int story)
    {
        var version = Core.Stories.StoryVersion.Create(new() { Language = "en", Title = "News", Body = Secret });
        version.AttachTo(story);
        return version;
    }

    /// <returns>1 where the mail tells the secret while it is one.</returns>
    private async Task<int> RequireAllowedAsync(OutgoingMail mail)
    {
        await using var scope = Database.As(Actor.System);
        var now = Now;
        var row = await scope.Db.Messages.Where(m => m.InternetMessageId == mail.InternetMessageId)
            .Select(m => new
            {
                m.SendOut!.Purpose,
                m.SendOut.Story!.EmbargoUntil,
                m.InfluencerId,
            }).SingleAsync(Ct);
        if (!mail.TextBody.Contains(Secret, StringComparison.Ordinal) || !(row.EmbargoUntil > now || (row.Purpose == SendOutPurpose.EmbargoContent && row.EmbargoUntil is null)))
        {
            return 0;
        }

        Assert.True(
            _accepted.TryGetValue(row.InfluencerId!.Value, out var until) && (row.EmbargoUntil is null || until >= row.EmbargoUntil),
            $"A {row.Purpose} told {mail.ToAddress}, who has not accepted the embargo until {row.EmbargoUntil:u}.");
        return 1;
    }

    /// <summary>One act of the many that a team does; what the product refuses is as good as not done.</summary>
    private async Task ActAsync(Random chance)
    {
        try
        {
            await (chance.Next(12) switch
            {
                0 or 1 or 2 => WriteSendOutAsync(chance),
                3 or 4 => AgreeAsync(_people[chance.Next(_people.Count)], Enum.GetValues<EmbargoStatus>()[chance.Next(4)]),
                5 => MoveEmbargoAsync(chance.Next(4) == 0 ? null : Now.AddDays(chance.Next(-1, 15))),
                6 => MoveEmbargoAsync((_until ?? Now).AddDays(chance.Next(1, 10))),
                7 => WithSendOutAsync(chance, id => RunAsync<RescheduleSendOut, SendOut>(r => r.ExecuteAsync(id, new() { At = Now.AddHours(chance.Next(48)) }, Ct))),
                8 => WithSendOutAsync(chance, id => chance.Next(2) == 0
                    ? RunAsync<PauseSendOut, SendOut>(p => p.ExecuteAsync(id, new(), Ct))
                    : RunAsync<ResumeSendOut, SendOut>(r => r.ExecuteAsync(id, Ct))),
                9 => WithSendOutAsync(chance, SendAgainAsync),
                10 => AcceptAnewAsync(_people[chance.Next(_people.Count)]),
                _ => SendLaterAsync(chance),
            });
        }
        catch (CrmError)
        {
        }
    }

    private async Task WriteSendOutAsync(Random chance)
    {
        var purpose = Enum.GetValues<SendOutPurpose>()[chance.Next(Enum.GetValues<SendOutPurpose>().Length)];
        var draft = await DraftAsync(
            new()
            {
                StoryId = chance.Next(4) == 0 && purpose is SendOutPurpose.FollowUp ? null : _story,
                Purpose = purpose,
                FollowUpOfId = purpose is SendOutPurpose.FollowUp or SendOutPurpose.Correction && _sendOuts.Count > 0 ? _sendOuts[chance.Next(_sendOuts.Count)] : null,
                BodyTemplate = purpose == SendOutPurpose.EmbargoTeaser && chance.Next(3) > 0 ? "Something is coming." : "{{ story.body }}",
            },
            [.. _people.Where(_ => chance.Next(3) > 0)]);
        await ScheduleAsync(draft.Id, overrideReason: "A test of the embargo");
        _sendOuts.Add(draft.Id);
    }

    private async Task SendLaterAsync(Random chance)
    {
        Database.Clock.Advance(TimeSpan.FromHours(chance.Next(60)));
        await SendDueAsync();
    }

    private async Task MoveEmbargoAsync(DateTime? until)
    {
        await using var admin = Database.As(Actors.Admin);
        await admin.ChangeAsync<Story, StoryChanges>(_story, new() { EmbargoUntil = until }, Ct);
        _until = until;
    }

    private Task AgreeAsync(int person, EmbargoStatus status) => AgreeAsync(person, new EmbargoAgreementChanges { StoryId = _story, InfluencerId = person, Status = status });

    private Task AcceptAnewAsync(int person) =>
        AgreeAsync(person, new EmbargoAgreementChanges { StoryId = _story, InfluencerId = person, Status = EmbargoStatus.Accepted, AcceptedUntil = (DateTime?)null });

    private async Task AgreeAsync(int person, EmbargoAgreementChanges changes)
    {
        await using var admin = Database.As(Actors.Admin);
        await (await admin.Db.EmbargoAgreements.Where(a => a.StoryId == _story && a.InfluencerId == person).Select(a => (int?)a.Id).FirstOrDefaultAsync(Ct) is { } agreement
            ? admin.ChangeAsync<EmbargoAgreement, EmbargoAgreementChanges>(agreement, changes, Ct)
            : admin.CreateAsync<EmbargoAgreement, EmbargoAgreementChanges>(changes, Ct));
        if (changes.Status.Value != EmbargoStatus.Accepted)
        {
            _accepted.Remove(person);
        }
        else if (changes.AcceptedUntil.IsSet || !_accepted.ContainsKey(person))
        {
            _accepted[person] = _until;
        }
    }

    /// <summary>As a person does who takes the risk of a second copy.</summary>
    private async Task<SendOut> SendAgainAsync(int sendOut)
    {
        await WriteAsync(async db =>
        {
            foreach (var message in await db.Messages.Include(m => m.SendOut).Where(m => m.SendOutId == sendOut && m.Status == MessageStatus.Unconfirmed).ToListAsync(Ct))
            {
                message.SendAgain(Now);
                if (message.SendOut!.Status == SendOutStatus.Completed)
                {
                    message.SendOut.Extend();
                }
            }
        });
        return null!;
    }

    private Task WithSendOutAsync(Random chance, Func<int, Task<SendOut>> act) => _sendOuts.Count == 0 ? Task.CompletedTask : act(_sendOuts[chance.Next(_sendOuts.Count)]);
}
