using System.Globalization;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Platforms;
using InfluencerCrm.Core.Privacy;

namespace InfluencerCrm.Core.Demo;

/// <summary>Writes the cast: people, their addresses, roles, topics and accounts, and who must not be written to.</summary>
internal sealed class DemoPeople(DemoWorld world)
{
    private const int Contacted = 225;
    private const int Warm = 60;
    private const int WithoutEmail = 36;
    private const int OpposedToAll = 9;
    private const int Away = 11;

    private readonly DemoRandom _random = world.Random;
    private readonly DemoAddresses _addresses = new(world.Random);
    private readonly DemoDeck<string[]> _about = new(world.Random, DemoFiles.Rows("about.txt"));

    public async Task WriteAsync(CancellationToken ct)
    {
        SetMarks();
        _addresses.Give(world.People);

        // Those who stand in for somebody come first: the row of who is away names theirs.
        foreach (var batch in world.People.GroupBy(p => p.Delegate is not null).OrderBy(g => g.Key))
        {
            var people = batch.ToList();
            people.ForEach(p => p.Row = RowOf(p));
            await world.WriteAsync(people.ConvertAll(p => p.Row), ct);
        }

        await world.WriteAsync([.. world.People.SelectMany(TopicsOf)], ct);
        await world.WriteAsync([.. world.People.SelectMany(JobsOf)], ct);
        world.People.ForEach(p => p.Points.ForEach(c => c.BelongTo(p.Id)));
        await world.WriteAsync([.. world.People.SelectMany(p => p.Points)], ct);
        await world.WriteAsync([.. world.People.SelectMany(PresencesOf)], ct);
        await world.WriteAsync([.. world.People.SelectMany(SuppressionsOf)], ct);
    }

    private void SetMarks()
    {
        var people = _random.Shuffled(world.People);
        foreach (var person in people.Where(p => p is { Planted: false } && p.Role is not DemoRole.Desk).OrderBy(p => p.Role is DemoRole.Staff or DemoRole.Chief ? 1 : 0).Take(WithoutEmail))
        {
            person.NoEmail = true;
        }

        var warm = people.Where(p => !p.NoEmail && !p.Duplicate && p.Role is not (DemoRole.Desk or DemoRole.Stakeholder)
            && p.Country is "FR" or "GB" or "BE" or "CH" or "DE" or "US").OrderBy(p => p.Role is DemoRole.Expert ? 1 : 0).Take(Warm).ToList();
        warm.ForEach(p => (p.Warm, p.Contacted, p.Tutoie) = (true, true, _random.Chance(0.35)));
        var rest = people.Except(warm).ToList();
        rest.OrderBy(p => p.Planted ? 0 : p.Duplicate ? 2 : 1).Take(Contacted - Warm).ToList().ForEach(p => p.Contacted = true);

        var mailable = rest.Where(p => p is { NoEmail: false, Contacted: true, Planted: false } && p.Role != DemoRole.Desk).ToList();
        mailable.Take(OpposedToAll).ToList().ForEach(p => p.DoNotContact = true);
        foreach (var (person, client) in mailable.Skip(OpposedToAll).Zip(["lumivelle", "lumivelle", "lumivelle", "pomelle", "pomelle"]))
        {
            person.OpposedTo = client;
        }

        // Of the away, most are on leave for a while and one does not come back before long.
        var away = mailable.Skip(OpposedToAll + 5).Take(Away - 3).Concat(warm.Where(p => p is { Role: DemoRole.Staff, Planted: false }).Take(3)).ToList();
        foreach (var person in away)
        {
            person.AwayUntil = world.Calendar.At(_random.Between(4, 40), 9);
            person.Delegate = world.People.Find(p => p != person && p.Outlet is not null && p.Outlet == person.Outlet && p.Delegate is null && !away.Contains(p) && p.Role is DemoRole.Staff or DemoRole.Chief);
        }

        foreach (var person in _random.Shuffled(world.People).Take(36))
        {
            person.Refused = _random.Pick([62, 63, 74, 53, 36, 20, 6, 78]);
            person.Refused = person.Topics.Contains(person.Refused.Value) ? null : person.Refused;
        }
    }

