using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.People;
using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Imports.Rows;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.Clippings;

/// <summary>
/// Makes coverage of rows. A piece is known by its address; without one, by title, outlet and day. Authors, clients and campaigns are
/// looked up by name and never made; an outlet that is not there is.
/// </summary>
internal sealed class CoverageBatches : RecordBatches<CoverageRow>
{
    private readonly RowCells<CoverageField> _cells;
    private readonly RowLimits _limits;
    private readonly Asker _asker;
    private readonly LastCoverage _last;
    private readonly BulkInsert<Outlet> _insertOutlets;
    private readonly OutletNames _outlets;
    private readonly SeenKeys _wouldBe = new();
    private readonly Dictionary<string, CoveragePiece> _byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CoveragePiece>> _byTitle = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Influencer>> _people = new(StringComparer.Ordinal);
    private readonly HashSet<int> _authors = [];

    public CoverageBatches(CrmDbContext db, IDatabaseProvider provider, TimeProvider clock, ImportJob job, FieldMap<CoverageField> map, Asker asker, LastCoverage last)
        : base(db, provider, clock, job, map.Headings)
    {
        (_asker, _last) = (asker, last);
        _cells = new RowCells<CoverageField>(map);
        _limits = new RowLimits(db.Model);
        _insertOutlets = new BulkInsert<Outlet>(db, clock, provider: provider);
        _outlets = new OutletNames(db, _insertOutlets, job.DryRun);
    }

    public override void Committed() => _outlets.Keep();

    public override void RolledBack() => _outlets.Forget();

