using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>What happened between scheduling and the moment of sending counts.</summary>
public sealed class GateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task WhatStandsAgainstAMail_IsSeenBeforeItLeaves(string provider)
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync(provider, DispatchStage.Smtp(sink.Port));
        var ours = (await app.CreateAsync("clients", new { name = "Ours" }))["id"]!.GetValue<int>();
        var other = (await app.CreateAsync("clients", new { name = "Other" }))["id"]!.GetValue<int>();
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(12, new SendOutChanges { ClientId = ours });
        var p = stage.People;
        await stage.AddAsync(Suppressed(p[1], SuppressionScope.All, null));
        await stage.AddAsync(Suppressed(p[2], SuppressionScope.Client, ours));
        await stage.AddAsync(Suppressed(p[3], SuppressionScope.Client, other));
        await using (var product = app.AsProduct())
        {
            // Only the hash is left of somebody who was erased and came back by an import.
            product.Db.Add(new Suppression(null, product.Get<AddressHash>().Of(DispatchStage.AddressOf(4)), null, SuppressionScope.All, null, SuppressionReason.Erasure, null));
            await product.Db.SaveChangesAsync(Ct);
            await product.ChangeAsync<Influencer, InfluencerChanges>(p[5], new() { DoNotContact = true }, Ct);
            await product.ChangeAsync<Influencer, InfluencerChanges>(p[6], new() { Email = "moved@example.org" }, Ct);
        }

        await stage.WriteAsync(async db => (await db.Influencers.FirstAsync(i => i.Id == p[7], Ct)).Archive(TimeProvider.System.GetUtcNow().UtcDateTime));
        await ChangePointAsync(stage, p[8], new() { Status = EmailStatus.Bounced });
        await ChangePointAsync(stage, p[9], new() { Use = ContactUse.PersonalOnly });
        await stage.WriteAsync(async db => (await AddLiftedAsync(db, p[10])).ToString());

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        SkipReason?[] expected =
        [
            null, SkipReason.Suppressed, SkipReason.Suppressed, null, SkipReason.Suppressed, SkipReason.DoNotContact, SkipReason.AddressChanged, SkipReason.Archived,
            SkipReason.Bounced, SkipReason.AddressChanged, null, null,
        ];
        var messages = await stage.MessagesAsync();
        Assert.Equal(expected, messages.Select(m => m.SkipReason));
        Assert.All(messages, m => Assert.Equal(m.SkipReason is null ? MessageStatus.Sent : MessageStatus.Skipped, m.Status));
        Assert.Equal(messages.Where(m => m.Status == MessageStatus.Sent).Select(m => $"<{m.ToAddress}>").Order(), sink.Mails().Select(m => m.RcptTo.Single()).Order());
    }

    [DatabaseFact]
    public async Task ContentUnderEmbargo_GoesOnlyToWhoAgreed()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync(TestDatabase.CurrentProvider, DispatchStage.Smtp(sink.Port));
        var until = new DateTime(2099, 5, 10, 7, 0, 0, DateTimeKind.Utc);
        var story = (await app.CreateAsync("stories", new { title = "The merger", kind = "release", embargoUntil = until }))["id"]!.GetValue<int>();
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(4, new SendOutChanges { StoryId = story, Purpose = SendOutPurpose.EmbargoContent });
        await stage.AddAsync(new EmbargoAgreement(story, stage.People[0], EmbargoStatus.Accepted, until));
        await stage.AddAsync(new EmbargoAgreement(story, stage.People[3], EmbargoStatus.Accepted, until.AddMinutes(-1)));
        await stage.AddAsync(new EmbargoAgreement(story, stage.People[1], EmbargoStatus.Asked));

        await stage.ScheduleAsync();
        await stage.UntilAsync(SendOutStatus.Completed);

        Assert.Equal([null, SkipReason.Embargo, SkipReason.Embargo, SkipReason.Embargo], (await stage.MessagesAsync()).Select(m => m.SkipReason));
        Assert.Equal($"<{DispatchStage.AddressOf(0)}>", sink.Mails().Single().RcptTo.Single());
    }

    private static Suppression Suppressed(int person, SuppressionScope scope, int? client) => new(null, null, person, scope, client, SuppressionReason.Manual, null);

    private static async Task<Suppression> AddLiftedAsync(CrmDbContext db, int person)
    {
        var lifted = Suppressed(person, SuppressionScope.All, null);
        db.Add(lifted);
        db.Entry(lifted).Property(s => s.LiftedAt).CurrentValue = TimeProvider.System.GetUtcNow().UtcDateTime;
        await Task.CompletedTask;
        return lifted;
    }

    private static Task ChangePointAsync(DispatchStage stage, int person, ContactPointChanges changes) =>
        stage.WriteAsync(async db => (await db.ContactPoints.FirstAsync(c => c.InfluencerId == person, Ct)).Apply(changes));
}
