using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Demo;

/// <summary>Two years of pieces about the three clients, with who is named in them and how.</summary>
internal sealed class DemoCoverage(DemoWorld world)
{
    private const int Pieces = 420;
    private const int PiecesOfPastCampaign = 14;
    private const int NewslettersWithoutUrl = 2;
    private const int WithoutUrl = 63;

    // Dispatches, round-ups and critical pieces are online; these are the others. The rarest are given out first.
    private static readonly (CoverageMedium Medium, int Count)[] Media =
    [
        (CoverageMedium.Podcast, 14), (CoverageMedium.Newsletter, 20), (CoverageMedium.Radio, 25), (CoverageMedium.Tv, 25), (CoverageMedium.Social, 21), (CoverageMedium.Print, 84),
    ];

    private readonly DemoRandom _random = world.Random;
    private readonly List<string[]> _texts = DemoFiles.Rows("coverage.txt");
    private readonly List<CoveragePlan> _plans = [];
    private readonly Dictionary<(string Client, string Language, CoverageMedium Medium), List<DemoOutlet>> _carriers = [];

    /// <summary>The piece that appeared a day before its embargo ended.</summary>
    public CoveragePlan Leak { get; private set; } = null!;

    public IReadOnlyList<CoveragePlan> Plans => _plans;

    /// <summary>Critical pieces in French whose author we know: one that was corrected, one that was not.</summary>
    public CoveragePlan Corrected => _plans.Find(p => p is { Client: "lumivelle", Part: "negative", Language: "fr" })!;

    public CoveragePlan Unanswered => _plans.Find(p => p is { Client: "pomelle", Part: "negative" })!;

    public async Task WriteAsync(CancellationToken ct)
    {
        AddDispatches();
        AddLeak();
        foreach (var text in _texts.Where(t => t[2] is "roundup" or "negative"))
        {
            AddPiece(text[0], text[1], text[3], text[2], CoverageMedium.Online);
        }

        AddTitles();
        MarkPastCampaign();
        MarkWithoutUrl();

        // Who repeats a dispatch needs its key.
        foreach (var batch in _plans.GroupBy(p => p.Original is not null).OrderBy(g => g.Key))
        {
            var plans = batch.OrderBy(p => p.At).ToList();
            plans.ForEach(p => p.Row = RowOf(p));
            await world.WriteAsync(plans.ConvertAll(p => p.Row), ct);
        }

        var authors = _plans.Where(p => p.Author is not null).Select(p => Owned(new CoverageAuthor(p.Author!.Id, 0), p.Row.Id)).ToList();
        await world.WriteAsync(authors, ct);
        await world.WriteAsync([.. _plans.SelectMany(MentionsOf)], ct);
    }

    private static CoverageAuthor Owned(CoverageAuthor author, int coverageId)
    {
        author.BelongTo(coverageId);
        return author;
    }

    /// <summary>Nine dispatches of the agencies, each taken up by four sites.</summary>
    private void AddDispatches()
    {
        var agency = world.Outlets.Find(o => o.Row is { Kind: OutletKind.NewsAgency, Country: "FR" })!;
        foreach (var text in _texts.Where(t => t[2] == "wire").Append(["lumivelle", "fr", "wire", "Énergie : le stockage domestique gagne l'Ouest, selon Lumivelle"]))
        {
            var at = Published(20, 720);
            var first = new CoveragePlan { Client = text[0], Language = "fr", Title = DemoFiles.French(text[3]), Part = "wire", At = at, Medium = CoverageMedium.Wire, Outlet = agency, Author = AuthorAt(agency) };
            _plans.Add(first);
            var takers = world.Outlets.Where(o => o.Language == "fr" && o.Row.Kind is OutletKind.Newspaper or OutletKind.Website or OutletKind.Magazine && o.Row.Unit == OutletUnit.Outlet && o.Language == "fr");
            foreach (var outlet in _random.Shuffled(takers).Take(4))
            {
                _plans.Add(first with { Original = first, Medium = CoverageMedium.Online, Outlet = outlet, Author = null, At = at.AddMinutes(_random.Between(12, 400)) });
            }
        }
    }

