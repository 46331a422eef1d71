using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Demo;

/// <summary>Who the 300 people are: names, jobs, topics. Where and how they are reached is <see cref="DemoPeople"/>.</summary>
internal sealed class DemoCasting(DemoWorld world)
{
    private const int Staff = 89;
    private const int Freelances = 38;
    private const int Bloggers = 70;
    private const int Duplicates = 3;

    private static readonly Dictionary<string, int[]> Families = new(StringComparer.Ordinal)
    {
        ["energy"] = [3, 4, 10, 2, 11],
        ["beauty"] = [59, 60, 44, 61, 62],
        ["home"] = [67, 11, 66, 65, 21],
        ["work"] = [31, 30, 29, 34, 7],
        ["food"] = [54, 57, 51, 60, 53],
    };

    private readonly DemoRandom _random = world.Random;
    private readonly DemoNames _names = new(world.Random);
    private readonly HashSet<DemoRole> _homonyms = [DemoRole.Staff, DemoRole.Freelance];
    private readonly List<string[]> _blogs = DemoFiles.Rows("blogs.txt");

    public void Cast()
    {
        AddDesks();
        AddChiefs();
        AddStaff();
        AddFreelances();
        AddBloggers();
        AddCreators();
        AddExperts();
        AddMoves();
    }

    private void AddDesks()
    {
        foreach (var name in new[] { "Le Méridien · Service économie", "La Tribune du Soir · Service société", "The Daily Lantern · Money desk", "Märkische Rundschau · Wirtschaft", "Agence Dépêche Centrale", "Le Courrier du Ponant" })
        {
            var outlet = world.Outlets.Find(o => o.Row.Name == name)!;
            var label = name.Contains('·', StringComparison.Ordinal) ? name : outlet.Language == "fr" ? name + " · Rédaction" : name + " · Newsdesk";
            var desk = new DemoPerson(DemoRole.Desk, label) { Country = outlet.Country, Language = outlet.Language, City = outlet.City };
            desk.Jobs.Add(new DemoJob(outlet, outlet.Language switch { "fr" => "Service", "de" => "Redaktion", _ => "Desk" }, null, Employment.Staff, Since(3000, 1500), null));
            desk.Topics.AddRange(outlet.Topics.Take(3));
            world.People.Add(desk);
        }
    }

    private void AddChiefs()
    {
        var outlets = world.Outlets.Where(o => o.Weight >= 2 && o.Row.Unit == OutletUnit.Outlet).OrderByDescending(o => o.Weight).ThenBy(o => o.Id).Take(17);
        foreach (var outlet in outlets)
        {
            var woman = _random.Chance(0.5);
            var person = Person(DemoRole.Chief, outlet.Country, outlet.Language, woman, young: false);
            person.City = outlet.City;
            var broadcast = outlet.Row.Kind is OutletKind.Radio or OutletKind.Tv;
            var function = (outlet.Language, broadcast) switch
            {
                ("fr", true) => woman ? "Directrice de l'information" : "Directeur de l'information",
                ("fr", false) => woman ? "Rédactrice en chef" : "Rédacteur en chef",
                ("de", _) => woman ? "Chefredakteurin" : "Chefredakteur",
                _ => "Editor",
            };
            person.Jobs.Add(new DemoJob(outlet, function, null, Employment.Staff, Since(3000, 400), null));
            person.Topics.AddRange(outlet.Topics.Take(2));
            world.People.Add(person);
        }
    }

    private void AddStaff()
    {
        // Everybody has one, then the large ones more.
        var staffed = world.Outlets.Where(o => o.Weight > 0).ToList();
        var seats = staffed.Concat(staffed.Where(o => o.Row.Name is "Le Littoral" or "L'Hebdo Industriel"))
            .Concat(_random.Shuffled(staffed.SelectMany(o => Enumerable.Repeat(o, o.Weight - 1))));
        foreach (var outlet in seats.Take(Staff))
        {
            var woman = _random.Chance(0.54);
            var person = Person(DemoRole.Staff, outlet.Country, outlet.Language, woman, young: _random.Chance(0.6), planted: outlet.Row.Name == "Le Littoral");
            person.City = outlet.City;
            person.Topics.AddRange(_random.Shuffled(outlet.Topics).Take(_random.Between(2, 4)));
            person.Jobs.Add(new DemoJob(outlet, FunctionOf(outlet, woman), BeatOf(person), Employment.Staff, Since(2600, 200), null));
            world.People.Add(person);
        }
    }

