using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Topics;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Data;

/// <summary>What is written is read again, and found, alike on each database.</summary>
public sealed class StoredValuesTests : DatabaseTest
{
    [DatabaseFact]
    public async Task Times_KeepTheirMicroseconds_AndComeBackAsUtc()
    {
        var at = new DateTime(2026, 3, 29, 1, 30, 15, DateTimeKind.Utc).AddTicks(1_234_567);
        var campaign = await CreateAsync(new() { Name = "Solar", StartsAt = at });
        await using var officer = Database.As(Actors.Officer());

        var read = await officer.Db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == campaign, Ct);

        Assert.Equal((at.AddTicks(-7), DateTimeKind.Utc), (read.StartsAt!.Value, read.StartsAt.Value.Kind));
        Assert.Equal((Now, DateTimeKind.Utc), (read.CreatedAt, read.CreatedAt.Kind));
        Assert.True(await officer.Db.Campaigns.AnyAsync(c => c.StartsAt == at && c.StartsAt > at.AddMilliseconds(-1), Ct));
        Assert.False(await officer.Db.Campaigns.AnyAsync(c => c.StartsAt > at, Ct));
    }

    [DatabaseFact]
    public async Task Decimals_KeepTheirCents_AndCompareAsNumbers()
    {
        await CreateAsync(new() { Name = "Nine", Budget = 9.5m });
        await CreateAsync(new() { Name = "Ten", Budget = 10.01m });
        await CreateAsync(new() { Name = "Most", Budget = 9_999_999_999_999_999.99m });
        await using var officer = Database.As(Actors.Officer());

        Assert.Equal([9.5m, 10.01m, 9_999_999_999_999_999.99m], await officer.Db.Campaigns.OrderBy(c => c.Budget).Select(c => c.Budget!.Value).ToListAsync(Ct));
        Assert.Equal(["Ten", "Most"], await officer.Db.Campaigns.Where(c => c.Budget >= 10m).OrderBy(c => c.Id).Select(c => c.Name).ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task Enums_AreStoredAsText()
    {
        await PersonAsync();
        await using var admin = Database.As(Actors.Admin);

        Assert.Equal(["Journalist"], await admin.Db.Database.SqlQueryRaw<string>("SELECT \"Kind\" AS \"Value\" FROM \"Influencers\"").ToListAsync(Ct));
        Assert.True(await admin.Db.Influencers.AnyAsync(i => i.Kind == InfluencerKind.Journalist && i.EmailStatus == EmailStatus.Unknown, Ct));
    }

    [DatabaseFact]
    public async Task Lists_KeepTheirOrder_AndAreFoundByTheirValues()
    {
        await using var officer = Database.As(Actors.Officer());
        await officer.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = "Zoé", Tags = new List<string> { "solar", "a, b", "\"quoted\"" }, Languages = new List<string> { "fr", "en" } }, Ct);
        await officer.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = "Ali", Tags = new List<string> { "Solar" } }, Ct);
        var people = officer.Db.Influencers.AsNoTracking();

        var wanted = "solar";
        Assert.Equal(["Zoé"], await people.Where(i => i.Tags.Any(t => t == wanted)).Select(i => i.DisplayName).ToListAsync(Ct));
        Assert.Equal(["Zoé"], await people.Where(i => i.Tags.Contains("a, b") && i.Languages.Contains("en")).Select(i => i.DisplayName).ToListAsync(Ct));
        Assert.Equal(["Ali"], await people.Where(i => !i.Languages.Any()).Select(i => i.DisplayName).ToListAsync(Ct));
        Assert.Equal(["solar", "a, b", "\"quoted\""], (await people.FirstAsync(i => i.DisplayName == "Zoé", Ct)).Tags);
    }

    [DatabaseFact]
    public async Task LocalizedTexts_KeepEveryLanguage()
    {
        await using (var officer = Database.As(Actors.Officer()))
        {
            await officer.CreateAsync<Topic, TopicChanges>(
                new() { Name = "Solar", Names = LocalizedText.Of(("fr", "Énergie solaire"), ("ja", "太陽光")), Keywords = LocalizedWords.Of(("fr", ["Panneaux", "toit"])) }, Ct);
        }

        await using var reader = Database.As(Actors.Reader);
        var topic = await reader.Db.Topics.AsNoTracking().SingleAsync(Ct);

        Assert.Equal(("Énergie solaire", "太陽光", null), (topic.Names["fr"], topic.Names["ja"], topic.Names["de"]));
        Assert.Equal(["Panneaux", "toit"], topic.Keywords["fr"]);
    }

    [DatabaseFact]
    public async Task Search_KnowsNeitherCaseNorAccents_AndEqualityKnowsBoth()
    {
        await PersonAsync("Zoé Lefèvre");
        await PersonAsync("ZOE LEFEVRE");
        await PersonAsync("Łukasz Ørsted-Œuvré");
        await using var reader = Database.As(Actors.Reader);
        var people = reader.Db.Influencers.AsNoTracking();

        Assert.Equal(2, await CountAsync("zoé lef"));
        Assert.Equal(2, await CountAsync("ZOE LEF"));
        Assert.Equal(1, await CountAsync("lukasz orsted-oeuvre"));
        Assert.Equal(0, await CountAsync("zo_"));
        Assert.Equal(0, await CountAsync("%"));
        Assert.Equal(1, await people.CountAsync(i => i.DisplayName == "Zoé Lefèvre", Ct));
        Assert.Equal(0, await people.CountAsync(i => i.DisplayName == "zoé lefèvre" || i.DisplayName == "Zoé Lefèvre ", Ct));

        Task<int> CountAsync(string sought)
        {
            var text = SearchText.Normalise(sought);
            return people.CountAsync(i => i.SearchText.Contains(text), Ct);
        }
    }

    private async Task<int> CreateAsync(CampaignChanges changes)
    {
        await using var officer = Database.As(Actors.Officer());
        return (await officer.CreateAsync<Campaign, CampaignChanges>(changes, Ct)).Id;
    }
}
