using InfluencerCrm.Api.Tests.Imports;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.OData;

/// <summary><c>$search</c> and <c>contains</c> find the same rows on each database, whether an index gave candidates or all rows were read.</summary>
public sealed class SearchTests : ApiTest
{
    private static readonly DateTime At = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [DatabaseFact]
    public async Task AWord_MayBeInTheName_Address_Biography_OutletOrTopic()
    {
        var zoe = await PersonAsync("Zoé Lefèvre", "zoe@presse.example.org", "Écrit sur les éoliennes");
        await AtAsync(zoe, "L’Écho des Savanes");
        await CoversAsync(zoe, new { name = "Wind power", names = new { fr = "Énergie éolienne", de = "Windkraft" } });
        await PersonAsync("Ali Martin", "ali@other.example.org", "Football");

        foreach (var word in new[] { "lefevre", "ZOÉ", "\"presse.example\"", "eoliennes", "écho", "savanes", "wind", "énergie", "WINDKRAFT" })
        {
            Assert.Equal(["Zoé Lefèvre"], await SearchAsync(word));
        }

        Assert.Equal(["Zoé Lefèvre"], await SearchAsync("lefevre savanes windkraft eoliennes"));
        Assert.Empty(await SearchAsync("martin savanes"));
        Assert.Empty(await SearchAsync("lefevre football"));
    }

    [DatabaseFact]
    public async Task Phrases_And_Or_Not_GoOnWorking()
    {
        await PersonAsync("Ada", null, "solar power plants");
        await PersonAsync("Bea", null, "power of solar wind");
        var cleo = await PersonAsync("Cleo", null, "gardening");
        await AtAsync(cleo, "Solar Weekly");

        Assert.Equal(["Ada"], await SearchAsync("\"solar power\""));
        Assert.Equal(["Ada", "Bea", "Cleo"], await SearchAsync("solar"));
        Assert.Equal(["Ada", "Cleo"], await SearchAsync("plants OR weekly"));
        Assert.Equal(["Bea", "Cleo"], await SearchAsync("solar AND NOT plants"));
        Assert.Equal(["Ada", "Bea"], await SearchAsync("NOT weekly"));
        Assert.Equal(["Cleo"], await SearchAsync("(gardening OR plants) AND weekly"));
        Assert.Equal(["Bea"], await SearchAsync("solar AND power AND NOT \"solar power\""));
    }

    [DatabaseFact]
    public async Task UnderThreeLetters_TheRowsAreRead()
    {
        await PersonAsync("Ada", null, "ki in der medizin");
        var bea = await PersonAsync("Bea", null, "nothing");
        await AtAsync(bea, "KI Magazin");

        Assert.Equal(["Ada", "Bea"], await SearchAsync("ki"));
        Assert.Equal(["Ada"], await SearchAsync("ki medizin"));
        Assert.Equal(["Ada"], await ContainsAsync("ki"));
        Assert.Empty(await ContainsAsync("zq"));
    }

    [DatabaseFact]
    public async Task WhatMeansSomethingToADatabase_IsPlainText()
    {
        string[] texts = ["100% sure", "100 sure", "snake_case name", "snakeXcase name", "a*star", "a-star", "say \"hello\" twice", "it''s here", "back\\slash", "[abc] set", "NEAR(a b)", "col:umn ^top {x}", "🌍🌞🌊 earth"];
        foreach (var text in texts)
        {
            await PersonAsync($"P{Array.IndexOf(texts, text):00}", null, text);
        }

        foreach (var part in new[] { "0% s", "ke_c", "a*s", "y \"hel", "s''s", "k\\s", "[abc", "near(a b)", "l:umn ^t", "{x}", "🌍🌞🌊", "🌞🌊", "e*c", "'''", "\"\"\"", "%%%", "___" })
        {
            var expected = texts.Where(t => SearchText.Normalise(t).Contains(SearchText.Normalise(part), StringComparison.Ordinal)).Select(t => $"P{Array.IndexOf(texts, t):00}");
            Assert.Equal(expected, await ContainsAsync(part));
        }
    }

