using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary><c>sendToAdded</c> and <c>sendAgain</c> as tools call them.</summary>
public sealed class SendToAddedApiTests : SendOutTest
{
    [Fact]
    public async Task SendToAdded_AddsARowForWhoCameSince_AndTakesTheRightToSend()
    {
        var assistant = await App.SignUpAsync("assistant", "read,write");
        var list = await ListAsync(await PersonAsync("Ana", "ana@example.org"));
        var sendOut = await SendOutAsync(list, await StoryAsync());
        Assert.Equal("wrongState", Text(await RefusedAsync(HttpStatusCode.Conflict, $"odata/sendOuts({sendOut})/sendToAdded"), "code"));
        await ScheduleAsync(sendOut);
        await PostAsync($"odata/mediaLists({list})/addMembers", new { influencerIds = new[] { await PersonAsync("Ben", "ben@example.org") } });

        await RefusedAsync(HttpStatusCode.Forbidden, $"odata/sendOuts({sendOut})/sendToAdded", new { }, assistant);
        Assert.Single(await MessagesAsync(sendOut));
        var added = await PostAsync($"odata/sendOuts({sendOut})/sendToAdded", null);
        await PostAsync($"odata/sendOuts({sendOut})/sendToAdded", new { });

        Assert.Equal("scheduled", Text(added, "status"));
        var rows = await MessagesAsync(sendOut);
        Assert.Equal(["ana@example.org", "ben@example.org"], rows.Select(r => Text(r, "toAddress")));
        Assert.All(rows, r => Assert.Equal("queued", Text(r, "status")));
    }

    [Fact]
    public async Task SendAgain_IsForUnconfirmedMailsOnly_AndNotWhileTheirConnectionMayBeAtWork()
    {
        var lost = 0;
        await using var server = new ScriptedSmtpServer((step, _) => step == "AFTER354" && Interlocked.Increment(ref lost) == 1 ? ScriptedSmtpServer.Drop : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(server.Port, connections: 1));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);
        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);
        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal(MessageStatus.Unconfirmed, message.Status);
        var again = $"odata/messages({message.Id})/sendAgain";

        // As after a crash: nobody has said that the connection is gone.
        var until = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);
        await stage.WriteAsync(db => db.Messages.UpdateRowsAsync(until, set => set.SetProperty(m => m.LeaseUntil, until), default));
        Assert.Equal("stillInFlight", Text(await RefusedAsync(HttpStatusCode.Conflict, again, client: app.Admin), "code"));
        var reader = await app.SignUpAsync("assistant", "read,write");
        await RefusedAsync(HttpStatusCode.Forbidden, again, client: reader);
        await stage.WriteAsync(db => db.Messages.UpdateRowsAsync(until, set => set.SetProperty(m => m.LeaseUntil, (DateTime?)null), default));
        await PostAsync(again, null, app.Admin);
        await stage.UntilAsync(SendOutStatus.Completed);

        var sent = Assert.Single(await stage.MessagesAsync());
        Assert.Equal((MessageStatus.Sent, 2, message.InternetMessageId), (sent.Status, sent.Attempts, sent.InternetMessageId));
        Assert.Equal("wrongState", Text(await RefusedAsync(HttpStatusCode.Conflict, again, client: app.Admin), "code"));
        Assert.Contains(await stage.ReadAsync(db => db.AuditEntries.Select(a => a.Note).ToListAsync(Ct)), note => note == $"message {message.Id} sent again");
    }
}
