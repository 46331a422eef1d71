using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>A wrong word is put right for exactly those who have, or may have, read it.</summary>
public sealed class CorrectionTests : EngineTest
{
    [DatabaseFact]
    public async Task ACorrection_GoesToWhoHasTheMailOrMayHaveIt_AtOnce()
    {
        var people = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            people.Add(await RecipientAsync($"Person{i}"));
        }

        var wrong = await DraftAsync(new(), [.. people]);
        await ScheduleAsync(wrong.Id);
        Answer = mail => mail.ToAddress[6] switch
        {
            '1' => new DeliveryAnswer(DeliveryOutcome.Unconfirmed, "The connection was lost"),
            '2' => new DeliveryAnswer(DeliveryOutcome.Failed, "554 no", 554),
            _ => null,
        };
        await SendDueAsync();
        Answer = _ => null;
        await WriteAsync(async db => (await db.Influencers.FirstAsync(i => i.Id == people[3], Ct)).Apply(new Core.Influencers.InfluencerChanges { AwayUntil = Now.AddDays(9) }));

        var correction = await CorrectAsync(wrong.Id, new() { BodyTemplate = "It is 12 %." });
        await ScheduleAsync(correction.Id);
        await SendDueAsync();

        Assert.Equal((SendOutStatus.Draft, SendOutPurpose.Correction, "Correction: Spring"), (correction.Status, correction.Purpose, correction.Name));
        Assert.Equal([people[0], people[1], people[3]], (await MessagesAsync(correction.Id)).Select(m => m.InfluencerId!.Value));
        Assert.All(await MessagesAsync(correction.Id), m => Assert.Equal(MessageStatus.Sent, m.Status));
        var earlier = (await MessagesAsync(wrong.Id)).ToDictionary(m => m.ToAddress!, m => m.InternetMessageId);
        foreach (var mail in Left.Where(m => m.Subject.StartsWith("Re:", StringComparison.Ordinal)))
        {
            Assert.Equal(("Re: News", earlier[mail.ToAddress]), (mail.Subject, mail.InReplyTo));
        }
    }

    [DatabaseFact]
    public async Task AReply_DoesNotStopACorrection()
    {
        var wrong = await DraftAsync(new(), await RecipientAsync("Ana"));
        await ScheduleAsync(wrong.Id);
        await SendDueAsync();
        var correction = await CorrectAsync(wrong.Id, new() { BodyTemplate = "It is 12 %." });
        await ScheduleAsync(correction.Id);
        await WriteAsync(db => db.Messages.Where(m => m.SendOutId == wrong.Id).UpdateRowsAsync(Now, set => set.SetProperty(m => m.RepliedAt, Now), Ct));

        await SendDueAsync();

        Assert.Equal(2, Left.Count);
    }

    [Fact]
    public async Task WhatReachedNobody_NeedsNone()
    {
        var draft = await DraftAsync(new(), await RecipientAsync("Ana"));

        var conflict = await Assert.ThrowsAsync<Conflict>(() => CorrectAsync(draft.Id, new()));

        Assert.Equal("nobodyReached", conflict.Code);
    }

    private Task<SendOut> CorrectAsync(int sendOut, CorrectRequest request) => RunAsync<CorrectSendOut, SendOut>(c => c.ExecuteAsync(sendOut, request, Ct));
}