    private Influencer RowOf(DemoPerson person)
    {
        var language = person.Language;
        var email = person.Points.Find(p => p is { Kind: ContactKind.Email, Primary: true });
        var phone = person.Points.Find(p => p is { Kind: ContactKind.Phone, Primary: true });
        var renamed = person is { Role: DemoRole.Staff, Woman: true, Language: "fr", Last: not "Moreau" } && !world.People.Exists(p => p.About is { } a && a.StartsWith("Signait", StringComparison.Ordinal));
        person.About = renamed ? DemoFiles.French($"Signait {person.First} Vasseur-Marny jusqu'à l'an dernier ; même personne.") : AboutOf(person);
        var row = Influencer.Create(new InfluencerChanges
        {
            Kind = KindOf(person.Role),
            IsDesk = person.Role == DemoRole.Desk,
            DisplayName = person.Display,
            FirstName = person.First,
            LastName = person.Last,
            Email = email?.Value,
            EmailStatus = email?.Status ?? EmailStatus.Unknown,
            Phone = phone?.Value,
            Country = person.Country,
            City = person.City,
            CoverageArea = person.Outlet?.Row.Scope is OutletScope.Regional or OutletScope.Local ? DemoFiles.Typeset(language == "fr" ? $"{person.City} et alentours" : $"{person.City} area", language) : null,
            Language = language,
            Languages = LanguagesOf(person),
            TimeZone = DemoPlaces.ZoneOf(person.Country),
            Bio = BioOf(person),
            About = person.About,
            Vip = person.Warm && _random.Chance(0.2),
            PreferredChannel = person.Warm && _random.Chance(0.4) ? _random.Pick(["email", "email", "phone", "messaging"]) : null,
            AwayUntil = person.AwayUntil,
            AwayDelegateId = person.Delegate?.Id,
            DoNotContact = person.DoNotContact,
            DoNotContactReason = person.DoNotContact ? DemoFiles.Typeset(language == "fr" ? _random.Pick(["Demande par mail", "Demande au téléphone", "Ne traite plus nos sujets"]) : "Asked by mail", language) : null,
            AcceptsEmbargo = person.Warm && _random.Chance(0.6) ? _random.Chance(0.85) : null,
            LawfulBasis = "legitimateInterest",
            DataSource = _random.Pick(["ours numérique du titre", "signature d'article", "carte de visite, salon", "recommandation", "demande entrante"]),
            NoticeSentAt = person is { Contacted: true, NoEmail: false } ? world.Calendar.At(-_random.Between(366, 900), 10) : null,
            VerifiedAt = _random.Chance(0.6) ? world.Calendar.At(-_random.Between(3, 330), _random.Between(9, 17)) : null,
            Tags = TagsOf(person),
            Audience = person.Role is DemoRole.Creator ? _random.Between(5, 80) * 1000 : person is { Role: DemoRole.Blogger, Title: not null } ? _random.Between(9, 400) * 100 : null,
        });
        return row;
    }

    private static InfluencerKind KindOf(DemoRole role) => role switch
    {
        DemoRole.Blogger => InfluencerKind.Blogger,
        DemoRole.Creator => InfluencerKind.Creator,
        DemoRole.Expert => InfluencerKind.Expert,
        DemoRole.Stakeholder => InfluencerKind.Stakeholder,
        _ => InfluencerKind.Journalist,
    };

    private string? AboutOf(DemoPerson person)
    {
        var kind = person.Role switch { DemoRole.Blogger => "b", DemoRole.Creator => "c", DemoRole.Expert => "e", DemoRole.Desk or DemoRole.Stakeholder => "", _ => "j" };
        var language = person.Language == "fr" ? "fr" : "en";
        return (person.Warm || _random.Chance(0.25)) && _about.Draw(a => a[0] == kind && a[1] == language) is { } text ? DemoFiles.Typeset(text[2], language) : null;
    }

    private static string? BioOf(DemoPerson person)
    {
        if (person.Bio is not null)
        {
            return $"{person.Bio}. {person.City}.";
        }

        if (person.Topics.Count == 0 || person.Duplicate)
        {
            return null;
        }

        var topics = person.Topics.Take(2).Select(t => DemoTopicNames.Of(t, person.Language)).ToList();
        var about = person.Language == "fr" ? string.Join(", ", topics.Select(Lowered)) : string.Join(", ", topics.Select(Lowered));
        var what = person.Title ?? (person.Outlet is { } outlet ? $"{person.Jobs[0].Function}, {outlet.Row.Name}" : null);
        return what is null ? Capital(about) + $". {person.City}." : $"{what} : {about}. {person.City}.".Replace(" : ", person.Language == "fr" ? "\u00A0: " : ": ", StringComparison.Ordinal);
    }

    // A topic's name in a sentence; what is written in capitals stays.
    private static string Lowered(string text) => text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    private static List<string> LanguagesOf(DemoPerson person) => person.Country switch
    {
        "BE" => [person.Language, "nl"],
        "CH" => [person.Language, "de"],
        "DE" => [person.Language, "en"],
        "GR" => ["en", "el"],
        "UA" => ["uk", "en"],
        "MA" => ["fr", "ar"],
        _ => [person.Language],
    };

