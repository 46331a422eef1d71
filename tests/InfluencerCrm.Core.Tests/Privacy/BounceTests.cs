using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Tests.SendOuts;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Privacy;

/// <summary>An address whose mails come back is suppressed as an address: it binds nobody who has another, and is lifted with its mark.</summary>
public sealed class BounceTests : EngineTest
{
    private const string To = "ana@example.org";

    [DatabaseFact]
    public async Task ARefusedMailbox_IsSuppressedAsAnAddress()
    {
        await RefusedAsync(await RecipientAsync("ana"));

        var row = Assert.Single(await RowsAsync());
        Assert.Equal((To, SuppressionScope.All, SuppressionReason.Bounce, "smtp: 550 5.1.1 no such user"), (row.Address, row.Scope, row.Reason, row.Source));
        Assert.Equal((null, null, null), (row.InfluencerId, row.ClientId, row.LiftedAt));
        Assert.Equal(await HashOfAsync(To), row.AddressHash);
        Assert.Equal(EmailStatus.Bounced, await StatusAsync());
    }

    [DatabaseFact]
    public async Task WhoHasAnotherAddress_IsWrittenToThere()
    {
        var ana = await RecipientAsync("ana");
        await PointAsync(ana, "ana@home.example");
        await RefusedAsync(ana);

        var message = await NextAsync(ana);

        Assert.Equal((null, "ana@home.example"), (message.SkipReason, message.ToAddress));
        Assert.Equal("ana@home.example", Left[^1].ToAddress);
    }

    [DatabaseFact]
    public async Task WhoHasNoOther_IsSkippedAsBounced()
    {
        var ana = await RecipientAsync("ana");
        await RefusedAsync(ana);
        var check = await CheckAsync((await DraftAsync(new(), ana)).Id);

        Assert.Equal(SkipReason.Bounced, (await NextAsync(ana)).SkipReason);
        Assert.Equal("bounced", Assert.Single(check.Problems, p => p.Code == "skipped").Target);
    }

    [DatabaseFact]
    public async Task TheRowAlone_HoldsAtPlanningAndAtTheGate()
    {
        var (ana, bea) = (await RecipientAsync("ana"), await RecipientAsync("bea"));
        await PointAsync(bea, "bea@home.example");
        var planned = await DraftAsync(new(), ana, bea);
        var queued = await DraftAsync(new(), ana, bea);
        await ScheduleAsync(queued.Id);
        await StandsAsync(To);
        await StandsAsync("bea@example.org");

        await ScheduleAsync(planned.Id);
        await SendDueAsync();

        Assert.Equal([SkipReason.Bounced, SkipReason.Bounced], (await MessagesAsync(queued.Id)).Select(m => m.SkipReason));
        Assert.Equal([(SkipReason.Bounced, To), (null, "bea@home.example")], (await MessagesAsync(planned.Id)).Select(m => (m.SkipReason, m.ToAddress)));
    }

    [DatabaseFact]
    public async Task WhoOpposesAsWell_IsSuppressed()
    {
        var ana = await RecipientAsync("ana");
        await RefusedAsync(ana);

        await SuppressAsync(new() { AddressKey = To, Reason = SuppressionReason.Manual });
        await SuppressAsync(new() { AddressKey = To, Reason = SuppressionReason.Bounce });

        Assert.Equal([SuppressionReason.Bounce, SuppressionReason.Manual], (await RowsAsync()).Select(s => s.Reason));
        Assert.Equal(SkipReason.Suppressed, (await NextAsync(ana)).SkipReason);
    }

    [DatabaseFact]
    public async Task ABounceThatIsAddedByHand_NamesNoPerson_AndMarksTheAddress()
    {
        var ana = await RecipientAsync("ana");

        await SuppressAsync(new() { AddressKey = To, InfluencerId = ana, Reason = SuppressionReason.Bounce });

        Assert.Null(Assert.Single(await RowsAsync()).InfluencerId);
        Assert.Equal(EmailStatus.Bounced, await StatusAsync());
    }

    [DatabaseFact]
    public async Task Lifted_TheAddressIsUnknown_AndTriedAgain()
    {
        var ana = await RecipientAsync("ana");
        await RefusedAsync(ana);

        await LiftAsync(Assert.Single(await RowsAsync()).Id);

        Assert.Equal(EmailStatus.Unknown, await StatusAsync());
        Assert.Null((await NextAsync(ana)).SkipReason);
        Assert.Equal(2, await AuditedAsync(Assert.Single(await RowsAsync()).Id));
    }

    [DatabaseFact]
    public async Task Lifted_AComplaintStays()
    {
        await RefusedAsync(await RecipientAsync("ana"));
        await WriteAsync(async db => await new MarkAddress(db).ExecuteAsync(To, EmailStatus.Complained, Now, Ct));

        await LiftAsync(Assert.Single(await RowsAsync()).Id);

        Assert.Equal(EmailStatus.Complained, await StatusAsync());
    }

