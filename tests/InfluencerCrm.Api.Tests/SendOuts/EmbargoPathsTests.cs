using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>
/// Whatever a team does, in whatever order and by whatever path, what a story says under embargo reaches a mail server only for who has
/// accepted the embargo. The acts come from a seed, which a failure names.
/// </summary>
public sealed class EmbargoPathsTests
{
    private const int Steps = 80;

    private static readonly string[] Purposes = ["pitch", "release", "invitation", "statement", "embargoTeaser", "embargoContent", "embargoContent", "embargoTeaser"];

    private static readonly string[] Answers = ["asked", "accepted", "accepted", "refused", "broken"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task NoPath_BringsTheStoryToWhoHasNotAccepted()
    {
        var done = new Dictionary<string, int>(StringComparer.Ordinal);
        var (told, held, answered) = (0, 0, 0);
        for (var seed = 1; seed <= 4; seed++)
        {
            await using var stage = await EmbargoStage.StartAsync(seed);
            for (var step = 0; step < Steps; step++)
            {
                var (name, act) = Acts[stage.Chance.Next(Acts.Length)];
                var before = stage.Succeeded;
                await act(stage);
                done[name] = done.GetValueOrDefault(name) + (stage.Succeeded > before ? 1 : 0);
            }

            await stage.SendAsync(TimeSpan.FromHours(1));
            told += stage.ToldUnderEmbargo;
            answered += stage.Answered;
            held += await stage.HeldBackAsync();
        }

        // Else the acts never came to where they could have gone wrong.
        Assert.True(told > 0, "Nobody was ever told under embargo.");
        Assert.True(held > 0, "Nobody was ever held back.");
        Assert.True(answered > 0, "Nobody ever answered on the page.");
        Assert.All(Acts, a => Assert.True(done.GetValueOrDefault(a.Name) > 0, $"{a.Name} never succeeded."));
    }

    private static readonly (string Name, Func<EmbargoStage, Task> Act)[] Acts =
    [
        ("write", WriteAsync),
        ("write again", WriteAsync),
        ("schedule a draft", ScheduleDraftAsync),
        ("follow up", s => GoOnAsync(s, "followUp")),
        ("correct", CorrectAsync),
        ("answer on the page", AnswerOnPageAsync),
        ("agreement by hand", s => s.AgreeAsync(s.Person(), Answers[s.Chance.Next(Answers.Length)], anew: false)),
        ("agreement anew", s => s.AgreeAsync(s.Person(), "accepted", anew: true)),
        ("agreement gone", s => s.ForgetAsync(s.Person())),
        ("move the embargo", s => s.MoveAsync(s.Ends[s.Chance.Next(s.Ends.Count)])),
        ("reschedule", s => s.WithSendOutAsync(id => s.TryAsync(HttpMethod.Post, $"sendOuts({id})/reschedule", new { at = s.At(s.Chance.Next(48)) }), SendOutStatus.Scheduled, SendOutStatus.Paused)),
        ("pause", s => s.WithSendOutAsync(id => s.TryAsync(HttpMethod.Post, $"sendOuts({id})/pause", new { reason = "A test" }), SendOutStatus.Scheduled, SendOutStatus.Sending)),
        ("resume", s => s.WithSendOutAsync(id => s.TryAsync(HttpMethod.Post, $"sendOuts({id})/resume", null), SendOutStatus.Paused)),
        ("send again", s => s.SendAgainAsync()),
        ("send to added", s => s.WithSendOutAsync(s.SendToAddedAsync, SendOutStatus.Scheduled, SendOutStatus.Sending, SendOutStatus.Completed)),
        ("change a send-out", s => s.WithSendOutAsync(id => s.TryAsync(HttpMethod.Patch, $"sendOuts({id})", new { purpose = Purposes[s.Chance.Next(Purposes.Length)] }), SendOutStatus.Draft)),
        ("import", ImportAsync),
        ("change a person", s => s.TryAsync(HttpMethod.Patch, $"influencers({s.Person()})", new { acceptsEmbargo = true, email = $"p{s.Chance.Next(1000)}-new@example.org" })),
        ("time passes", s => s.SendAsync(TimeSpan.FromHours(s.Chance.Next(60)))),
        ("some time passes", s => s.SendAsync(TimeSpan.FromMinutes(s.Chance.Next(60)))),
    ];

    private static Task WriteAsync(EmbargoStage stage) => WriteAsync(stage, Purposes[stage.Chance.Next(Purposes.Length)], stage.Chance.Next(4) > 0);

    private static async Task WriteAsync(EmbargoStage stage, string purpose, bool schedule)
    {
        var teaser = purpose == "embargoTeaser";
        var list = (await stage.TryAsync(HttpMethod.Post, "mediaLists", new { name = "List" }))!["id"]!.GetValue<int>();
        await stage.TryAsync(HttpMethod.Post, $"mediaLists({list})/addMembers", new { influencerIds = stage.People.Where(_ => stage.Chance.Next(3) > 0).Append(stage.Person()).Distinct() });
        var written = await stage.TryAsync(HttpMethod.Post, "sendOuts", new
        {
            name = "A send-out",
            mediaListId = list,
            storyId = stage.Story,
            purpose,
            subjectTemplate = "News",

            // Now and then a teaser that would tell: it must not come through.
            bodyTemplate = teaser && stage.Chance.Next(4) > 0 ? "Something is coming: {{ embargo.link }}" : "{{ story.body }}",
        });
        await stage.AddAsync(written, schedule);
    }

    private static Task GoOnAsync(EmbargoStage stage, string purpose) => stage.WithSendOutAsync(async id =>
        await stage.AddAsync(await stage.TryAsync(HttpMethod.Post, "sendOuts", new { name = "Goes on", purpose, followUpOfId = id, bodyTemplate = $"As we said: {EmbargoStage.Secret}" }), schedule: true), SendOutStatus.Completed, SendOutStatus.Sending);

    private static Task CorrectAsync(EmbargoStage stage) => stage.WithSendOutAsync(async id =>
        await stage.AddAsync(await stage.TryAsync(HttpMethod.Post, $"sendOuts({id})/correct", new { bodyTemplate = $"Wrong was: {EmbargoStage.Secret}" }), schedule: true), SendOutStatus.Completed, SendOutStatus.Sending);

    private static Task ScheduleDraftAsync(EmbargoStage stage) => stage.WithSendOutAsync(id => stage.ScheduleAsync(id), SendOutStatus.Draft);

    private static async Task AnswerOnPageAsync(EmbargoStage stage)
    {
        // A link that is about to lose its meaning, or one that just came.
        if (stage.Links.Count == 0 || stage.Chance.Next(3) > 0)
        {
            await WriteAsync(stage, "embargoTeaser", schedule: true);
            await stage.SendAsync(TimeSpan.FromHours(1));
        }

        if (stage.Links.Count > 0)
        {
            await stage.AnswerAsync(stage.Links[^stage.Chance.Next(1, Math.Min(4, stage.Links.Count + 1))], stage.Chance.Next(4) == 0 ? "decline" : "accept");
        }
    }

    private static async Task ImportAsync(EmbargoStage stage)
    {
        var index = stage.Chance.Next(stage.People.Count);
        await stage.ImportAsync($"name,email,city\nP{index} Martin,{EmbargoStage.AddressOf(index)},Town {stage.Chance.Next(1000)}\n");
    }
}