    private List<string> TagsOf(DemoPerson person)
    {
        var tags = new List<string>();
        if (person.Outlet?.Type == "regionalDaily")
        {
            tags.Add("PQR");
        }

        if (person.Role == DemoRole.Freelance)
        {
            tags.Add("pigiste");
        }

        if (person.Warm && _random.Chance(0.25))
        {
            tags.Add(_random.Pick(["salon de Rennes", "petit-déj presse", "visite d'usine", "à inviter"]));
        }

        return tags;
    }

    private IEnumerable<InfluencerTopic> TopicsOf(DemoPerson person)
    {
        foreach (var (number, i) in person.Topics.Distinct().Select((t, i) => (t, i)).ToList())
        {
            var topic = InfluencerTopic.Create(new InfluencerTopicChanges
            {
                TopicId = world.Topics[number],
                Strength = i < 2 ? TopicStrength.Main : TopicStrength.Some,
                Source = i < 2 ? "déclaré" : _random.Pick(["articles lus", "conversation", "déclaré"]),
            });
            topic.BelongTo(person.Id);
            yield return topic;
        }

        if (person.Refused is { } refused)
        {
            var topic = InfluencerTopic.Create(new InfluencerTopicChanges { TopicId = world.Topics[refused], Stance = TopicStance.Refuses, Strength = TopicStrength.Some, Source = "réponse reçue" });
            topic.BelongTo(person.Id);
            yield return topic;
        }
    }

    private static IEnumerable<Affiliation> JobsOf(DemoPerson person) => person.Jobs.Select((job, i) => Affiliation.Create(new AffiliationChanges
    {
        InfluencerId = person.Id,
        OutletId = job.Outlet.Id,
        Function = job.Function,
        Beat = job.Beat,
        Employment = job.Employment,
        From = job.From,
        To = job.To,
        Primary = i == 0,
        Source = job.To is null ? "ours du titre" : "ancienne fiche",
    }));

    private IEnumerable<Presence> PresencesOf(DemoPerson person)
    {
        var platforms = person.Role switch
        {
            DemoRole.Creator => _random.Shuffled(["Vidora", "Klipo", "Pixelle"]).Take(_random.Between(2, 3)).ToList(),
            DemoRole.Blogger when !person.Duplicate => ["Blog", .. _random.Chance(0.5) ? new[] { _random.Pick(["Pixelle", "Filante", "Gazouille"]) } : []],
            DemoRole.Staff or DemoRole.Freelance or DemoRole.Chief or DemoRole.Expert when _random.Chance(0.4) => [_random.Pick(["Collegia", "Collegia", "Filante", "Gazouille"])],
            _ => new List<string>(),
        };
        var handle = (person.Local ?? DemoNames.Ascii(person.Display)).Replace(" ", _random.Pick(["", ".", "_"]), StringComparison.Ordinal);
        foreach (var name in platforms)
        {
            var platform = world.Platforms[name];
            var followers = person.Role == DemoRole.Creator ? (int)(person.Row.Audience!.Value * (0.4 + (_random.Next(60) / 100.0))) : name == "Blog" ? (int?)null : _random.Between(180, 9400);
            yield return Presence.Create(new PresenceChanges
            {
                InfluencerId = person.Id,
                PlatformId = platform.Id,
                Handle = name == "Blog" ? null : handle,
                Url = name == "Blog" ? person.Outlet?.Row.Url ?? $"https://www.{DemoAddresses.SlugOf(person)}.test/" : platform.UrlPattern!.Replace("{handle}", handle, StringComparison.Ordinal),
                Followers = followers,
                EngagementRate = followers is null ? null : Math.Round(0.6 + (_random.Next(520) / 100.0), 1),
                Posts = followers is null ? null : _random.Between(40, 1900),
                MeasuredAt = followers is null ? null : world.Calendar.At(-_random.Between(2, 45), 4),
            });
        }
    }

    private IEnumerable<Suppression> SuppressionsOf(DemoPerson person)
    {
        if (person is { DoNotContact: false, OpposedTo: null })
        {
            yield break;
        }

        var key = person.Points.Find(p => p.Kind == ContactKind.Email)!.AddressKey!;
        yield return person.DoNotContact
            ? new Suppression(key, world.Hash.Of(key), person.Id, SuppressionScope.All, null, _random.Pick([SuppressionReason.Unsubscribe, SuppressionReason.Manual]), "demande de la personne")
            : new Suppression(key, world.Hash.Of(key), person.Id, SuppressionScope.Client, world.Clients[person.OpposedTo!].Id, SuppressionReason.Manual, "demande de la personne");
    }
}
