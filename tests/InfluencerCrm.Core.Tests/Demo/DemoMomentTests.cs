using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Demo;

public sealed class DemoMomentTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTime Now => demo.Database.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task ARequest_IsOverdue_WithItsTask()
    {
        await using var admin = demo.Database.As(Actors.Admin);

        var request = await admin.Db.Requests.SingleAsync(r => r.Status == PressRequestStatus.Open && r.DeadlineAt < Now, Ct);

        Assert.True(await admin.Db.Tasks.AnyAsync(t => t.RequestId == request.Id && t.DoneAt == null && t.DueAt < Now, Ct));
    }

    [Fact]
    public async Task AColleague_RefusedTheStory_AndNamedAnother()
    {
        await using var solene = demo.Database.As(await ActorOfAsync("solene.kerbrat@passerelle.test"));

        var refusal = await solene.Db.Interactions.Include(i => i.Influencer).SingleAsync(i => i.Kind == InteractionKind.Reply && i.Outcome == InteractionOutcome.Redirected && i.StoryId != null && i.OutletId != null, Ct);

        var outlets = await solene.Db.Affiliations.Where(a => a.InfluencerId == refusal.RedirectedToId && a.To == null).Select(a => a.OutletId).ToListAsync(Ct);
        Assert.Contains(refusal.OutletId!.Value, outlets);
        Assert.NotEqual(refusal.InfluencerId, refusal.RedirectedToId);
        Assert.True(await solene.Db.MediaListMembers.AnyAsync(m => m.InfluencerId == refusal.RedirectedToId && solene.Db.MediaLists.Any(l => l.Id == m.MediaListId && l.CampaignId == refusal.CampaignId), Ct));
    }

    [Fact]
    public async Task OneJournalist_StandsInTheListsOfBothEnergyTeams_AndEachSeesItsOwn()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var shared = await admin.Db.Interactions.Where(i => i.Subject!.StartsWith("Entretien individuel")).Select(i => i.InfluencerId!.Value).SingleAsync(Ct);
        const string industry = "École des soudeurs : interlocuteurs";
        const string teaser = "Lumi One : teaser hiver";

        var both = await ListsWithAsync(shared, Actors.Admin);
        var theo = await ListsWithAsync(shared, await ActorOfAsync("theo.marchandeau@passerelle.test"));
        var solene = await ListsWithAsync(shared, await ActorOfAsync("solene.kerbrat@passerelle.test"));

        Assert.Contains(industry, both);
        Assert.Contains(teaser, both);
        Assert.Contains(teaser, theo);
        Assert.DoesNotContain(industry, theo);
        Assert.Contains(industry, solene);
        Assert.DoesNotContain(teaser, solene);
    }

    [Fact]
    public async Task AnEmbargo_WasBroken_LongAgo()
    {
        await using var admin = demo.Database.As(Actors.Admin);

        var broken = await admin.Db.EmbargoAgreements.SingleAsync(a => a.Status == EmbargoStatus.Broken, Ct);

        var leak = await admin.Db.Coverage.SingleAsync(c => c.StoryId == broken.StoryId && c.InfluencerId == broken.InfluencerId, Ct);
        var story = await admin.Db.Stories.SingleAsync(s => s.Id == broken.StoryId, Ct);
        Assert.True(leak.PublishedAt < story.EmbargoUntil);
        Assert.True(broken.At < Now.AddDays(-300));
        Assert.NotNull(broken.EvidenceId);
    }

    [Fact]
    public async Task ASendOut_HasOneUnconfirmed_AndItsBouncesMarkTheAddresses()
    {
        await using var admin = demo.Database.As(Actors.Admin);

        var unconfirmed = await admin.Db.Messages.SingleAsync(m => m.Status == MessageStatus.Unconfirmed, Ct);
        var bounced = await admin.Db.Messages.Where(m => m.Status == MessageStatus.Bounced).ToListAsync(Ct);

        Assert.True(await admin.Db.SendOuts.AnyAsync(s => s.Id == unconfirmed.SendOutId && s.Status == SendOutStatus.Completed, Ct));
        Assert.Equal(2, bounced.Count);
        foreach (var message in bounced)
        {
            Assert.Equal(EmailStatus.Bounced, await admin.Db.Influencers.Where(i => i.Id == message.InfluencerId).Select(i => i.EmailStatus).SingleAsync(Ct));
            Assert.Equal(EmailStatus.Bounced, await admin.Db.ContactPoints.Where(p => p.AddressKey == message.AddressKey).Select(p => p.Status).SingleAsync(Ct));
        }
    }

    [Fact]
    public async Task AList_HasOneStaleAddress()
    {
        await using var admin = demo.Database.As(Actors.Admin);

        var list = await admin.Db.MediaLists.AsNoTracking().Include(l => l.Members).SingleAsync(l => l.Name.StartsWith("Petit-déjeuner"), Ct);
        var ids = list.Members.ConvertAll(m => m.InfluencerId);

        Assert.Equal(15, ids.Count);
        Assert.Equal(1, await admin.Db.Influencers.CountAsync(i => ids.Contains(i.Id) && i.EmailStatus == EmailStatus.Bounced, Ct));
        Assert.Equal(15, await admin.Db.Influencers.CountAsync(i => ids.Contains(i.Id) && i.Email != null && !i.DoNotContact, Ct));
    }

    [Fact]
    public async Task ACreator_IsCloseToTheContractLine()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var creator = await admin.Db.Influencers.SingleAsync(i => i.DisplayName == "Zélie", Ct);
        var notes = await admin.Db.Interactions.Where(i => i.InfluencerId == creator.Id && i.Kind == InteractionKind.Note && i.ClientId != null && i.Notes!.Contains('€')).OrderBy(i => i.OccurredAt).Select(i => i.Notes!).ToListAsync(Ct);

        var given = notes.Take(3).Sum(n => int.Parse(System.Text.RegularExpressions.Regex.Match(n, @"(\d+)\s€").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(870, given);
        Assert.Contains("870", notes[3], StringComparison.Ordinal);
        Assert.True(await admin.Db.Tasks.AnyAsync(t => t.InfluencerId == creator.Id && t.DoneAt == null && t.Title.Contains("contrat"), Ct));
    }

    [Fact]
    public async Task TwelveLoans_ThreeOverdue()
    {
        await using var admin = demo.Database.As(Actors.Admin);

        var loans = await admin.Db.Interactions.Where(i => i.Subject!.StartsWith("Prêt de démonstration")).ToListAsync(Ct);
        var late = loans.FindAll(l => l.NextStepDueAt < Now);

        Assert.Equal(12, loans.Count);
        Assert.Equal(12, loans.Select(l => l.InfluencerId).Distinct().Count());
        Assert.Equal(3, late.Count);
        foreach (var loan in late)
        {
            Assert.True(await admin.Db.Tasks.AnyAsync(t => t.InfluencerId == loan.InfluencerId && t.DueAt == loan.NextStepDueAt && t.DoneAt == null, Ct));
        }
    }

    [Fact]
    public async Task AByline_ShowsAChangeOfJob()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var task = await admin.Db.Tasks.SingleAsync(t => t.Title.StartsWith("Signature vue dans"), Ct);
        var affiliations = await admin.Db.Affiliations.Where(a => a.InfluencerId == task.InfluencerId && a.To == null).Select(a => a.OutletId).ToListAsync(Ct);

        var last = await admin.Db.Coverage.Where(c => c.InfluencerId == task.InfluencerId && c.Status == CoverageStatus.Observed).OrderByDescending(c => c.PublishedAt).ToListAsync(Ct);

        Assert.True(last.Count > 3);
        Assert.Single(last.Take(3).Select(c => c.OutletId).Distinct());
        Assert.DoesNotContain(last[0].OutletId!.Value, affiliations);
        Assert.All(last.Skip(3), c => Assert.Contains(c.OutletId!.Value, affiliations));
        Assert.All(last.Skip(3), c => Assert.True(c.PublishedAt < Now.AddDays(-35)));
    }

    [Fact]
    public async Task ThePressTrip_HasNineYes_FourNo_ThreeSilent()
    {
        await using var admin = demo.Database.As(Actors.Admin);

        var outcomes = await admin.Db.Interactions.Where(i => i.Subject!.StartsWith("Voyage de presse au verger") || i.Subject.StartsWith("Press trip to the orchard")).Select(i => i.Outcome).ToListAsync(Ct);

        Assert.Equal((9, 4, 3), (outcomes.Count(o => o == InteractionOutcome.Agreed), outcomes.Count(o => o == InteractionOutcome.Declined), outcomes.Count(o => o == InteractionOutcome.NoReply)));
    }

    private async Task<Actor> ActorOfAsync(string email)
    {
        await using var scope = demo.Database.As(Actors.Admin);
        var id = await scope.Db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Ct);
        return (await scope.Get<LoadActor>().OfUserAsync(id, Ct))!;
    }

    private async Task<List<string>> ListsWithAsync(int person, Actor actor)
    {
        await using var scope = demo.Database.As(actor);
        var names = await scope.Db.MediaLists.Where(l => l.Members.Any(m => m.InfluencerId == person)).Select(l => l.Name).ToListAsync(Ct);
        return names.ConvertAll(n => n.Replace('\u00A0', ' '));
    }
}
