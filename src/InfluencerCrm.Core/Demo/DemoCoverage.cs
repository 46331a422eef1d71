using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Demo;

/// <summary>Two years of pieces about the three clients, with who is named in them and how.</summary>
internal sealed class DemoCoverage(DemoWorld world)
{
    private const int Pieces = 420;
    private const int PiecesOfPastCampaign = 14;

    private readonly DemoRandom _random = world.Random;
    private readonly List<string[]> _texts = DemoFiles.Rows("coverage.txt");
    private readonly List<CoveragePlan> _plans = [];

    /// <summary>The piece that appeared a day before its embargo ended.</summary>
    public CoveragePlan Leak { get; private set; } = null!;

    public IReadOnlyList<CoveragePlan> Plans => _plans;

    public async Task WriteAsync(CancellationToken ct)
    {
        AddDispatches();
        AddLeak();
        foreach (var part in new[] { "roundup", "negative", "title" })
        {
            foreach (var text in _texts.Where(t => t[2] == part))
            {
                AddPiece(text[0], text[1], text[3], part);
            }
        }

        AddCombinations();
        MarkPastCampaign();

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
            var at = world.Calendar.At(-_random.Between(20, 720), _random.Between(7, 18), _random.Next(12) * 5);
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

    private void AddPiece(string client, string language, string title, string part)
    {
        var medium = MediumOf(part);
        var outlet = medium == CoverageMedium.Social ? null : OutletFor(client, language, medium);
        var author = medium == CoverageMedium.Social ? CreatorFor(client, language) : outlet is not null && _random.Chance(0.78) ? AuthorAt(outlet) : null;
        _plans.Add(new CoveragePlan
        {
            Client = client, Language = language, Title = DemoFiles.Typeset(title, language), Part = part, Medium = medium, Outlet = outlet, Author = author,
            At = world.Calendar.At(-_random.Between(2, 728), _random.Between(5, 20), _random.Next(12) * 5),
        });
    }

    /// <summary>Headings as editors build them: the subject, a colon, the angle. No two are the same.</summary>
    private void AddCombinations()
    {
        var combinations = _random.Shuffled(
            from lead in _texts
            where lead[2] == "lead"
            from tail in _texts
            where tail[2] == "tail" && tail[0] == lead[0] && tail[1] == lead[1]
            select (Client: lead[0], Language: lead[1], Title: lead[1] == "fr" ? $"{lead[3]} : {tail[3]}" : $"{lead[3]}: {tail[3]}"));
        foreach (var (client, language, title) in combinations.Take(Pieces - _plans.Count))
        {
            AddPiece(client, language, title, "title");
        }
    }

    private CoverageMedium MediumOf(string part) => part is "roundup" or "negative"
        ? CoverageMedium.Online
        : _random.Next(100) switch
        {
            < 47 => CoverageMedium.Online,
            < 71 => CoverageMedium.Print,
            < 78 => CoverageMedium.Radio,
            < 85 => CoverageMedium.Tv,
            < 89 => CoverageMedium.Podcast,
            < 94 => CoverageMedium.Newsletter,
            _ => CoverageMedium.Social,
        };

    private DemoOutlet? OutletFor(string client, string language, CoverageMedium medium)
    {
        bool Carries(OutletKind kind) => medium switch
        {
            CoverageMedium.Print => kind is OutletKind.Newspaper or OutletKind.Magazine,
            CoverageMedium.Radio => kind == OutletKind.Radio,
            CoverageMedium.Tv => kind == OutletKind.Tv,
            CoverageMedium.Podcast => kind == OutletKind.Podcast,
            CoverageMedium.Newsletter => kind == OutletKind.Newsletter,
            _ => kind is OutletKind.Newspaper or OutletKind.Magazine or OutletKind.Website or OutletKind.Blog,
        };
        var carriers = world.Outlets.Where(o => Carries(o.Row.Kind) && o.Language == language && o.Row.Unit != OutletUnit.Desk).ToList();
        var fitting = carriers.Where(o => o.Topics.Intersect(world.Clients[client].TopicIds.Append(39)).Any()).ToList();
        return fitting.Count > 0 ? _random.Pick(fitting) : carriers.Count > 0 ? _random.Pick(carriers) : OutletFor(client, language, CoverageMedium.Online);
    }

    private DemoPerson? AuthorAt(DemoOutlet outlet)
    {
        var people = world.People.Where(p => p.Role != DemoRole.Desk && p.Role != DemoRole.Chief && p.Jobs.Exists(j => j.Outlet.Id == outlet.Id && j.To is null)).ToList();

        // Who is close to us writes about us more often.
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
            plan.At = world.Calendar.At(-_random.Between(125, 225), _random.Between(6, 20), _random.Next(12) * 5);
            plan.CampaignId = pomelle.Before.Id;
            plan.Paid = i < 2;
        }
    }

    private CoveragePiece RowOf(CoveragePlan plan)
    {
        var client = world.Clients[plan.Client];
        plan.CampaignId ??= Within(plan.At, client.Now) ? client.Now.Id : Within(plan.At, client.Before) || plan.Client == "rochambel" ? client.Before.Id : null;
        if (plan.Client == "pomelle" && !plan.Paid && plan.CampaignId == client.Before.Id && _plans.Count(p => p.CampaignId == client.Before.Id) > PiecesOfPastCampaign)
        {
            plan.CampaignId = null;
        }

        var hasUrl = plan.Medium is CoverageMedium.Print or CoverageMedium.Radio or CoverageMedium.Tv ? _random.Chance(0.55) : plan.Medium != CoverageMedium.Newsletter || _random.Chance(0.9);
        var excerpts = _texts.Where(t => t[0] == plan.Client && t[1] == plan.Language && t[2] == "excerpt").ToList();
        var host = plan.Outlet?.Row.Url ?? $"https://vidora.test/@{DemoNames.Ascii(plan.Author!.Local ?? plan.Author.Display).Replace(" ", "", StringComparison.Ordinal)}/";
        return CoveragePiece.Create(new CoverageChanges
        {
            Title = plan.Title,
            PublishedAt = plan.At,
            Medium = plan.Medium,
            Url = hasUrl ? $"{host}{plan.At:yyyy/MM}/{SlugOf(plan.Title)}" : null,
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
            Status = plan.At > world.Calendar.At(-12, 0) && plan.Part == "title" && _random.Chance(0.3) && plan.Client != "rochambel" ? CoverageStatus.Suggested : CoverageStatus.Confirmed,
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
            var named = client.Competitors.Where(c => plan.Title.Contains(c.Split(' ') is ["Groupe", var rest] ? rest : c.Split(' ')[0], StringComparison.Ordinal)).DefaultIfEmpty(client.Competitors[0]);
            foreach (var competitor in named)
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

    private static string SlugOf(string title)
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

    public Sentiment? Tone { get; set; }

    public CoveragePiece Row { get; set; } = null!;
}