    [DatabaseFact]
    public async Task ACommonWord_ARareOne_AndBoth_AreFoundAndCountedWhole()
    {
        const int People = 2300;
        await using (var product = App.AsProduct())
        {
            await using var insert = new BulkInsert<Influencer>(product.Db, TimeProvider.System, readKeys: false, product.Get<IDatabaseProvider>());
            await insert.WriteAsync([.. Enumerable.Range(0, People).Select(i => Influencer.Create(new() { DisplayName = $"Person {i:0000}", Bio = $"everybody {(i % 2 == 0 ? "evenly" : "oddly")} {(i % 700 == 0 ? "seldom" : "often")}" }))], Ct);
        }

        Assert.Equal(People, await CountAsync("$search=everybody"));
        Assert.Equal(4, await CountAsync("$search=seldom"));
        Assert.Equal(4, await CountAsync("$search=everybody seldom"));
        Assert.Equal(4, await CountAsync("$search=person evenly seldom"));
        Assert.Equal(0, await CountAsync("$search=evenly oddly"));
        Assert.Equal(4 + (People / 2), await CountAsync("$search=seldom OR oddly"));
        Assert.Equal(People - 4, await CountAsync("$search=NOT seldom"));
        Assert.Equal(4, await CountAsync("$filter=contains(bio,'seldom')"));
        Assert.Equal(People / 2, await CountAsync("$filter=contains(bio,'EVENLY') and contains(bio,'body')"));
        Assert.Equal(1, await CountAsync("$filter=contains(bio,'seldom') and endswith(displayName,'1400')"));
        Assert.Equal(People - 4, await CountAsync("$filter=not contains(bio,'seldom')"));
        Assert.Equal(4 + 10, await CountAsync("$filter=contains(bio,'seldom') or startswith(displayName,'person 001')"));
        Assert.Equal(["Person 2100", "Person 1400"], await NamesAsync("odata/influencers?$search=seldom&$orderby=displayName desc&$top=2"));
    }

    [DatabaseFact]
    public async Task HiddenRows_StayHidden_AndANewNameIsFoundAtOnce()
    {
        var zoe = await PersonAsync("Zoé", null, "hydrogen");
        var outlet = await AtAsync(zoe, "Old Gazette");
        var gone = await PersonAsync("Gone", null, "hydrogen");
        await AtAsync(gone, "Old Gazette Two");
        await ArchiveAsync(gone);

        Assert.Equal(["Zoé"], await SearchAsync("hydrogen"));
        Assert.Equal(["Zoé"], await SearchAsync("gazette"));
        Assert.Equal(["Zoé"], await ContainsAsync("hydrogen"));

        var row = await App.GetAsync($"odata/outlets({outlet})");
        using var renamed = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/outlets({outlet})", "{\"name\":\"New Courier\"}", ETag(row));

        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        Assert.Equal(["Zoé"], await SearchAsync("courier hydrogen"));
        Assert.Empty(await SearchAsync("gazette"));
    }

    [DatabaseFact]
    public async Task Coverage_IsSearchedByItsTitle()
    {
        await using (var product = App.AsProduct())
        {
            product.Db.AddRange(new CoveragePiece("L’énergie du vent", At), new CoveragePiece("Autre chose", At));
            await product.Db.SaveChangesAsync(Ct);
        }

        Assert.Equal("L’énergie du vent", Assert.Single(await App.ListAsync("odata/coverage?$search=ENERGIE vent"))!["title"]!.GetValue<string>());
        Assert.Single(await App.ListAsync("odata/coverage?$filter=contains(title,'utre ch')"));
    }

