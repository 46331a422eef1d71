using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Imports.Clippings;

/// <summary>One piece as a row gives it; null and empty are what the row does not say.</summary>
internal sealed record CoverageRow
{
    private static readonly string[] Joining = [" et ", " and ", " & ", " avec ", " with ", " und ", " y "];

    public required string Title { get; init; }

    /// <summary>False where the row has none, and the address stands for it.</summary>
    public bool HasTitle { get; init; }

    public DateTime PublishedAt { get; init; }

    public string? Url { get; init; }

    public string? Outlet { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public CoverageMedium? Medium { get; init; }

    public CoverageMedia? Media { get; init; }

    public string? Language { get; init; }

    public string? Excerpt { get; init; }

    public Sentiment? Sentiment { get; init; }

    public int? Reach { get; init; }

    public int? Engagement { get; init; }

    public CoverageStatus? Status { get; init; }

    public string? Campaign { get; init; }

    public IReadOnlyList<string> Clients { get; init; } = [];

    public IReadOnlyList<string> Competitors { get; init; } = [];

    public string? Edition { get; init; }

    public string? Page { get; init; }

    public int? DurationSeconds { get; init; }

    public string TitleKey => SearchTextOf.Joined(ModelConventions.DefaultLength, [Title]);

    /// <returns>Null where the row is refused; the cells say why.</returns>
    public static CoverageRow? Read(RowCells<CoverageField> cells, RowLimits limits)
    {
        int Limit(string member) => limits.Of<CoveragePiece>(member);
        var url = cells.WebAddress(CoverageField.Url, Limit(nameof(CoveragePiece.Url)));
        var title = cells.Line(CoverageField.Title, Limit(nameof(CoveragePiece.Title)));
        var date = cells.Date(CoverageField.PublishedAt);
        var row = new CoverageRow
        {
            Title = title ?? url ?? "",
            HasTitle = title is not null,
            PublishedAt = date ?? default,
            Url = url,
            Outlet = cells.Line(CoverageField.Outlet, limits.Of<Outlet>(nameof(Outlets.Outlet.Name))),
            Authors = [.. cells.List(CoverageField.Author, PersonLimits.Name * 4).SelectMany(a => a.Split(Joining, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Where(a => !PersonWords.IsFiller(a) && a.Length <= PersonLimits.Name)],
            Medium = cells.Word(CoverageField.Medium, CoverageWords.Medium, "unknownMedium", "no medium"),
            Media = cells.Word(CoverageField.Media, CoverageWords.Media, "unknownMedia", "no word for earned, paid, owned or shared"),
            Language = cells.Language(CoverageField.Language),
            Excerpt = cells.Text(CoverageField.Excerpt, Limit(nameof(CoveragePiece.Excerpt))),
            Sentiment = cells.Word(CoverageField.Sentiment, CoverageWords.Tone, "unknownSentiment", "no sentiment"),
            Reach = cells.Number(CoverageField.Reach),
            Engagement = cells.Number(CoverageField.Engagement),
            Status = cells.Word(CoverageField.Status, CoverageWords.Status, "unknownStatus", "no status"),
            Campaign = cells.Line(CoverageField.Campaign, PersonLimits.Line),
            Clients = cells.List(CoverageField.Client, PersonLimits.Line),
            Competitors = cells.List(CoverageField.Competitor, limits.Of<CoverageMention>(nameof(CoverageMention.Competitor))),
            Edition = cells.Line(CoverageField.Edition, Limit(nameof(CoveragePiece.Edition))),
            Page = cells.Line(CoverageField.Page, Limit(nameof(CoveragePiece.Page))),
            DurationSeconds = cells.Word(CoverageField.Duration, CoverageWords.Duration, "notADuration", "no duration"),
        };
        if (row.Title.Length == 0 && !cells.IsRefused)
        {
            cells.Refuse("noTitle", "The row has neither a title nor a web address.");
        }
        else if (date is null && !cells.IsRefused)
        {
            cells.Refuse("noDate", "The row has no date of publication that can be read; write it as 2026-11-23.");
        }

        return cells.IsRefused ? null : row;
    }

    public CoverageChanges ToChanges(int? outletId, int? authorId, int? campaignId) => new()
    {
        Title = HasTitle ? Title : default(Optional<string>),
        PublishedAt = PublishedAt,
        Url = Given(Url),
        OutletId = outletId is null ? default : outletId,
        InfluencerId = authorId is null ? default : authorId,
        Medium = Medium ?? default(Optional<CoverageMedium>),
        Media = Media ?? default(Optional<CoverageMedia>),
        Language = Given(Language),
        Excerpt = Given(Excerpt),
        Sentiment = Sentiment is null ? default : Sentiment,
        Reach = Reach is null ? default : Reach,
        Engagement = Engagement is null ? default : Engagement,
        Status = Status ?? default(Optional<CoverageStatus>),
        CampaignId = campaignId is null ? default : campaignId,
        Edition = Given(Edition),
        Page = Given(Page),
        DurationSeconds = DurationSeconds is null ? default : DurationSeconds,
    };

    private static Optional<string?> Given(string? text) => text is null ? default : new Optional<string?>(text);
}