    public override async ValueTask DisposeAsync()
    {
        await _insertOutlets.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override CoverageRow? Read(TableRow row, out IReadOnlyList<RowProblem> problems)
    {
        _cells.Begin(row);
        var read = _cells.IsRefused ? null : CoverageRow.Read(_cells, _limits);
        problems = _cells.Problems;
        return read;
    }

    protected override async Task LoadAsync(IReadOnlyList<CoverageRow> rows, CancellationToken ct)
    {
        _byUrl.Clear();
        _byTitle.Clear();
        _people.Clear();
        _authors.Clear();
        await _outlets.LoadAsync(rows.Select(r => r.Outlet), ct);
        var urls = rows.Select(r => r.Url).OfType<string>().SelectMany(u => new[] { u, UrlKey(u), $"{UrlKey(u)}/" }).Distinct(StringComparer.Ordinal).ToList();
        var titles = rows.Where(r => r.Url is null).Select(r => r.TitleKey).Distinct(StringComparer.Ordinal).ToList();

        // What stands behind a wall for the one who asks is not there for the file either.
        var hidden = _asker.HiddenCampaignIds;
        foreach (var piece in await Db.Coverage.Where(c => (urls.Contains(c.Url!) || titles.Contains(c.TitleSearch)) && (c.CampaignId == null || !hidden.Contains(c.CampaignId.Value)))
            .Include(c => c.Authors).Include(c => c.Mentions).AsSplitQuery().OrderBy(c => c.Id).ToListAsync(ct))
        {
            Remember(piece);
        }

        var names = rows.SelectMany(r => r.Authors).Select(NameKey).Distinct(StringComparer.Ordinal).ToList();
        foreach (var person in await Db.Influencers.Where(i => names.Contains(i.DisplayNameSearch)).Include(i => i.Affiliations).AsSplitQuery().OrderBy(i => i.Id).ToListAsync(ct))
        {
            if (!_people.TryGetValue(person.DisplayNameSearch, out var namesakes))
            {
                _people[person.DisplayNameSearch] = namesakes = [];
            }

            namesakes.Add(person);
        }
    }

    protected override async Task TakeAsync(CoverageRow row, RowWord word, CancellationToken ct)
    {
        var outletId = await _outlets.FindOrCreateAsync(row.Outlet, KindOf(row.Medium), word.Changes, ct);
        var authors = Authors(row, outletId, word);
        var campaign = Known(row.Campaign, _asker.Campaign, "unknownCampaign", "campaign", word);
        var first = authors.Count > 0 ? authors[0] : null;
        word.InfluencerId = first?.Id;
        var changes = row.ToChanges(outletId, first?.Id, campaign);
        var piece = Find(row, outletId);
        var added = false;
        if (piece is null)
        {
            if (Job.DryRun && !_wouldBe.Add(row.Url is { } url ? UrlKey(url) : $"{row.TitleKey}\u001f{outletId}\u001f{row.PublishedAt:yyyyMMdd}"))
            {
                word.Outcome = ImportOutcome.Unchanged;
                word.Note("repeatedInFile", "An earlier row of the file is the same piece.");
                return;
            }

            piece = CoveragePiece.Create(changes with { Title = row.Title, Medium = row.Medium ?? (row.Url is null ? CoverageMedium.Print : CoverageMedium.Online), DiscoveredBy = SearchTextOf.Cut(Source, 100) });
            word.Outcome = ImportOutcome.Created;
            if (Job.DryRun)
            {
                word.Changes.Made(piece, changes);
            }
            else
            {
                Db.Add(piece);
            }

            Remember(piece);
        }
        else
        {
            word.Outcome = Change(piece, changes with { PublishedAt = SameDay(row.PublishedAt, piece.PublishedAt), InfluencerId = piece.InfluencerId ?? first?.Id }, word) ? ImportOutcome.Updated : ImportOutcome.Unchanged;
        }

        added |= AddAuthors(piece, authors, word);
        added |= AddMentions(piece, row, word);
        word.Target = piece;
        if (added && word.Outcome == ImportOutcome.Unchanged)
        {
            word.Outcome = ImportOutcome.Updated;
        }
    }

    protected override async Task SavedAsync(CancellationToken ct)
    {
        foreach (var author in _authors)
        {
            await _last.UpdateAsync(author, ct);
        }
    }

    private List<Influencer> Authors(CoverageRow row, int? outletId, RowWord word)
    {
        var authors = new List<Influencer>();
        foreach (var name in row.Authors)
        {
            var namesakes = _people.GetValueOrDefault(NameKey(name)) ?? [];
            if (namesakes.Count > 1 && namesakes.FindAll(p => p.Affiliations.Exists(a => a.OutletId == outletId)) is { Count: > 0 } there)
            {
                namesakes = there;
            }

            if (namesakes.Count == 1)
            {
                authors.Add(namesakes[0]);
                _authors.Add(namesakes[0].Id);
            }
            else
            {
                word.Note(
                    namesakes.Count == 0 ? "unknownAuthor" : "ambiguousAuthor",
                    namesakes.Count == 0 ? $"“{name}” is nobody here, and was left out." : $"“{name}” could be any of {string.Join(", ", namesakes.Take(5).Select(p => $"influencers/{p.Id}"))}, and was left out.");
            }
        }

        return authors;
    }

    private static bool AddAuthors(CoveragePiece piece, List<Influencer> authors, RowWord word)
    {
        var added = false;
        foreach (var author in authors.Where(a => !piece.Authors.Exists(known => known.InfluencerId == a.Id)))
        {
            var entry = new CoverageAuthor(author.Id, piece.InfluencerId == author.Id ? 0 : piece.Authors.Count == 0 ? 1 : piece.Authors.Max(a => a.Position) + 1);
            piece.Authors.Add(entry);
            word.Changes.Added(entry, author.DisplayName);
            added = true;
        }

        return added;
    }

    private bool AddMentions(CoveragePiece piece, CoverageRow row, RowWord word)
    {
        var added = false;
        foreach (var name in row.Clients)
        {
            if (Known(name, _asker.Client, "unknownClient", "client", word) is { } client && !piece.Mentions.Exists(m => m.ClientId == client))
            {
                Add(new CoverageMention(client, null), name);
            }
        }

        foreach (var name in row.Competitors.Where(n => !piece.Mentions.Exists(m => string.Equals(m.Competitor, n, StringComparison.OrdinalIgnoreCase))))
        {
            Add(new CoverageMention(null, name), name);
        }

        return added;

        void Add(CoverageMention mention, string name)
        {
            piece.Mentions.Add(mention);
            word.Changes.Added(mention, name);
            added = true;
        }
    }

    private static int? Known(string? name, Func<string, int?> find, string code, string what, RowWord word)
    {
        if (name is null || PersonWords.IsFiller(name))
        {
            return null;
        }

        var id = find(name);
        if (id is null)
        {
            word.Note(code, $"There is no {what} “{name}” that you may see; it was left out.");
        }

        return id;
    }

    private CoveragePiece? Find(CoverageRow row, int? outletId) =>
        row.Url is { } url
            ? _byUrl.GetValueOrDefault(UrlKey(url))
            : _byTitle.GetValueOrDefault(row.TitleKey)?.Find(c => c.OutletId == outletId && c.PublishedAt.Date == row.PublishedAt.Date);

    private void Remember(CoveragePiece piece)
    {
        if (piece.Url is { } url)
        {
            _byUrl.TryAdd(UrlKey(url), piece);
        }

        if (!_byTitle.TryGetValue(piece.TitleSearch, out var titled))
        {
            _byTitle[piece.TitleSearch] = titled = [];
        }

        titled.Add(piece);
    }

    /// <summary>A day in the file says nothing against an hour that is known.</summary>
    private static DateTime SameDay(DateTime given, DateTime known) => given.TimeOfDay == TimeSpan.Zero && given.Date == known.Date ? known : given;

    /// <summary>Two writings of one address: with and without the slash at its end.</summary>
    private static string UrlKey(string url) => url.TrimEnd('/');

    private static string NameKey(string name) => SearchTextOf.Joined(ModelConventions.DefaultLength, [PersonName.Parse(name).Display]);

    private static OutletKind KindOf(CoverageMedium? medium) => medium switch
    {
        CoverageMedium.Online => OutletKind.Website,
        CoverageMedium.Tv => OutletKind.Tv,
        CoverageMedium.Radio => OutletKind.Radio,
        CoverageMedium.Podcast => OutletKind.Podcast,
        CoverageMedium.Newsletter => OutletKind.Newsletter,
        CoverageMedium.Social => OutletKind.Channel,
        CoverageMedium.Wire => OutletKind.NewsAgency,
        _ => OutletKind.Newspaper,
    };
}
