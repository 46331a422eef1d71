using System.Globalization;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Demo;

/// <summary>What the people we follow publish about other things: two years of bylines, and one that shows a change of job.</summary>
internal sealed class DemoObserved(DemoWorld world)
{
    private const int Pieces = 1500;

    private static readonly int[] BylinesAfterTheMove = [-19, -9, -3];

    private readonly DemoRandom _random = world.Random;
    private readonly List<CoveragePiece> _rows = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Topic, string Language), List<string>> _leads = [];
    private readonly Dictionary<string, List<string>> _tails = [];

    /// <summary>Signs at <see cref="NewOutlet"/> for three weeks, and our file does not know it.</summary>
    public DemoPerson Moved { get; private set; } = null!;

    public DemoOutlet NewOutlet { get; private set; } = null!;

    public async Task WriteAsync(CancellationToken ct)
    {
        var texts = DemoFiles.Rows("observed.txt");
        foreach (var text in texts.Where(t => t[2] == "lead"))
        {
            var key = (int.Parse(text[0], CultureInfo.InvariantCulture), text[1]);
            _leads.TryAdd(key, []);
            _leads[key].Add(text[3]);
        }

        foreach (var text in texts.Where(t => t[2] == "tail"))
        {
            _tails.TryAdd(text[1], []);
            _tails[text[1]].Add(text[3]);
        }

        ChooseMove();
        foreach (var day in BylinesAfterTheMove)
        {
            Add(Moved, NewOutlet, world.Calendar.At(world.Calendar.WorkdayBefore(day), 7, 30), TitleFor(Moved, NewOutlet)!);
        }

        var authors = world.People.Where(p => !p.Duplicate).SelectMany(p => Enumerable.Repeat(p, Pace(p.Role))).ToList();
        foreach (var text in texts.Where(t => t[2] == "title"))
        {
            AddTitle(text, authors);
        }

        while (_rows.Count < Pieces)
        {
            var person = _random.Pick(authors);
            var at = SomeDay(person);
            var outlet = OutletAt(person, at);
            if (TitleFor(person, outlet) is { } title)
            {
                Add(person, outlet, at, title);
            }
        }

        await world.WriteAsync(_rows.OrderBy(r => r.PublishedAt).ToList(), ct);
        await world.WriteAsync(_rows.ConvertAll(AuthorOf), ct);
    }

    private static CoverageAuthor AuthorOf(CoveragePiece row)
    {
        var author = new CoverageAuthor(row.InfluencerId!.Value, 0);
        author.BelongTo(row.Id);
        return author;
    }

    // Newsrooms sign daily, a blog does not, a chief seldom.
    private static int Pace(DemoRole role) => role switch
    {
        DemoRole.Staff => 6,
        DemoRole.Freelance => 7,
        DemoRole.Blogger => 3,
        DemoRole.Creator => 2,
        DemoRole.Chief => 1,
        _ => 0,
    };

    private void ChooseMove()
    {
        bool Prints(DemoOutlet o) => o is { Language: "fr", Row: { Unit: OutletUnit.Outlet, Kind: OutletKind.Newspaper or OutletKind.Magazine or OutletKind.Website } };
        bool Overlaps(DemoOutlet o, DemoPerson p) => o.Topics.Intersect(p.Topics).Any(t => _leads.ContainsKey((t, "fr")));
        var found = from person in world.People
                    where person is { Role: DemoRole.Staff, Country: "FR", Contacted: true, Warm: false, DoNotContact: false, AwayUntil: null, Planted: false, Jobs.Count: 1 } && Prints(person.Jobs[0].Outlet)
                    from outlet in world.Outlets
                    where Prints(outlet) && outlet != person.Jobs[0].Outlet && outlet.Country == "FR" && Overlaps(outlet, person)
                    select (person, outlet);
        (Moved, NewOutlet) = found.First();
    }

    /// <summary>A title written whole goes to somebody who follows its subject.</summary>
    private void AddTitle(string[] text, List<DemoPerson> authors)
    {
        var topic = int.Parse(text[0], CultureInfo.InvariantCulture);
        var able = authors.Where(p => p.Language == text[1] && p.Role is DemoRole.Staff or DemoRole.Freelance or DemoRole.Blogger).ToList();
        var person = _random.Pick([.. able.Where(p => p.Topics.Contains(topic)).DefaultIfEmpty(able.Find(p => p.Outlet?.Topics.Contains(topic) ?? false) ?? able[0])]);
        var at = SomeDay(person);
        Add(person, OutletAt(person, at), at, DemoFiles.Typeset(text[3], text[1]));
    }

    // The newer the more: nobody has read everything of two years ago.
    private DateTime SomeDay(DemoPerson person)
    {
        var share = _random.Next(1000) / 1000.0;
        var days = 1 + (int)(364 * (share + (share * share)));
        return world.Calendar.At(-(person == Moved ? days + 40 : days), _random.Between(5, 21), _random.Next(12) * 5);
    }

    private DemoOutlet? OutletAt(DemoPerson person, DateTime at)
    {
        var jobs = person.Jobs.Where(j => j.From <= at && (j.To is null || at <= j.To)).DefaultIfEmpty(person.Jobs.Find(j => j.To is null)).OfType<DemoJob>().ToList();
        return jobs.Count == 0 ? null : _random.Pick(jobs).Outlet;
    }

    private string? TitleFor(DemoPerson person, DemoOutlet? outlet)
    {
        var language = outlet?.Language ?? person.Language;
        var topics = person.Topics.Where(t => outlet is null || outlet.Topics.Contains(t)).ToList();
        topics = topics.Exists(t => _leads.ContainsKey((t, language))) ? topics : [.. outlet?.Topics ?? person.Topics];
        var leads = topics.Where(t => _leads.ContainsKey((t, language))).SelectMany(t => _leads[(t, language)]).ToList();
        for (var i = 0; leads.Count > 0 && i < 20; i++)
        {
            var title = DemoFiles.Typeset(_random.Pick(leads) + (language == "fr" ? " : " : ": ") + _random.Pick(_tails[language]), language);
            if (_used.Add(title))
            {
                return title;
            }
        }

        return null;
    }

    private void Add(DemoPerson person, DemoOutlet? outlet, DateTime at, string title)
    {
        var medium = MediumOf(person, outlet);
        var home = outlet?.Row.Url ?? (medium == CoverageMedium.Social
            ? $"https://vidora.test/@{DemoNames.Ascii(person.Local ?? person.Display).Replace(" ", "", StringComparison.Ordinal)}/"
            : $"https://www.{DemoAddresses.SlugOf(person)}.test/");
        var onPaper = medium is CoverageMedium.Print or CoverageMedium.Radio or CoverageMedium.Tv;
        _rows.Add(CoveragePiece.Create(new CoverageChanges
        {
            Title = title,
            PublishedAt = at,
            Medium = medium,
            Url = onPaper ? null : $"{home}{at:yyyy/MM}/{DemoCoverage.SlugOf(title)}",
            Language = outlet?.Language ?? person.Language,
            OutletId = outlet?.Id,
            InfluencerId = person.Id,
            Status = CoverageStatus.Observed,
            DiscoveredBy = onPaper ? "lu par l'équipe" : "flux",
        }));
    }

    private CoverageMedium MediumOf(DemoPerson person, DemoOutlet? outlet) => outlet?.Row.Kind switch
    {
        OutletKind.Newspaper or OutletKind.Magazine => _random.Chance(0.7) ? CoverageMedium.Online : CoverageMedium.Print,
        OutletKind.NewsAgency => CoverageMedium.Wire,
        OutletKind.Radio => CoverageMedium.Radio,
        OutletKind.Tv => CoverageMedium.Tv,
        OutletKind.Podcast => CoverageMedium.Podcast,
        OutletKind.Newsletter => CoverageMedium.Newsletter,
        OutletKind.Channel => CoverageMedium.Social,
        null when person.Role == DemoRole.Creator => CoverageMedium.Social,
        _ => CoverageMedium.Online,
    };
}
