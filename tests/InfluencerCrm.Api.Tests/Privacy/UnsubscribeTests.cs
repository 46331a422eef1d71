using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Privacy;

public sealed class UnsubscribeTests : IAsyncLifetime
{
    private CrmApp _app = null!;
    private DispatchStage _stage = null!;
    private int _client;
    private string _token = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await CrmApp.StartAsync("Sqlite");
        _client = (await _app.CreateAsync("clients", new { name = "Fish & <b>Chips</b>" }))["id"]!.GetValue<int>();
        _stage = new DispatchStage(_app);
        await _stage.PrepareAsync(1, new SendOutChanges { ClientId = _client });
        _token = (await _stage.MessagesAsync())[0].Token;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task OneClick_OptsOutOfTheClient_AndMayBeRepeated()
    {
        using var first = await PostAsync(("List-Unsubscribe", "One-Click"));
        using var second = await PostAsync(("List-Unsubscribe", "One-Click"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        var row = Assert.Single(await SuppressionsAsync());
        Assert.Equal((SuppressionScope.Client, _client, SuppressionReason.Unsubscribe, "link"), (row.Scope, row.ClientId!.Value, row.Reason, row.Source));
        Assert.Equal((_stage.People[0], DispatchStage.AddressOf(0)), (row.InfluencerId, row.Address));
    }

    [Fact]
    public async Task WhatIsQueued_IsSkipped()
    {
        using var answer = await PostAsync(("choice", "all"));

        var message = Assert.Single(await _stage.MessagesAsync());
        Assert.Equal((MessageStatus.Skipped, SkipReason.Suppressed), (message.Status, message.SkipReason));
        Assert.Equal(SuppressionScope.All, Assert.Single(await SuppressionsAsync()).Scope);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task LookingAtThePage_ChangesNothing(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"u/{_token}?List-Unsubscribe=One-Click&choice=all");
        using var answer = await _app.Anonymous.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await SuppressionsAsync());
        Assert.Equal(MessageStatus.Queued, Assert.Single(await _stage.MessagesAsync()).Status);
    }

    [Fact]
    public async Task ThePage_EscapesNames_AndLoadsNothingFromElsewhere()
    {
        using var answer = await _app.Anonymous.GetAsync(new Uri($"u/{_token}", UriKind.Relative), Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.Contains("Fish &amp; &lt;b&gt;Chips&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("type=\"radio\"").Length - 1);
    }

    [Fact]
    public async Task EraseMe_OptsOut_AndErasesNothingByItself()
    {
        using var first = await PostAsync(("choice", "erase"));
        using var second = await PostAsync(("choice", "erase"));

        Assert.Equal(SuppressionScope.All, Assert.Single(await SuppressionsAsync()).Scope);
        Assert.Equal("Zoé Person 0", (await _app.GetAsync($"odata/influencers({_stage.People[0]})"))["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task AnUnknownLink_Is404WithAPageForPeople()
    {
        using var get = await _app.Anonymous.GetAsync(new Uri("u/000000000000000000000000", UriKind.Relative), Ct);
        using var post = await _app.Anonymous.PostAsync(new Uri("u/000000000000000000000000", UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (get.StatusCode, post.StatusCode));
        Assert.Contains("This link is not known", await get.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APostWithoutAChoice_ChangesNothing()
    {
        using var answer = await PostAsync(("something", "else"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await SuppressionsAsync());
    }

    [Fact]
    public async Task TheHeadersOfADeliveredMail_OptOut_AndTheNextSendOutSkipsThePerson()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);
        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);
        var link = new Uri(sink.Mails().Single().Message.Headers["List-Unsubscribe"]!.Trim('<', '>'));

        using var answer = await app.Anonymous.PostAsync(link.AbsolutePath, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = await stage.ReadAsync(db => db.Suppressions.SingleAsync(Ct));
        Assert.Equal((SuppressionScope.All, stage.People[0]), (row.Scope, row.InfluencerId));
    }

    private async Task<HttpResponseMessage> PostAsync((string Name, string Value) field) =>
        await _app.Anonymous.PostAsync(new Uri($"u/{_token}", UriKind.Relative), new FormUrlEncodedContent([new(field.Name, field.Value)]), Ct);

    private Task<List<Suppression>> SuppressionsAsync() => _stage.ReadAsync(db => db.Suppressions.AsNoTracking().ToListAsync(Ct));
}