    private void AddFreelances()
    {
        var countries = Enumerable.Repeat("FR", 25).Concat(Enumerable.Repeat("GB", 7)).Concat(["BE", "BE", "CH", "CH", "DE", "DE"]).ToList();
        for (var i = 0; i < Freelances; i++)
        {
            var country = countries[i];
            var language = country switch { "GB" => "en", "DE" => "de", _ => "fr" };
            var person = Person(DemoRole.Freelance, country, language, _random.Chance(0.6), young: _random.Chance(0.5));
            var own = world.Outlets.Where(o => o.Language == language && o.Row.Unit == OutletUnit.Outlet && (o.Weight > 0 || o.Row.Kind == OutletKind.Podcast)).ToList();
            var first = _random.Pick([.. own.Where(o => o.Country == country).DefaultIfEmpty(own[0])]);
            person.City = country switch { "FR" => _random.Pick(["Paris", "Nantes", "Lyon", "Rennes", "Caen", "Lille", "Marseille", "Bordeaux"]), "GB" => _random.Pick(["London", "Bristol", "Leeds", "Glasgow"]), _ => first.City };
            person.Topics.AddRange(_random.Shuffled(first.Topics).Take(3));
            var others = own.Where(o => o != first && o.Topics.Intersect(person.Topics).Any()).DefaultIfEmpty(own.First(o => o != first));
            foreach (var outlet in _random.Shuffled(others).Take(_random.Between(1, 3)).Prepend(first))
            {
                person.Jobs.Add(new DemoJob(outlet, FreelanceOf(person), BeatOf(person), Employment.Freelance, Since(2000, 100), null));
            }

            world.People.Add(person);
        }
    }

    private void AddBloggers()
    {
        var own = world.Outlets.Where(o => o.Type is "podcast" or "newsletter" or "blog").ToList();
        var titles = new Queue<string[]>(_random.Shuffled(_blogs));
        for (var i = 0; i < Bloggers - Duplicates; i++)
        {
            var outlet = i < own.Count ? own[i] : null;
            var title = outlet is null ? titles.Dequeue() : null;
            var language = outlet?.Language ?? title![1];
            var country = outlet?.Country ?? (language == "fr" ? _random.Pick(["FR", "FR", "FR", "FR", "BE", "CH"]) : _random.Pick(["GB", "GB", "GB", "US"]));
            var person = Person(DemoRole.Blogger, country, language, _random.Chance(title?[0] is "beauty" or "food" ? 0.8 : 0.45), young: _random.Chance(0.6));
            person.City = outlet?.City ?? TownOf(country);
            person.Title = outlet?.Row.Name ?? DemoFiles.Typeset(title![2], language);
            person.Topics.AddRange(outlet?.Topics.Take(3) ?? _random.Shuffled(Families[title![0]]).Take(_random.Between(2, 4)));
            if (outlet is not null)
            {
                var function = (outlet.Type, language) switch
                {
                    ("podcast", "fr") => "Production et présentation",
                    ("podcast", _) => "Host",
                    (_, "fr") => person.Woman ? "Autrice" : "Auteur",
                    _ => "Writer",
                };
                person.Jobs.Add(new DemoJob(outlet, function, null, Employment.Contributor, Since(2000, 300), null));
            }

            world.People.Add(person);
        }

        // Entered a second time by somebody in a hurry; left for whoever tidies up.
        foreach (var twin in world.People.Where(p => p.Role == DemoRole.Blogger && p.Country == "FR" && p.Jobs.Count == 0).Take(Duplicates).ToList())
        {
            var copy = new DemoPerson(DemoRole.Blogger, $"{twin.Last!.ToUpperInvariant()} {twin.First}")
            {
                First = twin.First, Last = twin.Last.ToUpperInvariant(), Woman = twin.Woman, Country = twin.Country, Language = twin.Language, Duplicate = true,
            };
            copy.City = twin.City;
            copy.Topics.AddRange(twin.Topics.Take(1));
            world.People.Add(copy);
        }
    }

