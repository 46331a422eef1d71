using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Topics;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>The stop switch holds what touches a subject, until each send-out is let go by itself.</summary>
public sealed class StopTests : EngineTest
{
    [DatabaseFact]
    public async Task AStopInTheMiddle_HoldsTheRest_UntilItIsLifted()
    {
        var sendOut = await DraftAsync(new(), await RecipientAsync("Ana"), await RecipientAsync("Bea"), await RecipientAsync("Cleo"));
        await ScheduleAsync(sendOut.Id);

        // While the first mail is on its way; the others are claimed by then.
        StopAnswer? stopped = null;
        OnMail = async _ => stopped ??= await StopAsync(StopScope.SendOut, sendOut.Id);
        await SendDueAsync();
        await SendDueAsync();
        var (held, row) = (Left.Count, await ReadAsync(sendOut.Id));
        await RunAsync<LiftStop, SendOut>(l => l.ExecuteAsync(sendOut.Id, new() { Reason = "Another model" }, Ct));
        await SendDueAsync();

        Assert.Equal([sendOut.Id], stopped!.SendOutIds);
        Assert.Equal((1, 3), (held, Left.Count));
        Assert.Equal((SendOutStatus.Sending, "A fire", true), (row.Status, row.StopReason, row.StoppedAt is not null));
        Assert.Equal(["stop lifted: Another model", $"stopped (sendOut {sendOut.Id}): A fire"], (await NotesAsync(sendOut.Id)).Order());
    }

    [DatabaseFact]
    public async Task EachScope_StopsWhatTouchesIt_AndNothingElse()
    {
        var client = await ClientAsync();
        var campaign = await CampaignAsync(client);
        var topic = await Database.AddAsync(new Topic("Cars"), Ct);
        var below = await Database.AddAsync(Topic.Create(new() { Name = "Batteries", ParentId = topic.Id }), Ct);
        var story = await Database.AddAsync(Story.Create(new() { Title = "A battery", TopicIds = new List<int> { below.Id } }), Ct);
        var (plain, ofClient, ofCampaign, ofTopic) = (
            (await CreateAsync(new())).Id, (await CreateAsync(new() { ClientId = client })).Id, (await CreateAsync(new() { CampaignId = campaign })).Id, (await CreateAsync(new() { StoryId = story.Id })).Id);

        Assert.Equal([ofTopic], (await StopAsync(StopScope.Topic, topic.Id)).SendOutIds);
        Assert.Equal([ofCampaign], (await StopAsync(StopScope.Campaign, campaign)).SendOutIds);
        var all = await StopAsync(StopScope.Client, client);
        Assert.Equal([ofClient], all.SendOutIds);
        Assert.Equal(1, all.AlreadyStopped);
        Assert.Equal([plain], (await StopAsync(StopScope.All, null)).SendOutIds);
    }

    [DatabaseFact]
    public async Task ADraftThatIsStopped_CanBeScheduled_AndStaysWhereItIs()
    {
        var sendOut = await DraftAsync(new(), await RecipientAsync("Ana"));
        await StopAsync(StopScope.All, null);

        var check = await CheckAsync(sendOut.Id);
        await ScheduleAsync(sendOut.Id);
        await SendDueAsync();

        Assert.Contains(check.Problems, p => p.Code == "stopped");
        Assert.Empty(Left);
    }

    [Fact]
    public async Task ReasonAndConfirmation_AreNeeded_AndLiftingTakesTheRightToSend()
    {
        var sendOut = (await CreateAsync(new())).Id;

        foreach (var (request, target) in new (StopRequest, string)[]
        {
            (new() { Scope = StopScope.All, Reason = " ", Confirm = true }, "reason"),
            (new() { Scope = StopScope.All, Reason = "A fire", Confirm = false }, "confirm"),
            (new() { Scope = StopScope.Client, Reason = "A fire", Confirm = true }, "id"),
            (new() { Scope = StopScope.Topic, Id = 999, Reason = "A fire", Confirm = true }, "id"),
        })
        {
            Assert.Equal(target, (await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<StopSendOuts, StopAnswer>(s => s.ExecuteAsync(request, Ct)))).Target);
        }

        await using var assistant = Database.As(new Actor { Rights = Rights.Of(Role.Assistant) });
        Assert.Equal([sendOut], (await assistant.Get<StopSendOuts>().ExecuteAsync(new() { Scope = StopScope.All, Reason = "A fire", Confirm = true }, Ct)).SendOutIds);
        await Assert.ThrowsAsync<Forbidden>(() => assistant.Get<LiftStop>().ExecuteAsync(sendOut, new() { Reason = "Over" }, Ct));
        await using var reader = Database.As(Actors.Reader);
        await Assert.ThrowsAsync<Forbidden>(() => reader.Get<StopSendOuts>().ExecuteAsync(new() { Scope = StopScope.All, Reason = "A fire", Confirm = true }, Ct));
    }

    private Task<StopAnswer> StopAsync(StopScope what, int? id) =>
        RunAsync<StopSendOuts, StopAnswer>(s => s.ExecuteAsync(new() { Scope = what, Id = id, Reason = "A fire", Confirm = true }, Ct));

    private async Task<SendOut> ReadAsync(int sendOut)
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.SendOuts.AsNoTracking().FirstAsync(s => s.Id == sendOut, Ct);
    }

    private async Task<List<string?>> NotesAsync(int sendOut)
    {
        await using var scope = Database.As(Actors.Admin);
        return await scope.Db.AuditEntries.Where(e => e.Kind == AuditKind.Acted && e.Key == sendOut).Select(e => e.Note).ToListAsync(Ct);
    }
}
