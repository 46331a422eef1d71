using System.Net.ServerSentEvents;
using System.Text.Json;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>How far a send-out is, asked for and streamed.</summary>
public sealed class ProgressTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_StreamTheProgress_AndEndWithTheSendOut()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(sink.Port));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(40, new SendOutChanges { MessagesPerMinute = 600 });
        await stage.ScheduleAsync();

        var looks = await WatchAsync(app, stage.SendOutId);

        Assert.True(looks.Count > 1, "Only one event came of a send-out of several seconds.");
        var sent = looks.ConvertAll(l => l.GetProperty("byStatus").GetProperty("sent").GetInt32());
        Assert.Equal(sent.Order(), sent);
        Assert.Equal(40, sent[^1]);
        Assert.Equal(["completed"], looks.Select(l => l.GetProperty("status").GetString()).Where(s => s is "completed" or "cancelled"));
        Assert.Equal(0, looks[^1].GetProperty("byStatus").GetProperty("queued").GetInt32());
    }

    [Fact]
    public async Task Events_OfASendOutThatIsOver_AreOne()
    {
        await using var app = await CrmApp.StartAsync();
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(3);
        await stage.ChangeAsync(s => s.Cancel());

        var look = Assert.Single(await WatchAsync(app, stage.SendOutId));

        Assert.Equal("cancelled", look.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Events_OfWhatMayNotBeSeen_AreRefused()
    {
        await using var app = await CrmApp.StartAsync();
        var client = await app.CreateAsync("clients", new { name = "Walled" });
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1, new SendOutChanges { ClientId = client["id"]!.GetValue<int>() });
        var stranger = await app.SignUpAsync("prOfficer", "read,write,send");

        using var unknown = await app.Admin.GetAsync(new Uri("api/sendouts/999/events", UriKind.Relative), Ct);
        using var walled = await stranger.GetAsync(new Uri($"api/sendouts/{stage.SendOutId}/events", UriKind.Relative), Ct);
        using var anonymous = await app.Anonymous.GetAsync(new Uri($"api/sendouts/{stage.SendOutId}/events", UriKind.Relative), Ct);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized], [unknown.StatusCode, walled.StatusCode, anonymous.StatusCode]);
    }

    [Fact]
    public async Task Progress_SaysWhatIsLeft_AtTheLastMinutesPace()
    {
        await using var app = await CrmApp.StartAsync();
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(12, new SendOutChanges { MessagesPerMinute = 60 });
        Assert.Null((await app.GetAsync($"odata/sendOuts({stage.SendOutId})/progress()"))["secondsLeft"]);

        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) >= 2);
        var progress = await app.GetAsync($"odata/sendOuts({stage.SendOutId})/progress()");

        var waiting = new[] { "queued", "sending", "deferred" }.Sum(s => progress["byStatus"]![s]!.GetValue<int>());
        Assert.Equal((int)Math.Ceiling(60.0 * waiting / progress["sentLastMinute"]!.GetValue<int>()), progress["secondsLeft"]!.GetValue<int>());
    }

    private static async Task<List<JsonElement>> WatchAsync(CrmApp app, int sendOutId)
    {
        using var response = await app.Admin.GetAsync(new Uri($"api/sendouts/{sendOutId}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var looks = new List<JsonElement>();
        await using var body = await response.Content.ReadAsStreamAsync(Ct);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(Ct))
        {
            Assert.Equal("progress", item.EventType);
            looks.Add(JsonElement.Parse(item.Data));
        }

        return looks;
    }
}
