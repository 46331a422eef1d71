using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Demo;

public sealed class DemoPeopleTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    private static readonly string[] Chiefs = ["Rédacteur en chef", "Rédactrice en chef", "Directeur de l'information", "Directrice de l'information", "Chefredakteur", "Chefredakteurin", "Editor"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTime Now => demo.Database.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Kinds_AreThoseOfARealFile()
    {
        var people = await PeopleAsync();
        var journalists = people.FindAll(p => p.Kind == InfluencerKind.Journalist);
        var freelances = journalists.FindAll(p => p.Affiliations.Exists(a => a.Employment == Employment.Freelance));
        var chiefs = journalists.FindAll(p => p.Affiliations.Exists(a => a.To is null && Chiefs.Contains(a.Function)));

        Assert.Equal(300, people.Count);
        Assert.Equal(150, journalists.Count);
        Assert.Equal(38, freelances.Count);
        Assert.All(freelances, p => Assert.InRange(p.Affiliations.Select(a => a.OutletId).Distinct().Count(), 2, 4));
        Assert.Equal(17, chiefs.Count);
        Assert.Equal(95, journalists.Except(freelances).Except(chiefs).Count(p => p.Affiliations.Exists(a => a is { To: null, Employment: Employment.Staff })));
        Assert.Equal(70, people.Count(p => p.Kind == InfluencerKind.Blogger));
        Assert.Equal(50, people.Count(p => p.Kind == InfluencerKind.Creator));
        Assert.Equal(8, people.Count(p => p.Kind == InfluencerKind.Creator && p.ContactPoints.Exists(c => c.Label == ContactLabel.Agent)));
        Assert.Equal(30, people.Count(p => p.Kind is InfluencerKind.Expert or InfluencerKind.Stakeholder));
    }

    [Fact]
    public async Task Addresses_AreAsUnevenAsInLife()
    {
        var people = await PeopleAsync();
        var emails = people.ConvertAll(p => p.ContactPoints.Count(c => c.Kind == ContactKind.Email));

        Assert.Equal(36, emails.Count(n => n == 0));
        Assert.Equal(54, emails.Count(n => n >= 2));
        Assert.Equal(6, people.Count(p => p.IsDesk));
        Assert.Equal(9, people.Sum(p => p.ContactPoints.Count(c => c.Shared)));
    }

    [Fact]
    public async Task Moves_Absences_AndObjections()
    {
        var people = await PeopleAsync();
        var ended = people.SelectMany(p => p.Affiliations).Where(a => a.To is not null).ToList();
        await using var admin = demo.Database.As(Actors.Admin);
        var suppressions = await admin.Db.Suppressions.AsNoTracking().ToListAsync(Ct);

        Assert.Equal(22, ended.Select(a => a.InfluencerId).Distinct().Count());
        Assert.All(ended, a => Assert.InRange(a.To!.Value, Now.AddDays(-731), Now));
        Assert.Equal(11, people.Count(p => p.AwayUntil > Now));
        Assert.Equal(14, suppressions.Select(s => s.InfluencerId).Distinct().Count());
        Assert.Equal(5, suppressions.Count(s => s is { Scope: SuppressionScope.Client, ClientId: not null }));
        Assert.Equal(9, people.Count(p => p.DoNotContact));
        Assert.Equal(75, people.Count(p => p.Interactions.Count == 0));
    }

    [Fact]
    public async Task Duplicates_AndHomonyms_AreTwoThings()
    {
        var people = await PeopleAsync();
        var namesakes = people.Where(p => p.LastName is not null).GroupBy(p => (p.FirstName, Last: p.LastName!.ToUpperInvariant())).Where(g => g.Count() > 1).ToList();

        var duplicates = namesakes.Where(g => g.Select(p => p.DisplayName).Distinct().Count() == 2).ToList();
        var homonyms = Assert.Single(namesakes.Except(duplicates)).ToList();
        Assert.Equal(3, duplicates.Count);
        Assert.All(duplicates, g => Assert.Single(g.Select(p => p.City).Distinct()));
        Assert.Equal(2, homonyms.Count);
        Assert.Empty(homonyms[0].Affiliations.Select(a => a.OutletId).Intersect(homonyms[1].Affiliations.Select(a => a.OutletId)));
    }

    [Fact]
    public async Task OneHasASingleName_AndOneChangedHers()
    {
        var people = await PeopleAsync();

        Assert.Equal("Zélie", Assert.Single(people, p => p is { FirstName: null, LastName: null, IsDesk: false }).DisplayName);
        var renamed = Assert.Single(people, p => p.About?.StartsWith("Signait ", StringComparison.Ordinal) ?? false);
        Assert.StartsWith($"Signait {renamed.FirstName} ", renamed.About, StringComparison.Ordinal);
        Assert.DoesNotContain(renamed.LastName!, renamed.About!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Breton", "^(Le |Ker|Guivarc|Quém|Cloarec|Tanguy|Riou)")]
    [InlineData("Alsatian", "^(Muller-Haas|Schaeffer|Oberlé|Wendling|Kieffer|Steinmetz|Hoffstetter)$")]
    [InlineData("Maghrebi", "^(Benhaddou|Bouzidi|Cherkaoui|Haddad|Belkacem|Ouali|Zerrouki|Amrani|El Fassi|Taleb)")]
    [InlineData("West African", "^(Diarrassouba|Sarr|Koulibaly|Ndiaye|Traoré|Sissoko|Dembélé|Gueye)")]
    [InlineData("Portuguese", "^(Carvalhal|da Silva|Figueiredo|dos Santos|Teixeira|Magalhães|Pinheiro)$")]
    [InlineData("Flemish", "^(van den Berghe|De Smedt|Vermeulen|Claes|Van Damme|Peeters)$")]
    [InlineData("Romansh", "^(Caduff|Camenisch|Planta|Bezzola)$")]
    [InlineData("Welsh", "^(Prosser|Llewellyn|ap Rhys|Gethin|Bevan)$")]
    [InlineData("Scottish", "^(MacAskill|Drummond|McIntyre|Ogilvie|Strachan)$")]
    [InlineData("Turkish-German", "^(Yıldırım|Öztürk|Şahin|Karaca)$")]
    [InlineData("Greek letters", @"^\p{IsGreek}+$")]
    [InlineData("Cyrillic letters", @"^\p{IsCyrillic}+$")]
    [InlineData("Arabic letters", @"^\p{IsArabic}+$")]
    [InlineData("with Le", "^Le [A-Z]")]
    [InlineData("with a particle", "^de La Tour$")]
    [InlineData("with an apostrophe", "^O'[A-Z]")]
    [InlineData("with two small words", "^van den Berghe$")]
    public async Task FamilyNames_ComeFromEverywhere(string origin, string pattern)
    {
        var people = await PeopleAsync();

        Assert.True(people.Exists(p => p.LastName is not null && System.Text.RegularExpressions.Regex.IsMatch(p.LastName, pattern)), $"nobody has a name {origin}");
    }

    [Fact]
    public async Task FirstNames_MayBeTwo()
    {
        var people = await PeopleAsync();

        Assert.Contains(people, p => p.FirstName == "Anne-Laure");
        Assert.Equal(80, await CountAsync(db => db.Topics));
        Assert.Equal(60, await CountAsync(db => db.Outlets));
    }

    private async Task<int> CountAsync<T>(Func<Core.Data.CrmDbContext, IQueryable<T>> set)
    {
        await using var admin = demo.Database.As(Actors.Admin);
        return await set(admin.Db).CountAsync(Ct);
    }

    private async Task<List<Influencer>> PeopleAsync()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        return await admin.Db.Influencers.AsNoTracking().Include(i => i.ContactPoints).Include(i => i.Affiliations).Include(i => i.Interactions).AsSplitQuery().OrderBy(i => i.Id).ToListAsync(Ct);
    }
}
