using System.Globalization;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>Servers of recipients are treated one by one.</summary>
public sealed class RecipientDomainTests
{
    private static readonly string[] Patience = ["421 4.7.0 too many messages", "450 4.7.1 greylisted, come back later", "451 4.7.1 try again"];

    public static TheoryData<string> Answers => new(Patience);

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task ADomainThatAsksForPatience_IsLeftAlone_AndNoOther(string answer)
    {
        ScriptedSmtpServer? server = null;
        await using var started = server = new ScriptedSmtpServer((step, _) => step == "RCPT" && server!.Commands.Last().Contains("slow.example", StringComparison.Ordinal) ? answer : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(server.Port, connections: 1));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(20, addressOf: i => string.Create(CultureInfo.InvariantCulture, $"person{i}@{(i % 2 == 0 ? "slow" : "quick")}.example"));

        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) == 10 && await stage.CountAsync(MessageStatus.Deferred) == 1);

        var slow = (await stage.MessagesAsync()).Where(m => m.ToAddress!.EndsWith("slow.example", StringComparison.Ordinal)).ToList();
        Assert.Equal(1, slow.Sum(m => m.Attempts));
        Assert.Equal(1, server.Commands.Count(c => c.Contains("slow.example", StringComparison.Ordinal) && c.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal(SendOutStatus.Sending, (await stage.SendOutAsync()).Status);
    }

    [Fact]
    public async Task AFullMailbox_SlowsNoNeighbour()
    {
        ScriptedSmtpServer? server = null;
        await using var started = server = new ScriptedSmtpServer((step, _) => step == "RCPT" && server!.Commands.Last().Contains("person0@", StringComparison.Ordinal) ? "452 4.2.2 mailbox full" : null);
        await using var app = await CrmApp.StartAsync("Sqlite", DispatchStage.Smtp(server.Port, connections: 1));
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(5);

        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) == 4);

        Assert.Equal(1, await stage.CountAsync(MessageStatus.Deferred));
    }

    [Fact]
    public async Task ADomainWithAPace_TakesNoMore_AndTheRestIsDueLater()
    {
        await using var sink = await SmtpSink.StartAsync(TestContext.Current.CancellationToken);
        await using var app = await CrmApp.StartAsync("Sqlite", new Dictionary<string, string?>(DispatchStage.Smtp(sink.Port)) { ["SendOuts:Domains:example.org:PerMinute"] = "1" });
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(4, addressOf: i => string.Create(CultureInfo.InvariantCulture, $"person{i}@{(i == 3 ? "quick.example" : "example.org")}"));

        await stage.ScheduleAsync();
        await stage.UntilAsync(async () => await stage.CountAsync(MessageStatus.Sent) == 2);

        var messages = await stage.MessagesAsync();
        Assert.Equal(MessageStatus.Sent, messages[3].Status);
        Assert.All(messages.Where(m => m.Status == MessageStatus.Queued), m => Assert.True(m.DueAt > m.CreatedAt.AddSeconds(5)));
        Assert.Equal(2, messages.Count(m => m.Status == MessageStatus.Queued));
    }
}
