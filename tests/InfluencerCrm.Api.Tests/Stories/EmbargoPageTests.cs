using System.Text.RegularExpressions;
using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.Stories;

/// <summary>A teaser is delivered, its link shows what is to be agreed to, and the answer decides who is sent the content.</summary>
public sealed partial class EmbargoPageTests : SendOutTest
{
    private const string Secret = "It <b>lasts</b> a year.";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private SmtpSink _sink = null!;
    private int _person;
    private int _story;

    protected override TimeProvider? Clock => _clock;

    protected override IReadOnlyDictionary<string, string?> Settings => DispatchStage.Smtp(_sink.Port);

    private DateTime Until => _clock.GetUtcNow().UtcDateTime.AddDays(3);

    protected override async ValueTask BeforeStartAsync() => _sink = await SmtpSink.StartAsync(Ct);

    protected override ValueTask AfterEndAsync() => _sink.DisposeAsync();

    [DatabaseFact]
    public async Task WhoAcceptsOnThePage_IsSentTheContent_AndTheEvidenceIsKept()
    {
        var link = await TeaserAsync();

        using var looked = await App.Anonymous.GetAsync(link, Ct);
        var page = await looked.Content.ReadAsStringAsync(Ct);
        var before = await AgreementsAsync();
        using var accepted = await AnswerAsync(link, "accept", " Zoé Martin ");
        using var again = await AnswerAsync(link, "accept", "Somebody else");
        var content = await ContentAsync();

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], new[] { looked, accepted, again }.Select(a => a.StatusCode));
        Assert.Contains("Something is coming for Zoé", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("UTC", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A battery", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lasts", page, StringComparison.Ordinal);
        Assert.Empty(before);
        var agreement = Assert.Single(await AgreementsAsync());
        Assert.Equal("accepted", Text(agreement, "status"));
        var evidence = await App.GetAsync($"odata/interactions({agreement!["evidenceId"]})");
        Assert.Equal(("agreed", "inbound", "Something is coming for Zoé"), (Text(evidence, "outcome"), Text(evidence, "direction"), Text(evidence, "subject")));
        var notes = Text(evidence, "notes");
        Assert.Matches("(?s)^I accept the embargo on what Press office announced .+\n\nZoé Martin\n\nMessage-ID: .+@agency.example.org$", notes);
        Assert.Contains(WebUtility.HtmlDecode(Quoted().Match(page).Groups[1].Value), notes, StringComparison.Ordinal);
        var audit = await App.ListAsync("odata/auditEntries?$filter=entity eq 'EmbargoAgreement' and kind eq 'acted'");
        Assert.Contains("Zoé Martin", Text(Assert.Single(audit), "note"), StringComparison.Ordinal);
        Assert.Equal("queued", content);
    }

    [DatabaseFact]
    public async Task WhoDeclines_IsNotSentTheContent_AndTheFirstAnswerStands()
    {
        var link = await TeaserAsync();

        using var declined = await AnswerAsync(link, "decline", "Zoé Martin");
        using var other = await AnswerAsync(link, "accept", "Zoé Martin");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (declined.StatusCode, other.StatusCode));
        Assert.Contains("You did not accept the embargo", await other.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var agreement = Assert.Single(await AgreementsAsync());
        Assert.Equal("refused", Text(agreement, "status"));
        Assert.Contains("I do not accept", Text(await App.GetAsync($"odata/interactions({agreement!["evidenceId"]})"), "notes"), StringComparison.Ordinal);
        Assert.Equal("skipped", await ContentAsync());
    }

    [DatabaseFact]
    public async Task AnswersAtTheSameMoment_OneStands()
    {
        var link = await TeaserAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AnswerAsync(link, i % 2 == 0 ? "accept" : "decline", "Zoé Martin")));

        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, a.StatusCode.ToString()));
        Assert.Single(await AgreementsAsync());
        Assert.Single(await App.ListAsync($"odata/interactions?$filter=influencerId eq {_person} and kind eq 'reply'"));
    }

    [DatabaseFact]
    public async Task WhoWasAskedByATeamMember_Answers_TheSameRow()
    {
        var link = await TeaserAsync();
        await App.CreateAsync("embargoAgreements", new { storyId = _story, influencerId = _person, status = "asked" });

        using var accepted = await AnswerAsync(link, "accept", "Zoé Martin");

        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal("accepted", Text(Assert.Single(await AgreementsAsync()), "status"));
    }

    [DatabaseFact]
    public async Task WhoAcceptedAnEarlierEnd_IsAskedAnew_ByATeaserThatNamesTheNewOne()
    {
        var link = await TeaserAsync();
        using var accepted = await AnswerAsync(link, "accept", "Zoé Martin");
        var moved = Until.AddDays(10);
        await ChangeStoryAsync($$"""{"embargoUntil":"{{Json(moved)}}"}""");

        var lapsed = await App.ListAsync($"odata/stories({_story})/lapsedAgreements()?$select=acceptedUntil&$expand=influencer($select=firstName)");
        var before = await ContentAsync();
        using var old = await AnswerAsync(link, "accept", "Zoé Martin");
        var anew = await SentTeaserAsync("Something is coming later");
        using var looked = await App.Anonymous.GetAsync(anew, Ct);
        using var again = await AnswerAsync(anew, "accept", "Zoé Martin");

        Assert.Equal("Zoé", Text(Assert.Single(lapsed)!["influencer"], "firstName"));
        Assert.Equal("skipped", before);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK), (accepted.StatusCode, old.StatusCode, again.StatusCode));
        Assert.Contains("The embargo has changed", await old.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.All([await old.Content.ReadAsStringAsync(Ct), await looked.Content.ReadAsStringAsync(Ct)], p => Assert.Contains("<p>You accepted it until ", p, StringComparison.Ordinal));
        Assert.Contains("You accepted the embargo", await again.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var agreement = Assert.Single(await AgreementsAsync());
        Assert.Equal(Json(moved), Text(agreement, "acceptedUntil"));
        var evidence = Text(await App.GetAsync($"odata/interactions({agreement!["evidenceId"]})"), "notes")!;
        Assert.StartsWith("I accept the embargo on what Press office announced to me as “Something is coming later”", evidence, StringComparison.Ordinal);
        Assert.Empty(await App.ListAsync($"odata/stories({_story})/lapsedAgreements()"));
        Assert.Equal("queued", await ContentAsync());
    }

    [Fact]
    public async Task WhoDeclinesTheNewEnd_HasNoAgreementAnyMore()
    {
        using var accepted = await AnswerAsync(await TeaserAsync(), "accept", "Zoé Martin");
        await ChangeStoryAsync($$"""{"embargoUntil":"{{Json(Until.AddDays(10))}}"}""");

        using var declined = await AnswerAsync(await SentTeaserAsync("Something is coming later"), "decline", "Zoé Martin");

        Assert.Equal(HttpStatusCode.OK, declined.StatusCode);
        var agreement = Assert.Single(await AgreementsAsync());
        Assert.Equal(("refused", null), (Text(agreement, "status"), Text(agreement, "acceptedUntil")));
        Assert.Equal("skipped", await ContentAsync());
    }

    [Theory]
    [InlineData("moved", "The embargo has changed")]
    [InlineData("cleared", "The embargo has changed")]
    [InlineData("over", "The embargo is over")]
    [InlineData("withdrawn", "The story was withdrawn")]
    public async Task WhenWhatWasAskedHoldsNoLonger_NothingIsAccepted(string what, string said)
    {
        var link = await TeaserAsync();
        await (what switch
        {
            "moved" => ChangeStoryAsync($$"""{"embargoUntil":"{{Json(Until.AddDays(1))}}"}"""),
            "cleared" => ChangeStoryAsync("""{"embargoUntil":null}"""),
            "withdrawn" => ChangeStoryAsync("""{"status":"withdrawn"}"""),
            _ => Task.CompletedTask,
        });
        _clock.Advance(what == "over" ? TimeSpan.FromDays(4) : TimeSpan.Zero);

        using var looked = await App.Anonymous.GetAsync(link, Ct);
        using var answered = await AnswerAsync(link, "accept", "Zoé Martin");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (looked.StatusCode, answered.StatusCode));
        Assert.Contains(said, await looked.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains(said, await answered.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Empty(await AgreementsAsync());
    }

    [Theory]
    [InlineData("accept", "")]
    [InlineData("accept", "Z")]
    [InlineData("decline", " \u0007 ")]
    [InlineData("perhaps", "Zoé Martin")]
    public async Task WithoutANameOrAnAnswer_ThePageAsksAgain(string answer, string name)
    {
        var link = await TeaserAsync();

        using var asked = await AnswerAsync(link, answer, name);

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains("value=\"decline\"", await asked.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Empty(await AgreementsAsync());
    }

    [Fact]
    public async Task TheTokenOfTheMail_AgreesToNothing()
    {
        var link = (await TeaserAsync()).OriginalString;

        foreach (var secret in (string[])[new('0', 32), link[^32..].ToUpperInvariant(), link[^31..], "x", "%C3%A9"])
        {
            using var answered = await AnswerAsync(new Uri(link[..^32] + secret, UriKind.Relative), "accept", "Zoé Martin");
            Assert.Equal(HttpStatusCode.NotFound, answered.StatusCode);
        }

        Assert.Empty(await AgreementsAsync());
    }

    [Fact]
    public async Task InAnotherMailThanATeaser_ThereIsNoLink()
    {
        _person = await PersonAsync("Zoé", "zoe@example.org");
        var pitch = await SendOutAsync(await ListAsync(_person), await StoryAsync(), new { bodyTemplate = "{{ embargo.link }}" });

        var check = await CheckAsync(pitch);

        Assert.Contains("embargo.link", check.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(check["problems"]!.AsArray(), p => Text(p, "severity") == "error");
    }

    [Fact]
    public async Task AFrenchReader_IsAskedInFrench_AndSeesTheTitleThatTheTeaserShowed()
    {
        var link = await TeaserAsync(new { language = "fr", timeZone = "Europe/Paris" }, subject: "Bientôt : {{ story.title }}", language: "fr");

        using var looked = await App.Anonymous.GetAsync(link, Ct);
        var page = WebUtility.HtmlDecode(await looked.Content.ReadAsStringAsync(Ct));

        Assert.Contains("<html lang=\"fr\">", page, StringComparison.Ordinal);
        Assert.Contains("J’accepte l’embargo sur ce que Press office m’a annoncé", page, StringComparison.Ordinal);
        Assert.Contains("<dd>A battery</dd>", page, StringComparison.Ordinal);
        Assert.Matches("UTC\\+[12]; ", page);
        Assert.DoesNotContain("lasts", page, StringComparison.Ordinal);
    }

    /// <returns>The link in the mail that was delivered.</returns>
    private async Task<Uri> TeaserAsync(object? more = null, string subject = "Something is coming for {{ influencer.firstName }}", string language = "en")
    {
        _person = await PersonAsync("Zoé", "zoe@example.org", more);
        _story = Id(await App.CreateAsync("stories", new { title = "A battery", status = "approved", embargoUntil = Json(Until) }));
        await App.CreateAsync($"stories({_story})/versions", new { language, title = "A battery", body = Secret });
        return await SentTeaserAsync(subject);
    }

    private async Task<Uri> SentTeaserAsync(string subject)
    {
        var teaser = await SendOutAsync(await ListAsync(_person), _story, new
        {
            purpose = "embargoTeaser",
            subjectTemplate = subject,
            bodyTemplate = "May we send it under embargo? [Your answer]({{ embargo.link }})",
        });
        await PostAsync($"odata/sendOuts({teaser})/schedule", new { overridePressure = true, overrideReason = "A test" });
        for (var attempt = 0; attempt < 200 && Text(Assert.Single(await MessagesAsync(teaser)), "status") != "sent"; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }

        return new Uri(Link().Match(_sink.Mails()[^1].Message.TextBody!).Groups[1].Value, UriKind.Relative);
    }

    /// <returns>The state of the mail with the content, far enough ahead that it waits.</returns>
    private async Task<string?> ContentAsync()
    {
        var content = await SendOutAsync(await ListAsync(_person), _story, new { purpose = "embargoContent" });
        await PostAsync($"odata/sendOuts({content})/schedule", new { at = Json(_clock.GetUtcNow().UtcDateTime.AddHours(6)), overridePressure = true, overrideReason = "A test" });
        return Text(Assert.Single(await MessagesAsync(content)), "status");
    }

    private Task<HttpResponseMessage> AnswerAsync(Uri link, string answer, string name) =>
        App.Anonymous.PostAsync(link, new FormUrlEncodedContent([new("answer", answer), new("name", name)]), Ct);

    private Task<JsonArray> AgreementsAsync() => App.ListAsync($"odata/embargoAgreements?$filter=storyId eq {_story}");

    private async Task ChangeStoryAsync(string changes)
    {
        using var changed = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/stories({_story})", changes, "*");
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync(Ct));
    }

    [GeneratedRegex("https://crm\\.example\\.org/(embargo/[0-9a-f]{24}/[0-9a-f]{32})")]
    private static partial Regex Link();

    [GeneratedRegex("<blockquote[^>]*>(.+?)</blockquote>")]
    private static partial Regex Quoted();
}