    private void AddLeak()
    {
        var author = world.People.First(p => p is { Warm: true, Role: DemoRole.Staff, Language: "fr" } && p.Outlet is { Row.Kind: OutletKind.Newspaper or OutletKind.Website or OutletKind.Magazine or OutletKind.NewsAgency });
        Leak = new CoveragePlan
        {
            Client = "lumivelle", Language = "fr", Title = DemoFiles.French("Solaire : la carte des toits qui produisent vraiment"), Part = "title", At = world.Calendar.At(-341, 11, 20),
            Medium = CoverageMedium.Online, Outlet = author.Outlet, Author = author,
        };
        _plans.Add(Leak);
    }

    private void AddPiece(string client, string language, string title, string part, CoverageMedium medium)
    {
        var outlet = medium == CoverageMedium.Social ? null : OutletFor(client, language, medium, part);
        var author = medium == CoverageMedium.Social ? CreatorFor(client, language)
            : outlet is null ? null
            : part == "negative" ? AuthorsAt(outlet).Find(p => p is { Contacted: true, DoNotContact: false })
            : _random.Chance(0.78) ? AuthorAt(outlet) : null;
        _plans.Add(new CoveragePlan
        {
            Client = client, Language = language, Title = DemoFiles.Typeset(title, language), Part = part, Medium = medium, Outlet = outlet, Author = author,
            At = part == "negative" ? Published(20, 340) : Published(2, 728),
        });
    }

    /// <summary>Any day but a holiday: when nobody pitches, nobody writes about us.</summary>
    private DateTime Published(int least, int most)
    {
        while (true)
        {
            var at = world.Calendar.At(-_random.Between(least, most), _random.Between(5, 20), _random.Next(12) * 5);
            if (!DemoCalendar.IsHoliday(at))
            {
                return at;
            }
        }
    }

    /// <summary>Titles written whole first; then headings as editors build them: the subject, a colon, the angle. No two are the same.</summary>
    private void AddTitles()
    {
        var combinations = _random.Shuffled(
            from lead in _texts
            where lead[2] == "lead"
            from tail in _texts
            where tail[2] == "tail" && tail[0] == lead[0] && tail[1] == lead[1]
            select (Client: lead[0], Language: lead[1], Title: lead[1] == "fr" ? $"{lead[3]} : {tail[3]}" : $"{lead[3]}: {tail[3]}"));
        var titles = _random.Shuffled(_texts.Where(t => t[2] == "title").Select(t => (Client: t[0], Language: t[1], Title: t[3])).Concat(combinations).Take(Pieces - _plans.Count));
        foreach (var (medium, count) in Media)
        {
            foreach (var title in titles.Where(t => Suits(t.Client, t.Language, medium)).Take(count).ToList())
            {
                titles.Remove(title);
                AddPiece(title.Client, title.Language, title.Title, "title", medium);
            }
        }

        titles.ForEach(t => AddPiece(t.Client, t.Language, t.Title, "title", CoverageMedium.Online));
    }

    // The industrial client's audiences are not on social platforms.
    private bool Suits(string client, string language, CoverageMedium medium) => medium == CoverageMedium.Social ? client != "rochambel" && language != "de" : Carriers(client, language, medium).Count > 0;

    private DemoOutlet OutletFor(string client, string language, CoverageMedium medium, string part)
    {
        var carriers = Carriers(client, language, medium);
        return _random.Pick([.. carriers.Where(o => part != "negative" || AuthorsAt(o).Exists(p => p is { Contacted: true, DoNotContact: false })).DefaultIfEmpty(carriers[0])]);
    }

    /// <summary>Outlets of the kind that write about what the client does.</summary>
    private List<DemoOutlet> Carriers(string client, string language, CoverageMedium medium)
    {
        if (_carriers.TryGetValue((client, language, medium), out var known))
        {
            return known;
        }

        bool Carries(OutletKind kind) => medium switch
        {
            CoverageMedium.Print => kind is OutletKind.Newspaper or OutletKind.Magazine,
            CoverageMedium.Radio => kind == OutletKind.Radio,
            CoverageMedium.Tv => kind == OutletKind.Tv,
            CoverageMedium.Podcast => kind == OutletKind.Podcast,
            CoverageMedium.Newsletter => kind == OutletKind.Newsletter,
            _ => kind is OutletKind.Newspaper or OutletKind.Magazine or OutletKind.Website or OutletKind.Blog,
        };
        return _carriers[(client, language, medium)] = [.. world.Outlets.Where(o => Carries(o.Row.Kind) && o.Language == language && o.Row.Unit != OutletUnit.Desk && o.Topics.Intersect(world.Clients[client].TopicIds.Append(39)).Any())];
    }