    private void AddCreators()
    {
        var planted = new[]
        {
            new DemoPerson(DemoRole.Creator, "Zélie") { Country = "FR", Language = "fr", Woman = true, City = "Rouen", Local = "zelie", Planted = true },
            new DemoPerson(DemoRole.Creator, "Ελένη Παπαδάκη") { First = "Ελένη", Last = "Παπαδάκη", Country = "GR", Language = "en", Woman = true, City = "Athènes", Local = "eleni.papadaki" },
            new DemoPerson(DemoRole.Creator, "سلمى بنعيسى") { First = "سلمى", Last = "بنعيسى", Country = "MA", Language = "fr", Woman = true, City = "Casablanca", Local = "salma.benaissa" },
        };
        var channel = world.Outlets.Find(o => o.Type == "videoChannel")!;
        for (var i = 0; i < 50; i++)
        {
            var family = i < 22 ? "beauty" : i < 38 ? "home" : i < 45 ? "energy" : "food";
            var country = i == 10 ? "US" : _random.Pick(["FR", "FR", "FR", "FR", "GB", "GB", "BE", "CH"]);
            var person = i < planted.Length ? planted[i] : Person(DemoRole.Creator, country, country is "GB" or "US" ? "en" : "fr", _random.Chance(family == "beauty" ? 0.85 : 0.45), young: true);
            person.City = person.City.Length > 0 ? person.City : TownOf(country);
            person.Topics.AddRange(_random.Shuffled(Families[i < planted.Length ? "beauty" : family]).Take(_random.Between(2, 3)));
            if (i == 10)
            {
                person.Title = channel.Row.Name;
                person.Topics.InsertRange(0, [67, 21]);
                person.Jobs.Add(new DemoJob(channel, "Host", null, Employment.Contributor, Since(1500, 900), null));
            }

            var distinct = person.Topics.Distinct().ToList();
            person.Topics.Clear();
            person.Topics.AddRange(distinct);
            world.People.Add(person);
        }
    }