    [DatabaseFact]
    public async Task AnAddressThatWritesToUs_LiftsItsBounceOnly()
    {
        var ana = await RecipientAsync("ana");
        await RefusedAsync(ana);
        await SuppressAsync(new() { AddressKey = To, InfluencerId = ana, Reason = SuppressionReason.Unsubscribe });

        await ReviveAsync(To);

        var rows = await RowsAsync();
        Assert.Equal([(true, "A mail came from this address."), (false, null)], rows.Select(s => (s.LiftedAt is not null, s.LiftReason)));
        Assert.Equal(EmailStatus.Valid, await StatusAsync());
        Assert.Equal(SkipReason.Suppressed, (await NextAsync(ana)).SkipReason);
    }

    [DatabaseFact]
    public async Task AnAddressThatBouncesAgain_GetsANewRow()
    {
        var ana = await RecipientAsync("ana");
        await RefusedAsync(ana);
        await ReviveAsync(To);

        await RefusedAsync(ana);

        Assert.Equal([true, false], (await RowsAsync()).Select(s => s.LiftedAt is not null));
        Assert.Equal(EmailStatus.Bounced, await StatusAsync());
    }

    [DatabaseFact]
    public async Task AnEdit_NeverHidesABounceThatStands()
    {
        var ana = await RecipientAsync("ana");
        await RefusedAsync(ana);
        await using var officer = Database.As(Actors.Officer());
        var point = await officer.Db.ContactPoints.Select(p => p.Id).SingleAsync(Ct);

        var ofPoint = await Assert.ThrowsAsync<Conflict>(() => officer.ChangeAsync<ContactPoint, ContactPointChanges>(point, new() { Status = EmailStatus.Valid }, Ct));
        officer.Db.ChangeTracker.Clear();
        var ofPerson = await Assert.ThrowsAsync<Conflict>(() => officer.ChangeAsync<Influencer, InfluencerChanges>(ana, new() { EmailStatus = EmailStatus.Unknown }, Ct));
        officer.Db.ChangeTracker.Clear();
        await officer.ChangeAsync<ContactPoint, ContactPointChanges>(point, new() { Source = "her card" }, Ct);

        Assert.Equal([("bounceStands", "status"), ("bounceStands", "emailStatus")], new[] { ofPoint, ofPerson }.Select(e => (e.Code, e.Target)));
        Assert.Equal(EmailStatus.Bounced, await StatusAsync());
    }

    [DatabaseFact]
    public async Task AnAddressThatIsEntered_ShowsTheBounceThatStands()
    {
        await StandsAsync(To);
        await StandsAsync("ana@home.example");

        var ana = await RecipientAsync("ana");
        await PointAsync(ana, "ana@home.example");

        Assert.Equal(EmailStatus.Bounced, await StatusAsync());
        Assert.Equal([EmailStatus.Bounced, EmailStatus.Bounced], await ReadPointsAsync());
    }

    [DatabaseFact]
    public async Task AMarkMadeByHand_MayBeTakenBackByHand()
    {
        var ana = await RecipientAsync("ana");
        await using var officer = Database.As(Actors.Officer());

        await officer.ChangeAsync<Influencer, InfluencerChanges>(ana, new() { EmailStatus = EmailStatus.Bounced }, Ct);
        await officer.ChangeAsync<Influencer, InfluencerChanges>(ana, new() { EmailStatus = EmailStatus.Valid }, Ct);

        Assert.Equal(EmailStatus.Valid, await StatusAsync());
        Assert.Empty(await RowsAsync());
    }

    [DatabaseFact]
    public async Task BouncesAtOnce_WriteOneRow()
    {
        await RecipientAsync("ana");
        await AtOnceAsync(To);
        await RecipientAsync("bea");
        await WriteAsync(async db => await new MarkAddress(db).ExecuteAsync("bea@example.org", EmailStatus.Bounced, Now, Ct));
        await AtOnceAsync("bea@example.org");

        Assert.Equal([To, "bea@example.org"], (await RowsAsync()).Select(s => s.Address));
    }

    [DatabaseFact]
    public async Task BouncesAtOnce_OfAnAddressThatNobodyHas_AreLiftedWithAnyOfThem()
    {
        await AtOnceAsync("nobody@example.org");

        // Whether they met or not, there are two.
        await StandsAsync("nobody@example.org");
        var rows = await RowsAsync();

        await LiftAsync(rows[0].Id);

        Assert.InRange(rows.Count, 2, 5);
        Assert.All(await RowsAsync(), s => Assert.Equal((true, "She says it works"), (s.LiftedAt is not null, s.LiftReason)));
        foreach (var row in rows)
        {
            Assert.Equal(2, await AuditedAsync(row.Id));
        }

        await RecipientAsync("nobody");
        Assert.Equal([EmailStatus.Unknown], await ReadPointsAsync());
    }