    private List<DemoPerson> AuthorsAt(DemoOutlet outlet) =>
        [.. world.People.Where(p => p.Role != DemoRole.Desk && p.Role != DemoRole.Chief && p.Jobs.Exists(j => j.Outlet.Id == outlet.Id && j.To is null))];

    private DemoPerson? AuthorAt(DemoOutlet outlet)
    {
        // Who is close to us writes about us more often.
        var people = AuthorsAt(outlet);
        return people.Count == 0 ? null : people.Find(p => p.Warm && _random.Chance(0.5)) ?? _random.Pick(people);
    }

    private DemoPerson CreatorFor(string client, string language)
    {
        var creators = world.People.Where(p => p.Role is DemoRole.Creator && (p.Language == "fr") == (language == "fr")).ToList();
        return _random.Pick(creators.Where(p => p.Follows(world.Clients[client].TopicIds)).DefaultIfEmpty(creators[0]).ToList());
    }

    private void MarkPastCampaign()
    {
        var pomelle = world.Clients["pomelle"];
        foreach (var (plan, i) in _plans.Where(p => p is { Client: "pomelle", Part: "title" }).OrderBy(p => p.Medium == CoverageMedium.Social ? 0 : 1).Take(PiecesOfPastCampaign).Select((p, i) => (p, i)))
        {
            plan.At = Published(125, 225);
            plan.CampaignId = pomelle.Before.Id;
            plan.Paid = i < 2;
        }
    }

    /// <summary>Paper and broadcasts often leave no address on the web, and some newsletters none at all.</summary>
    private void MarkWithoutUrl()
    {
        var offline = _random.Shuffled(_plans.Where(p => p.Medium is CoverageMedium.Print or CoverageMedium.Radio or CoverageMedium.Tv)).Take(WithoutUrl - NewslettersWithoutUrl);
        offline.Concat(_plans.Where(p => p.Medium == CoverageMedium.Newsletter).Take(NewslettersWithoutUrl)).ToList().ForEach(p => p.NoUrl = true);
    }

    private CoveragePiece RowOf(CoveragePlan plan)
    {
        var client = world.Clients[plan.Client];
        plan.CampaignId ??= Within(plan.At, client.Now) ? client.Now.Id : Within(plan.At, client.Before) || plan.Client == "rochambel" ? client.Before.Id : null;
        if (plan.Client == "pomelle" && !plan.Paid && plan.CampaignId == client.Before.Id && _plans.Count(p => p.CampaignId == client.Before.Id) > PiecesOfPastCampaign)
        {
            plan.CampaignId = null;
        }

        var excerpts = _texts.Where(t => t[0] == plan.Client && t[1] == plan.Language && t[2] == "excerpt").ToList();
        var host = plan.Outlet?.Row.Url ?? $"https://vidora.test/@{DemoNames.Ascii(plan.Author!.Local ?? plan.Author.Display).Replace(" ", "", StringComparison.Ordinal)}/";
        return CoveragePiece.Create(new CoverageChanges
        {
            Title = plan.Title,
            PublishedAt = plan.At,
            Medium = plan.Medium,
            Url = plan.NoUrl ? null : $"{host}{plan.At:yyyy/MM}/{SlugOf(plan.Title)}",
            Excerpt = plan.Part is "title" or "wire" && _random.Chance(0.5) ? DemoFiles.Typeset(_random.Pick(excerpts)[3], plan.Language) : null,
            Page = plan.Medium == CoverageMedium.Print && _random.Chance(0.7) ? $"{_random.Between(2, 64)}" : null,
            DurationSeconds = plan.Medium is CoverageMedium.Radio or CoverageMedium.Tv ? _random.Between(8, 45) * 10 : plan.Medium == CoverageMedium.Podcast ? _random.Between(18, 55) * 60 : null,
            Language = plan.Language,
            OutletId = plan.Outlet?.Id,
            InfluencerId = plan.Author?.Id,
            CampaignId = plan.CampaignId,
            StoryId = plan == Leak ? world.Stories["toits"].Id : null,
            Media = plan.Paid ? CoverageMedia.Paid : CoverageMedia.Earned,
            Sentiment = ToneOf(plan),
            Reach = _random.Chance(0.7) ? plan.Outlet?.Row.Audience : null,
            Engagement = plan.Medium == CoverageMedium.Social ? _random.Between(40, 2600) : null,
            Status = plan.At > world.Calendar.At(-30, 0) && plan.Part == "title" && _random.Chance(0.3) && plan.Client != "rochambel" ? CoverageStatus.Suggested : CoverageStatus.Confirmed,
            SyndicatedFromId = plan.Original?.Row.Id,
            DiscoveredBy = _random.Pick(["veille", "veille", "flux", "lu par l'équipe"]),
        });
    }