    /// <summary>Without its entry in the index a row is not found by a word, so it was the index that was asked.</summary>
    [Theory]
    [InlineData("$search=hydrogen")]
    [InlineData("$search=zoe hydrogen")]
    [InlineData("$filter=contains(bio,'hydrogen')")]
    [InlineData("$filter=country eq null and (contains(bio,'hydrogen') or startswith(lastName,'lefev'))")]
    public async Task ARareWord_IsLookedUpInTheIndex(string query)
    {
        await App.CreateAsync("influencers", new { firstName = "Zoé", lastName = "Lefèvre", bio = "hydrogen" });
        Assert.Single(await App.ListAsync($"odata/influencers?{query}"));

        await using (var product = App.AsProduct())
        {
            await product.Db.Database.ExecuteSqlRawAsync("INSERT INTO \"InfluencersSearchText\" (\"InfluencersSearchText\") VALUES ('delete-all')", Ct);
        }

        Assert.Empty(await App.ListAsync($"odata/influencers?{query}"));
    }

    [Fact]
    public async Task AnImport_AndARestoredArchive_AreInTheIndexWhole()
    {
        var rows = Enumerable.Range(0, 1500).Select(i => $"Person{i},Lefèvre,p{i}@example.org,notes on hydrogen {i}");
        await App.ImportAsync("first name,last name,email,notes\n" + string.Join('\n', rows));
        await App.ImportAsync("first name,last name,email,notes\nPerson7,Martin,p7@example.org,now on football");
        await IndexIsWholeAsync(App);
        Assert.Equal(1500, await CountAsync("$search=person"));

        await using var moved = await CrmApp.StartAsync();
        using var content = new ByteArrayContent(await App.Admin.GetByteArrayAsync(new Uri("api/archive", UriKind.Relative), Ct));
        content.Headers.ContentType = new("application/zip");
        using var taken = await moved.Admin.PostAsync(new Uri("api/archive", UriKind.Relative), content, Ct);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await IndexIsWholeAsync(moved);
        Assert.Single(await moved.ListAsync("odata/influencers?$search=Lefevre \"p1234@example.org\""));
    }

    private static async Task IndexIsWholeAsync(CrmApp app)
    {
        await using var product = app.AsProduct();
        await product.Db.Database.ExecuteSqlRawAsync("INSERT INTO \"InfluencersSearchText\" (\"InfluencersSearchText\", rank) VALUES ('integrity-check', 1)", Ct);
    }

    private async Task<int> PersonAsync(string name, string? email, string bio) => Id(await App.CreateAsync("influencers", new { displayName = name, email, bio }));

    private async Task<int> AtAsync(int person, string outlet)
    {
        var id = Id(await App.CreateAsync("outlets", new { name = outlet, kind = "newspaper" }));
        await App.CreateAsync("affiliations", new { influencerId = person, outletId = id });
        return id;
    }

    private async Task CoversAsync(int person, object topic)
    {
        var id = Id(await App.CreateAsync("topics", topic));
        await App.CreateAsync($"influencers({person})/topics", new { topicId = id, stance = "covers" });
    }

    // DELETE archives a person with history only.
    private async Task ArchiveAsync(int person)
    {
        await using var product = App.AsProduct();
        (await product.Db.Influencers.SingleAsync(i => i.Id == person, Ct)).Archive(At);
        await product.Db.SaveChangesAsync(Ct);
    }

    private Task<List<string>> SearchAsync(string words) => NamesAsync($"odata/influencers?$search={Uri.EscapeDataString(words)}");

    private Task<List<string>> ContainsAsync(string part) => NamesAsync($"odata/influencers?$filter=contains(bio,'{Uri.EscapeDataString(part.Replace("'", "''", StringComparison.Ordinal))}')");

    private async Task<List<string>> NamesAsync(string url) => [.. (await App.ListAsync(url)).Select(p => p!["displayName"]!.GetValue<string>())];

    private async Task<int> CountAsync(string query) => (await App.GetAsync($"odata/influencers?{query}&$count=true&$top=1"))["@odata.count"]!.GetValue<int>();
}
