using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.Team;
using InfluencerCrm.TestKit;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Tests.SendOuts.Planning;

public sealed class LoadRecipientsTests : DatabaseTest
{
    [DatabaseFact]
    public async Task TheZone_IsThePersonsOwn_ElseTheOutlets_TheCountrys_TheClients_TheAgencys()
    {
        var client = await Database.AddAsync(Client.Create(new() { Name = "Voltis", TimeZone = "America/Lima" }), Ct);
        var outlet = await Database.AddAsync(Outlet.Create(new() { Name = "The Planet", Kind = OutletKind.Magazine, TimeZone = "Asia/Tokyo" }), Ct);
        var (own, atOutlet, inCountry, nowhere) = (
            await PersonAsync("Own", "CA", "America/Vancouver"), await PersonAsync("Outlet", "CA"), await PersonAsync("Country", "CA"), await PersonAsync("Nowhere"));
        await Database.AddAsync(new Affiliation(own, outlet.Id), Ct);
        await Database.AddAsync(new Affiliation(atOutlet, outlet.Id), Ct);
        var (ofClient, ofNobody) = (await SendOutAsync(client.Id), await SendOutAsync(null));

        var zones = await ZonesAsync(ofClient, [own, atOutlet, inCountry, nowhere]);
        var agency = await ZonesAsync(ofNobody, [inCountry, nowhere]);

        Assert.Equal(["America/Vancouver", "Asia/Tokyo", "America/Toronto", "America/Lima"], zones);
        Assert.Equal(["America/Toronto", "Africa/Nairobi"], agency);
    }

    [Fact]
    public async Task Languages_ArePutDownWithTheValues_ThePreferredFirst()
    {
        var sendOut = await SendOutAsync(null);
        await using var admin = Database.As(Actors.Admin);
        var speaks = await admin.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = "Ana", Language = "ca", Languages = new List<string> { "es", "CA", "fr" } }, Ct);
        var silent = await admin.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = "Bea" }, Ct);

        var people = await admin.Get<LoadRecipients>().ExecuteAsync(sendOut, [speaks.Id, silent.Id], Ct);

        Assert.Equal(["ca", "es", "fr"], PersonValues.FromJson(people[0].Values.ToJson()).Languages!);
        Assert.DoesNotContain("languages", people[1].Values.ToJson(), StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string?>> ZonesAsync(SendOut sendOut, int[] people)
    {
        await using var admin = Database.As(Actors.Admin);
        var mails = await admin.Get<LoadMails>().ExecuteAsync(sendOut.Id, Ct);
        var load = new LoadRecipients(admin.Db, Database.Clock, Options.Create(new AgencyOptions { TimeZone = "Africa/Nairobi" }));
        return (await load.ExecuteAsync(mails.SendOut, people, Ct)).Select(r => r.Values.TimeZone);
    }

    private async Task<int> PersonAsync(string name, string? country, string? timeZone = null)
    {
        await using var officer = Database.As(Actors.Officer());
        return (await officer.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = name, Country = country, TimeZone = timeZone }, Ct)).Id;
    }

    private Task<SendOut> SendOutAsync(int? client) => Database.AddAsync(SendOut.Create(new() { Name = "Spring", ClientId = client, SubjectTemplate = "s", BodyTemplate = "b" }), Ct);
}