    private void AddExperts()
    {
        var institution = world.Outlets.Find(o => o.Type == "institution")!;
        (DemoRole Role, string Country, string Woman, string Man, string City, int[] Topics)[] roles =
        [
            (DemoRole.Expert, "FR", "Économiste de l'énergie, Institut Lavallière", "Économiste de l'énergie, Institut Lavallière", "Paris", [1, 10, 13]),
            (DemoRole.Expert, "FR", "Chercheuse en politiques climatiques, Institut Lavallière", "Chercheur en politiques climatiques, Institut Lavallière", "Paris", [13, 1, 40]),
            (DemoRole.Expert, "FR", "Dermatologue en ville", "Dermatologue en ville", "Rennes", [44, 59]),
            (DemoRole.Expert, "FR", "Ingénieure réseaux, enseignante", "Ingénieur réseaux, enseignant", "Grenoble", [4, 70, 1]),
            (DemoRole.Expert, "FR", "Thermicienne indépendante", "Thermicien indépendant", "Angers", [11, 12]),
            (DemoRole.Expert, "FR", "Juriste, droit de la consommation", "Juriste, droit de la consommation", "Lyon", [39, 10]),
            (DemoRole.Expert, "FR", "Sociologue du travail ouvrier", "Sociologue du travail ouvrier", "Caen", [31, 32, 35]),
            (DemoRole.Expert, "FR", "Agronome, spécialiste des vergers", "Agronome, spécialiste des vergers", "Rouen", [54, 57]),
            (DemoRole.Expert, "FR", "Toxicologue, étiquetage cosmétique", "Toxicologue, étiquetage cosmétique", "Strasbourg", [44, 60]),
            (DemoRole.Expert, "FR", "Analyste des marchés de l'électricité", "Analyste des marchés de l'électricité", "Paris", [10, 36]),
            (DemoRole.Expert, "GB", "Energy economist", "Energy economist", "London", [10, 13]),
            (DemoRole.Expert, "GB", "Chartered heating engineer", "Chartered heating engineer", "Sheffield", [12, 11]),
            (DemoRole.Expert, "GB", "Consultant dermatologist", "Consultant dermatologist", "Leeds", [44]),
            (DemoRole.Expert, "GB", "Retail analyst, beauty", "Retail analyst, beauty", "London", [38, 59]),
            (DemoRole.Expert, "DE", "Energieberaterin", "Energieberater", "Leipzig", [11, 4]),
            (DemoRole.Expert, "BE", "Conseillère en énergie", "Conseiller en énergie", "Namur", [10, 11]),
            (DemoRole.Expert, "CH", "Pharmacienne, formation continue", "Pharmacien, formation continue", "Lausanne", [44, 60]),
            (DemoRole.Stakeholder, "FR", "Maire d'une commune du Cotentin", "Maire d'une commune du Cotentin", "Les Pieux", [80, 41]),
            (DemoRole.Stakeholder, "FR", "Conseillère régionale, formation", "Conseiller régional, formation", "Caen", [31, 80]),
            (DemoRole.Stakeholder, "FR", "Présidente d'une association de riverains", "Président d'une association de riverains", "Flamanville", [8, 80]),
            (DemoRole.Stakeholder, "FR", "Secrétaire d'une union locale", "Secrétaire d'une union locale", "Cherbourg", [32, 30]),
            (DemoRole.Stakeholder, "FR", "Présidente d'une association de consommateurs", "Président d'une association de consommateurs", "Nantes", [39, 10]),
            (DemoRole.Stakeholder, "FR", "Déléguée d'un réseau d'installateurs solaires", "Délégué d'un réseau d'installateurs solaires", "Rezé", [2, 3]),
            (DemoRole.Stakeholder, "FR", "Directrice d'un CFA industriel", "Directeur d'un CFA industriel", "Valence", [31, 76]),
            (DemoRole.Stakeholder, "FR", "Élue à la transition énergétique", "Élu à la transition énergétique", "Saint-Nazaire", [1, 80]),
            (DemoRole.Stakeholder, "FR", "Animatrice d'un réseau anti-gaspi", "Animateur d'un réseau anti-gaspi", "Lisieux", [57, 54]),
            (DemoRole.Stakeholder, "GB", "Parish councillor", "Parish councillor", "Frome", [80, 5]),
            (DemoRole.Stakeholder, "GB", "Head of a consumer charity", "Head of a consumer charity", "Manchester", [39, 10]),
            (DemoRole.Stakeholder, "CH", "Déléguée à l'énergie d'une commune", "Délégué à l'énergie d'une commune", "Monthey", [80, 11]),
        ];
        foreach (var (role, country, woman, man, city, topics) in roles)
        {
            var isWoman = _random.Chance(0.5);
            var person = Person(role, country, country switch { "GB" => "en", "DE" => "de", _ => "fr" }, isWoman, young: _random.Chance(0.25));
            person.City = city;
            person.Bio = DemoFiles.Typeset(isWoman ? woman : man, person.Language);
            person.Topics.AddRange(topics);
            if (woman.EndsWith("Lavallière", StringComparison.Ordinal))
            {
                person.Jobs.Add(new DemoJob(institution, (isWoman ? woman : man).Split(',')[0], null, Employment.Staff, Since(2000, 500), null));
            }

            world.People.Add(person);
        }

        var kyiv = new DemoPerson(DemoRole.Expert, "Олена Ковальчук") { First = "Олена", Last = "Ковальчук", Local = "olena.kovalchuk", Country = "UA", Language = "en", Woman = true, City = "Kyiv", Bio = "Grid resilience researcher" };
        kyiv.Topics.AddRange([1, 4]);
        world.People.Add(kyiv);
    }

