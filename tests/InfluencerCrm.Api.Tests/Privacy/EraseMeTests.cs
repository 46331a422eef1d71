using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.Privacy;

/// <summary>"Erase me" on the page of a mail: a mail to the person's own address asks, and the link in it erases.</summary>
public sealed class EraseMeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow().Date.AddHours(9));
    private SmtpSink _sink = null!;
    private CrmApp _app = null!;
    private DispatchStage _stage = null!;
    private string _token = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private int Person => _stage.People[0];

    public async ValueTask InitializeAsync()
    {
        _sink = await SmtpSink.StartAsync(Ct);
        await StartAsync(_sink.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [DatabaseFact]
    public async Task TheLinkOfTheMail_ErasesThePerson_AndTellsSoAgain()
    {
        var asked = await AskAsync();
        var mail = Assert.Single(_sink.Mails());
        var link = LinkOf(mail);

        using var looked = await _app.Anonymous.GetAsync(link, Ct);
        var before = await PersonAsync();
        using var done = await _app.Anonymous.PostAsync(link, null, Ct);
        using var again = await _app.Anonymous.PostAsync(link, null, Ct);

        Assert.Contains("We have sent an e-mail", asked, StringComparison.Ordinal);
        Assert.Equal(("Zoé Person 0", DispatchStage.AddressOf(0)), (mail.Message.To.Mailboxes.Single().Name, mail.Message.To.Mailboxes.Single().Address));
        Assert.Contains("<button", await looked.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Null(before.ErasedAt);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], new[] { looked, done, again }.Select(a => a.StatusCode));
        Assert.Contains("Your data are erased", await again.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotNull((await PersonAsync()).ErasedAt);
        Assert.Empty(await OpenTasksAsync());
        Assert.Contains("confirmed by the link", Assert.Single(await ErasuresAsync()).Note, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task TheButtonPressedBySeveralAtOnce_ErasesOnce()
    {
        await AskAsync();
        var link = LinkOf(_sink.Mails().Single());

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _app.Anonymous.PostAsync(link, null, Ct)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Single(await ErasuresAsync());
    }

    [DatabaseFact]
    public async Task AtMostOneMailADay_HoweverOftenSomebodyAsks()
    {
        await AskAsync();
        var second = await AskAsync();
        var today = _sink.Mails().Count;
        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(10));
        await AskAsync();

        Assert.Equal((1, 2), (today, _sink.Mails().Count));
        Assert.Contains("once a day at most", second, StringComparison.Ordinal);
        Assert.Empty(await OpenTasksAsync());
    }

    [Fact]
    public async Task AskedBySeveralAtOnce_OneMailLeaves()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync()));

        Assert.Single(_sink.Mails());
    }

    [Fact]
    public async Task AnExpiredLink_ErasesNobody_AndSaysWhatToDo()
    {
        await AskAsync();
        var link = LinkOf(_sink.Mails().Single());
        _clock.Advance(ErasureLinks.Lifetime);

        using var looked = await _app.Anonymous.GetAsync(link, Ct);
        using var posted = await _app.Anonymous.PostAsync(link, null, Ct);

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (looked.StatusCode, posted.StatusCode));
        Assert.Contains("choose to have your data erased", await posted.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Null((await PersonAsync()).ErasedAt);
    }

    [Fact]
    public async Task ALinkThatIsNotOurs_ErasesNobody()
    {
        await AskAsync();
        var link = LinkOf(_sink.Mails().Single()).OriginalString;
        var bent = link[..^8] + (link[^8] == 'A' ? 'B' : 'A') + link[^7..];

        foreach (var path in (string[])[bent, $"u/erase/{_token}", "u/erase/%C3%A9", $"u/erase/{new string('a', 2000)}"])
        {
            using var answer = await _app.Anonymous.PostAsync(new Uri(path, UriKind.Relative), null, Ct);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("This link is not known", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        Assert.Null((await PersonAsync()).ErasedAt);
    }

    [Fact]
    public async Task TheMailAndThePage_SpeakTheReadersLanguage()
    {
        await _stage.WriteAsync(db => db.Messages.UpdateRowsAsync(_clock.GetUtcNow().UtcDateTime, set => set.SetProperty(m => m.Language, "fr-CA"), Ct));

        await AskAsync();
        var mail = _sink.Mails().Single().Message;
        using var page = await _app.Anonymous.GetAsync(LinkOf(_sink.Mails().Single()), Ct);

        Assert.Equal("À confirmer : l’effacement de vos données", mail.Subject);
        Assert.Contains("<html lang=\"fr\">", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAServer_TheTeamAsks_AndTheNextTryMayBeMailed()
    {
        await _app.DisposeAsync();
        await using var away = new ScriptedSmtpServer((step, connection) => connection == 1 && step == "MAIL" ? "451 4.3.0 not now" : null);
        await StartAsync(away.Port);

        var first = await AskAsync();
        var tasks = (await OpenTasksAsync()).Count;
        var second = await AskAsync();

        Assert.Contains("Somebody of our team will ask you", first, StringComparison.Ordinal);
        Assert.Equal(1, tasks);
        Assert.Contains("We have sent an e-mail", second, StringComparison.Ordinal);
        Assert.Single(away.Messages);
    }

    [Fact]
    public async Task AnAddressThatOthersReadToo_DoesNotSpeakForThePerson()
    {
        await _stage.WriteAsync(db => db.ContactPoints.UpdateRowsAsync(_clock.GetUtcNow().UtcDateTime, set => set.SetProperty(p => p.Shared, true), Ct));

        var said = await AskAsync();

        Assert.Contains("Somebody of our team will ask you", said, StringComparison.Ordinal);
        Assert.Single(await OpenTasksAsync());
        Assert.Empty(_sink.Mails());
    }

    private async Task StartAsync(int port)
    {
        _app = await CrmApp.StartAsync(TestDatabase.CurrentProvider, DispatchStage.Smtp(port), _clock);
        _stage = new DispatchStage(_app);
        await _stage.PrepareAsync(1);
        _token = (await _stage.MessagesAsync())[0].Token;
    }

    /// <returns>The page that answers.</returns>
    private async Task<string> AskAsync()
    {
        using var answer = await _app.Anonymous.PostAsync(new Uri($"u/{_token}", UriKind.Relative), new FormUrlEncodedContent([new("choice", "erase")]), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static Uri LinkOf(SinkMail mail)
    {
        var link = mail.Message.TextBody!.Split('\n').Select(l => l.Trim()).Single(l => l.StartsWith("https://", StringComparison.Ordinal));
        return new Uri(new Uri(link).AbsolutePath.TrimStart('/'), UriKind.Relative);
    }

    private Task<Influencer> PersonAsync() => _stage.ReadAsync(db => db.Influencers.IgnoreQueryFilters().AsNoTracking().SingleAsync(i => i.Id == Person, Ct));

    private Task<List<Core.Tasks.CrmTask>> OpenTasksAsync() => _stage.ReadAsync(db => db.Tasks.IgnoreQueryFilters().AsNoTracking().Where(t => t.DoneAt == null).ToListAsync(Ct));

    private Task<List<AuditEntry>> ErasuresAsync() => _stage.ReadAsync(db => db.AuditEntries.AsNoTracking().Where(e => e.Kind == AuditKind.Acted && e.InfluencerId == Person).ToListAsync(Ct));
}