    private Sentiment ToneOf(CoveragePlan plan) => plan.Tone ??= plan.Part == "negative" ? Sentiment.Negative : _random.Chance(0.45) ? Sentiment.Positive : Sentiment.Neutral;

    private IEnumerable<CoverageMention> MentionsOf(CoveragePlan plan)
    {
        var client = world.Clients[plan.Client];
        var messages = client.Now.KeyMessages.Select(m => m.Text[plan.Language]).OfType<string>().ToList();
        yield return Mention(plan, new CoverageMentionChanges
        {
            ClientId = client.Id,
            Tone = plan.Tone,
            Prominence = plan.Title.Contains(client.Row.Name.Split(' ')[0], StringComparison.Ordinal) ? Prominence.Headline : plan.Part == "roundup" ? Prominence.Secondary : _random.Pick([Prominence.Main, Prominence.Secondary, Prominence.Passing]),
            KeyMessages = messages.Count > 0 && plan.Part is "title" && _random.Chance(0.35) ? new List<string> { _random.Pick(messages) } : new List<string>(),
        });
        if (plan.Part == "roundup")
        {
            foreach (var other in world.Clients.Values.Where(c => c != client && plan.Title.Contains(c.Row.Name.Split(' ')[0], StringComparison.Ordinal)))
            {
                yield return Mention(plan, new CoverageMentionChanges { ClientId = other.Id, Tone = Sentiment.Neutral, Prominence = Prominence.Headline });
            }

            foreach (var competitor in client.Competitors.Where(c => plan.Title.Contains(c.Split(' ') is ["Groupe", var rest] ? rest : c.Split(' ')[0], StringComparison.Ordinal)))
            {
                yield return Mention(plan, new CoverageMentionChanges { Competitor = competitor, Tone = Sentiment.Neutral, Prominence = Prominence.Secondary });
            }
        }
    }

    private static CoverageMention Mention(CoveragePlan plan, CoverageMentionChanges changes)
    {
        var mention = CoverageMention.Create(changes);
        mention.BelongTo(plan.Row.Id);
        return mention;
    }

    private static bool Within(DateTime at, Campaigns.Campaign campaign) => campaign.StartsAt <= at && at <= campaign.EndsAt;

    internal static string SlugOf(string title)
    {
        var slug = DemoNames.Ascii(title.Replace('’', ' ').Replace('\u00A0', ' ').Replace('\u202F', ' ')).Replace(' ', '-').Replace("--", "-", StringComparison.Ordinal).Trim('-');
        return slug.Length <= 60 ? slug : slug[..slug.LastIndexOf('-', 60)];
    }
}

/// <summary>A piece before it is a row.</summary>
internal sealed record CoveragePlan
{
    public required string Client { get; init; }

    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Part { get; init; }

    public required DateTime At { get; set; }

    public required CoverageMedium Medium { get; init; }

    public DemoOutlet? Outlet { get; init; }

    public DemoPerson? Author { get; init; }

    public CoveragePlan? Original { get; init; }

    public int? CampaignId { get; set; }

    public bool Paid { get; set; }

    public bool NoUrl { get; set; }

    public Sentiment? Tone { get; set; }

    public CoveragePiece Row { get; set; } = null!;
}