    /// <summary>22 people who changed desks within two years: the role before is kept with its end.</summary>
    private void AddMoves()
    {
        var movers = _random.Shuffled(world.People.Where(p => p is { Planted: false, Role: DemoRole.Staff or DemoRole.Chief })).Take(22);
        foreach (var person in movers)
        {
            var now = person.Jobs[0];
            var moved = world.Calendar.At(-_random.Between(40, 700), 9);
            var before = world.Outlets.Where(o => o.Language == person.Language && o.Id != now.Outlet.Id && o.Weight > 0 && o.Row.Unit == OutletUnit.Outlet).ToList();
            var from = _random.Pick(before);
            person.Jobs[0] = now with { From = moved };
            person.Jobs.Add(new DemoJob(from, FunctionOf(from, person.Woman), now.Beat, Employment.Staff, moved.AddDays(-_random.Between(400, 2200)), moved.AddDays(-1)));
        }
    }

    private DemoPerson Person(DemoRole role, string country, string language, bool woman, bool young, bool planted = false)
    {
        // Two people of one name, at different titles: the file must keep them apart.
        var homonym = country == "FR" && _homonyms.Remove(role);
        var (first, last) = homonym ? ("Camille", "Moreau") : _names.Draw(country, woman, young);
        return new DemoPerson(role, $"{first} {last}") { First = first, Last = last, Woman = woman || homonym, Country = country, Language = language, Planted = planted };
    }

    private DateTime Since(int most, int least) => world.Calendar.At(-_random.Between(least, most), 9);

    private string FunctionOf(DemoOutlet outlet, bool woman) => (outlet.Language, outlet.Row.Kind) switch
    {
        ("fr", OutletKind.Radio or OutletKind.Tv) => _random.Pick<string>(woman ? ["Journaliste", "Programmatrice", "Présentatrice"] : ["Journaliste", "Programmateur", "Présentateur"]),
        ("fr", _) => _random.Pick<string>(woman
            ? ["Journaliste", "Journaliste", "Journaliste", "Grande reporter", "Cheffe de rubrique", "Cheffe de service", "Secrétaire de rédaction", "Correspondante"]
            : ["Journaliste", "Journaliste", "Journaliste", "Grand reporter", "Chef de rubrique", "Chef de service", "Secrétaire de rédaction", "Correspondant"]),
        ("de", _) => _random.Pick<string>(woman ? ["Redakteurin", "Ressortleiterin", "Korrespondentin"] : ["Redakteur", "Ressortleiter", "Korrespondent"]),
        (_, OutletKind.Radio or OutletKind.Tv) => _random.Pick(["Producer", "Presenter", "Reporter"]),
        _ => _random.Pick(["Reporter", "Reporter", "Senior reporter", "Section editor", "Correspondent", "Features writer"]),
    };

    private static string FreelanceOf(DemoPerson person) => person.Language switch
    {
        "fr" => "Journaliste pigiste",
        "de" => person.Woman ? "Freie Journalistin" : "Freier Journalist",
        _ => "Freelance journalist",
    };

    private static string? BeatOf(DemoPerson person) => person.Topics.Count == 0 ? null : DemoTopicNames.Of(person.Topics[0], person.Language);

    private string TownOf(string country) => country switch
    {
        "FR" => _random.Pick(["Paris", "Angers", "Caen", "Dijon", "La Rochelle", "Lille", "Lyon", "Montpellier", "Nantes", "Poitiers", "Quimper", "Toulouse", "Tours", "Vannes"]),
        "GB" => _random.Pick(["Brighton", "Bristol", "Cardiff", "Edinburgh", "Exeter", "Leeds", "London", "Norwich", "York"]),
        "BE" => _random.Pick(["Bruxelles", "Liège", "Namur"]),
        "CH" => _random.Pick(["Genève", "Lausanne", "Neuchâtel", "Fribourg"]),
        "US" => _random.Pick(["Austin", "Brooklyn", "Denver", "Portland"]),
        _ => "",
    };
}

/// <summary>Names of topics by number, for beats and short portraits.</summary>
internal static class DemoTopicNames
{
    private static readonly Dictionary<string, (string En, string Fr)> Names = DemoFiles.Csv("topics.csv").ToDictionary(r => r[0], r => (r[2], r[3]));

    public static string Of(int topic, string language)
    {
        var (en, fr) = Names[topic.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        return language == "fr" ? DemoFiles.French(fr) : en;
    }
}
