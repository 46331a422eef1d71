using System.Runtime.CompilerServices;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Exports;

/// <summary>Coverage as a press review lists it.</summary>
public sealed class ExportCoverage(CrmDbContext db, CurrentActor scope)
{
    private const int PageRows = 2000;

    private static readonly string[] Headings =
    [
        "Published", "Title", "Outlet", "Author", "Medium", "Media", "Language", "Url", "Excerpt", "Sentiment", "Reach", "Engagement", "Status", "Campaign", "Edition", "Page", "Id",
    ];

    /// <param name="coverage">Which; it leaves in the order of its ids.</param>
    public Sheet Execute(IQueryable<CoveragePiece> coverage)
    {
        scope.Required.Require(Right.Read);
        return new Sheet("coverage", Headings, RowsAsync(coverage));
    }

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(IQueryable<CoveragePiece> coverage, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var last = 0;
        while (true)
        {
            var page = await coverage.AsNoTracking().Where(c => c.Id > last).OrderBy(c => c.Id).Take(PageRows).Select(c => new
            {
                c.Id, c.PublishedAt, c.Title, c.Medium, c.Media, c.Language, c.Url, c.Excerpt, c.Sentiment, c.Reach, c.Engagement, c.Status, c.Edition, c.Page,
                Author = db.Influencers.Where(p => p.Id == c.InfluencerId).Select(p => p.DisplayName).FirstOrDefault(),
                Outlet = db.Outlets.Where(o => o.Id == c.OutletId).Select(o => o.Name).FirstOrDefault(),
                Campaign = db.Campaigns.Where(x => x.Id == c.CampaignId).Select(x => x.Name).FirstOrDefault(),
            }).ToListAsync(ct);
            if (page.Count == 0)
            {
                yield break;
            }

            last = page[^1].Id;
            foreach (var c in page)
            {
                yield return
                [
                    c.PublishedAt, c.Title, c.Outlet, c.Author, EnumWords.Of(c.Medium), EnumWords.Of(c.Media), c.Language, c.Url, c.Excerpt,
                    EnumWords.Of(c.Sentiment), c.Reach, c.Engagement, EnumWords.Of(c.Status), c.Campaign, c.Edition, c.Page, c.Id,
                ];
            }
        }
    }
}
