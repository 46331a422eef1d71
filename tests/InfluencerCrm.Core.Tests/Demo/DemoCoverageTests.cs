using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Demo;

public sealed class DemoCoverageTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTime Now => demo.Database.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Ours_HasTheSharesOfTwoYears()
    {
        var pieces = await PiecesAsync(ours: true);
        int Count(params CoverageMedium[] media) => pieces.Count(p => media.Contains(p.Medium));

        Assert.Equal(420, pieces.Count);
        Assert.Equal(231, Count(CoverageMedium.Online, CoverageMedium.Wire));
        Assert.Equal(84, Count(CoverageMedium.Print));
        Assert.Equal(50, Count(CoverageMedium.Radio, CoverageMedium.Tv));
        Assert.Equal(34, Count(CoverageMedium.Newsletter, CoverageMedium.Podcast));
        Assert.Equal(21, Count(CoverageMedium.Social));
        Assert.Equal(63, pieces.Count(p => p.Url is null));
        Assert.All(pieces, p => Assert.InRange(p.PublishedAt, Now.AddDays(-731), Now));
        var own = pieces.FindAll(p => p.SyndicatedFromId is null);
        Assert.Equal(own.Count, own.Select(p => p.Title).Distinct().Count());
    }

    [Fact]
    public async Task Ours_HasSyndication_RoundUps_AndCriticism()
    {
        var pieces = await PiecesAsync(ours: true);
        var roundUps = pieces.FindAll(p => p.Mentions.Count > 1);

        Assert.Equal(9, pieces.Where(p => p.SyndicatedFromId is not null).GroupBy(p => p.SyndicatedFromId).Count(g => g.Count() > 1));
        Assert.Equal(11, roundUps.Count);
        Assert.Equal(2, roundUps.Count(p => p.Mentions.Count(m => m.ClientId is not null) == 2));
        Assert.Equal(9, roundUps.Count(p => p.Mentions.Exists(m => m.Competitor is not null)));
        Assert.Equal(6, pieces.Count(p => p.Sentiment == Sentiment.Negative));
    }

    [Theory]
    [InlineData("Demande de rectificatif", InteractionOutcome.Agreed, "Corrigé en ligne")]
    [InlineData("Demande de droit de réponse", InteractionOutcome.Declined, "Nous ne publierons pas")]
    public async Task Criticism_IsAnswered(string subject, InteractionOutcome outcome, string answer)
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var entries = await admin.Db.Interactions.AsNoTracking().Where(i => i.CoverageId != null && i.Subject!.EndsWith(subject)).OrderBy(i => i.OccurredAt).ToListAsync(Ct);
        var pieceId = entries[0].CoverageId;
        var piece = await admin.Db.Coverage.AsNoTracking().SingleAsync(c => c.Id == pieceId, Ct);

        Assert.Equal([InteractionKind.Email, InteractionKind.Reply], entries.Select(e => e.Kind));
        Assert.All(entries, e => Assert.Equal(outcome, e.Outcome));
        Assert.Contains(answer, entries[1].Notes, StringComparison.Ordinal);
        Assert.Equal(Sentiment.Negative, piece.Sentiment);
        Assert.True(piece.PublishedAt < entries[0].OccurredAt);
    }

    [Fact]
    public async Task Observed_IsAboutOthers_AndSigned()
    {
        var pieces = await PiecesAsync(ours: false);
        await using var admin = demo.Database.As(Actors.Admin);
        var watched = (await admin.Db.Clients.Select(c => c.WatchWords).ToListAsync(Ct)).SelectMany(w => w).ToList();

        Assert.Equal(1500, pieces.Count);
        Assert.All(pieces, p => Assert.Empty(p.Mentions));
        Assert.All(pieces, p => Assert.Equal(p.InfluencerId, Assert.Single(p.Authors).InfluencerId));
        Assert.Equal(pieces.Count, pieces.Select(p => p.Title).Distinct().Count());
        Assert.NotEmpty(watched);
        Assert.DoesNotContain(pieces, p => watched.Exists(w => p.Title.Contains(w, StringComparison.OrdinalIgnoreCase)));
        Assert.InRange(pieces.Select(p => p.InfluencerId).Distinct().Count(), 180, 300);
        Assert.InRange(pieces.Count(p => p.PublishedAt > Now.AddDays(-7)), 10, 60);
        Assert.InRange(pieces.Count(p => p.Language == "en"), 200, 800);
        Assert.InRange(pieces.Count(p => p.Language == "de"), 20, 200);
    }

    [Theory]
    [InlineData("exposition", "aux rayonnements", "au musée", "au soleil")]
    [InlineData("PAC", "givre", "arboriculteurs", "ménages")]
    [InlineData("mode", "créateur", "emploi", "absence")]
    [InlineData("réseau", "électrique", "bus", "trois retours")]
    [InlineData("centrale", "tranche", "d’achat", "vapeur")]
    [InlineData("pile", "combustible", "bouton", "livres")]
    [InlineData("plant", "Steel", "balconies", "Nuclear")]
    [InlineData("outage", "valve", "Broadband", "kettle")]
    [InlineData("range", "electric cars", "rosacea", "cooker")]
    [InlineData("nose", "perfumer", "burns", "Cider")]
    public async Task AmbiguousWords_StandInEachOfTheirMeanings(string word, params string[] meanings)
    {
        var titles = (await PiecesAsync(ours: false)).Select(p => p.Title).Where(t => System.Text.RegularExpressions.Regex.IsMatch(t, $@"\b{word}\b", System.Text.RegularExpressions.RegexOptions.IgnoreCase)).ToList();

        Assert.All(meanings, m => Assert.Contains(titles, t => t.Contains(m, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<List<CoveragePiece>> PiecesAsync(bool ours)
    {
        await using var admin = demo.Database.As(Actors.Admin);
        return await admin.Db.Coverage.AsNoTracking().Where(c => c.Status == CoverageStatus.Observed != ours).Include(c => c.Mentions).Include(c => c.Authors).AsSplitQuery().OrderBy(c => c.Id).ToListAsync(Ct);
    }
}
