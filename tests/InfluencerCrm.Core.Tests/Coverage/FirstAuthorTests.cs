using InfluencerCrm.Core.Coverage;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Coverage;

public sealed class FirstAuthorTests : DatabaseTest
{
    [DatabaseFact]
    public async Task ThePersonOfANewPiece_IsItsFirstAuthor()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());

        await officer.CreateAsync<CoveragePiece, CoverageChanges>(new() { Title = "Le soleil paie", InfluencerId = person, PublishedAt = Now.AddDays(-1) }, Ct);

        var author = await officer.Db.CoverageAuthors.AsNoTracking().SingleAsync(Ct);
        Assert.Equal((person, 0), (author.InfluencerId, author.Position));
        Assert.Equal(Now.AddDays(-1), (await officer.Db.Influencers.AsNoTracking().SingleAsync(Ct)).LastCoverageAt);
    }

    [DatabaseFact]
    public async Task AnotherFirstAuthor_ReplacesTheFormer_AndBothAreUpdated()
    {
        var (former, next) = (await PersonAsync("Ali"), await PersonAsync("Zoé"));
        await using var officer = Database.As(Actors.Officer());
        var piece = await officer.CreateAsync<CoveragePiece, CoverageChanges>(new() { Title = "Le soleil paie", InfluencerId = former }, Ct);

        await officer.ChangeAsync<CoveragePiece, CoverageChanges>(piece.Id, new() { InfluencerId = next }, Ct);

        Assert.Equal([next], await officer.Db.CoverageAuthors.Select(a => a.InfluencerId).ToListAsync(Ct));
        Assert.Equal([null, Now], await officer.Db.Influencers.OrderBy(i => i.Id).Select(i => i.LastCoverageAt).ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task TheFirstAuthorThatIsAdded_BecomesThePiecesPerson()
    {
        var person = await PersonAsync();
        var piece = await Database.AddAsync(new CoveragePiece("Le soleil paie", Now), Ct);
        await using var officer = Database.As(Actors.Officer());

        await officer.Get<Core.Data.CreateRow<CoverageAuthor, CoverageAuthorChanges>>().ExecuteAsync(new() { InfluencerId = person }, a => a.BelongTo(piece.Id), Ct);

        Assert.Equal(person, (await officer.Db.Coverage.AsNoTracking().SingleAsync(Ct)).InfluencerId);
    }
}