    [DatabaseFact]
    public async Task AfterErasure_TheHashIsLeft_AlsoOfAFormerAddress()
    {
        var ana = await RecipientAsync("ana");
        await RefusedAsync(ana);
        await using (var officer = Database.As(Actors.Officer()))
        {
            await officer.ChangeAsync<Influencer, InfluencerChanges>(ana, new() { Email = "ana@home.example" }, Ct);
        }

        await RefusedAsync(ana);
        await RunAsync<EraseInfluencer, Erasure>(e => e.ExecuteAsync(ana, "ana", Ct));

        var rows = await RowsAsync();
        Assert.Equal([SuppressionReason.Bounce, SuppressionReason.Bounce, SuppressionReason.Erasure], rows.Select(s => s.Reason));
        Assert.All(rows, s => Assert.Equal((null, null), (s.Address, s.Source)));
        Assert.Equal([await HashOfAsync(To), await HashOfAsync("ana@home.example"), await HashOfAsync("ana@home.example")], rows.Select(s => s.AddressHash));
    }

    [DatabaseFact]
    public async Task AMailboxRefusedAfterAnErasure_IsNotWrittenDown()
    {
        var ana = await RecipientAsync("ana");
        OnMail = async _ => await RunAsync<EraseInfluencer, Erasure>(e => e.ExecuteAsync(ana, "ana", Ct));

        await RefusedAsync(ana);

        Assert.Equal([(null, SuppressionReason.Erasure)], (await RowsAsync()).Select(s => (s.Address, s.Reason)));
    }

    [DatabaseFact]
    public async Task AHashAloneThatIsLifted_UnmarksTheAddressThatCameBack()
    {
        var row = await Database.AddAsync(new Suppression(null, await HashOfAsync(To), null, SuppressionScope.All, null, SuppressionReason.Bounce, null), Ct);
        await RecipientAsync("ana");
        var before = await StatusAsync();

        await LiftAsync(row.Id);

        Assert.Equal((EmailStatus.Bounced, EmailStatus.Unknown), (before, await StatusAsync()));
    }

    /// <summary>A send-out whose mail the server refuses.</summary>
    private async Task RefusedAsync(int person)
    {
        var sendOut = await DraftAsync(new(), person);
        await ScheduleAsync(sendOut.Id, overrideReason: "a test");
        Answer = _ => new DeliveryAnswer(DeliveryOutcome.Failed, "550 5.1.1 no such user", 550, "5.1.1") { RefusesAddress = true };
        await SendDueAsync();
        Answer = _ => null;
        Assert.Equal(MessageStatus.Failed, Assert.Single(await MessagesAsync(sendOut.Id)).Status);
    }

    /// <summary>What the next send-out makes of the person.</summary>
    private async Task<Message> NextAsync(int person)
    {
        var sendOut = await DraftAsync(new(), person);
        await ScheduleAsync(sendOut.Id, overrideReason: "a test");
        await SendDueAsync();
        return Assert.Single(await MessagesAsync(sendOut.Id));
    }

    private async Task AtOnceAsync(string key) => await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
    {
        await using var scope = Database.As(Actor.System);
        await using var transaction = await scope.Db.Database.BeginTransactionAsync(Ct);
        await scope.Get<BounceAddress>().ExecuteAsync(key, $"report {i}", Ct);
        await transaction.CommitAsync(Ct);
    })));

    private async Task PointAsync(int person, string address)
    {
        await using var officer = Database.As(Actors.Officer());
        await officer.CreateAsync<ContactPoint, ContactPointChanges>(new() { InfluencerId = person, Kind = ContactKind.Email, Value = address }, Ct);
    }

    private async Task StandsAsync(string key) =>
        await Database.AddAsync(new Suppression(key, await HashOfAsync(key), null, SuppressionScope.All, null, SuppressionReason.Bounce, "mail"), Ct);

    private async Task<byte[]> HashOfAsync(string key)
    {
        await using var scope = Database.As(Actor.System);
        return scope.Get<AddressHash>().Of(key);
    }

    private async Task SuppressAsync(AddSuppressionRequest request)
    {
        await using var officer = Database.As(Actors.Officer());
        await officer.Get<AddSuppression>().ExecuteAsync(request, Ct);
    }

    private Task<Suppression> LiftAsync(int id) => RunAsync<LiftSuppression, Suppression>(l => l.ExecuteAsync(id, null, "She says it works", Ct));

    private async Task ReviveAsync(string key)
    {
        await using var scope = Database.As(Actor.System);
        await scope.Get<ReviveAddress>().ExecuteAsync(key, Now, Ct);
    }

    private async Task<List<Suppression>> RowsAsync()
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.Suppressions.AsNoTracking().OrderBy(s => s.Id).ToListAsync(Ct);
    }

    private async Task<EmailStatus> StatusAsync()
    {
        await using var scope = Database.As(Actor.System);
        var statuses = await scope.Db.Influencers.Where(i => i.Email == To).Select(i => new { i.EmailStatus, Of = i.ContactPoints.Single(p => p.Primary).Status }).SingleAsync(Ct);
        Assert.Equal(statuses.Of, statuses.EmailStatus);
        return statuses.EmailStatus;
    }

    private async Task<List<EmailStatus>> ReadPointsAsync()
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.ContactPoints.Select(p => p.Status).ToListAsync(Ct);
    }

    private async Task<int> AuditedAsync(int suppression)
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.AuditEntries.CountAsync(e => e.Entity == nameof(Suppression) && e.Key == suppression, Ct);
    }
}
