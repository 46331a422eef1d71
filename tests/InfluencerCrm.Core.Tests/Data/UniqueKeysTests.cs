using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>SQL Server takes one null in a unique index, the others any number; the indexes here must mean the same on all.</summary>
public sealed class UniqueKeysTests : DatabaseTest
{
    [DatabaseFact]
    public async Task ManyPointsWithoutAKey_AreNoTwins()
    {
        var person = await PersonAsync();

        foreach (var (kind, value) in new[] { (ContactKind.Phone, "1"), (ContactKind.Phone, "2"), (ContactKind.Postal, "3") })
        {
            var point = new ContactPoint(kind, value);
            point.BelongTo(person);
            await Database.AddAsync(point, Ct);
        }

        await using var reader = Database.As(Actors.Reader);
        Assert.Equal(3, await reader.Db.ContactPoints.CountAsync(p => p.UniqueAddressKey == null, Ct));
    }

    [DatabaseFact]
    public async Task OneSendOut_WritesOnceToAnAddress_HoweverManyItSkips()
    {
        var sendOut = await Database.AddAsync(new SendOut("Solar", SendOutPurpose.Pitch), Ct);
        var other = await Database.AddAsync(new SendOut("Wind", SendOutPurpose.Pitch), Ct);
        await MailAsync(sendOut, "zoe@example.org", null);
        await MailAsync(other, "zoe@example.org", null);
        await MailAsync(sendOut, "zoe@example.org", SkipReason.DuplicateAddress);
        await MailAsync(sendOut, "zoe@example.org", SkipReason.DuplicateAddress);

        await Assert.ThrowsAsync<DbUpdateException>(() => MailAsync(sendOut, "zoe@example.org", null));
    }

    [DatabaseFact]
    public async Task OneSendOut_WritesOnceToAPerson()
    {
        var sendOut = await Database.AddAsync(new SendOut("Solar", SendOutPurpose.Pitch), Ct);
        var person = await PersonAsync();
        await MailAsync(sendOut, "a@example.org", null, person);

        await Assert.ThrowsAsync<DbUpdateException>(() => MailAsync(sendOut, "b@example.org", null, person));
    }

    private async Task MailAsync(SendOut sendOut, string address, SkipReason? skip, int? person = null) =>
        await Database.AddAsync(new Message(sendOut, new MessagePlan
        {
            InfluencerId = person ?? await PersonAsync(),
            Channel = MessageChannel.Email,
            ToAddress = address,
            AddressKey = address,
            SkipReason = skip,
            DueAt = Now,
        }), Ct);
}
