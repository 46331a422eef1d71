using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
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
    private int _story;

    [DatabaseFact]
    public async Task NoPath_SendsContentWithoutAgreement()
    {
        var (told, held) = (0, 0);
        for (var seed = 1; seed <= 4; seed++)
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

    [Fact]
    public async Task ATeaser_MustNotShowTheStory_AlsoBeforeItsDateIsSet()
    {
        await BeginAsync(0);
        await WriteAsync(async db => (await db.Stories.FirstAsync(s => s.Id == _story, Ct)).Apply(new StoryChanges { EmbargoUntil = (DateTime?)null }));
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
        _story = (await admin.CreateAsync<Story, StoryChanges>(new() { Title = "News", Status = StoryStatus.Approved, EmbargoUntil = Now.AddDays(20) }, Ct)).Id;
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
                Accepted = scope.Db.EmbargoAgreements.Any(a => a.StoryId == m.SendOut.StoryId && a.InfluencerId == m.InfluencerId && a.Status == EmbargoStatus.Accepted),
            }).SingleAsync(Ct);
        if (!mail.TextBody.Contains(Secret, StringComparison.Ordinal) || !(row.EmbargoUntil > now || (row.Purpose == SendOutPurpose.EmbargoContent && row.EmbargoUntil is null)))
        {
            return 0;
        }

        Assert.True(row.Accepted, $"A {row.Purpose} told {mail.ToAddress}, who has not accepted the embargo.");
        return 1;
    }

    /// <summary>One act of the many that a team does; what the product refuses is as good as not done.</summary>
    private async Task ActAsync(Random chance)
    {
        try
        {
            await (chance.Next(10) switch
            {
                0 or 1 or 2 => WriteSendOutAsync(chance),
                3 or 4 => AgreeAsync(_people[chance.Next(_people.Count)], Enum.GetValues<EmbargoStatus>()[chance.Next(4)]),
                5 => MoveEmbargoAsync(chance.Next(4) == 0 ? null : Now.AddDays(chance.Next(-1, 15))),
                6 => WithSendOutAsync(chance, id => RunAsync<RescheduleSendOut, SendOut>(r => r.ExecuteAsync(id, new() { At = Now.AddHours(chance.Next(48)) }, Ct))),
                7 => WithSendOutAsync(chance, id => chance.Next(2) == 0
                    ? RunAsync<PauseSendOut, SendOut>(p => p.ExecuteAsync(id, new(), Ct))
                    : RunAsync<ResumeSendOut, SendOut>(r => r.ExecuteAsync(id, Ct))),
                8 => WithSendOutAsync(chance, SendAgainAsync),
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

    private Task MoveEmbargoAsync(DateTime? until) =>
        WriteAsync(async db => (await db.Stories.FirstAsync(s => s.Id == _story, Ct)).Apply(new StoryChanges { EmbargoUntil = until }));

    private Task AgreeAsync(int person, EmbargoStatus status) => WriteAsync(async db =>
    {
        if (await db.EmbargoAgreements.FirstOrDefaultAsync(a => a.StoryId == _story && a.InfluencerId == person, Ct) is { } agreement)
        {
            agreement.Apply(new EmbargoAgreementChanges { Status = status });
        }
        else
        {
            db.Add(new EmbargoAgreement(_story, person, status));
        }
    });

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
