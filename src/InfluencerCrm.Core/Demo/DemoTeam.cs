using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.Demo;

/// <summary>The agency's users, its clients behind their walls, campaigns and stories.</summary>
internal sealed class DemoTeam(DemoWorld world, IEnumerable<IRowRule<User>> userRules)
{
    private readonly JsonNode _file = JsonNode.Parse(DemoFiles.Text("clients.json"))!;

    public string Password { get; } = NewPassword();

    public async Task WriteUsersAsync(CancellationToken ct)
    {
        foreach (var member in _file["agency"]!["team"]!.AsArray())
        {
            var name = Text(member!["name"]);
            var user = User.Create(new UserChanges
            {
                Email = $"{DemoNames.Ascii(name).Replace(' ', '.')}@{Text(_file["agency"]!["domain"])}",
                DisplayName = name,
                Role = Enum.Parse<Role>(Text(member["role"]), ignoreCase: true),
                Password = Password,
            });
            world.Db.Add(user);
            foreach (var rule in userRules)
            {
                await rule.CheckAsync(user, ct);
            }

            world.Users[name.Split(' ')[0]] = user;
        }

        await world.Db.SaveChangesAsync(ct);
        world.Db.ChangeTracker.Clear();
    }

    public async Task WriteClientsAsync(CancellationToken ct)
    {
        foreach (var client in _file["clients"]!.AsArray())
        {
            await WriteClientAsync(client!, ct);
        }

        await WriteStoriesAsync(ct);
    }

    private async Task WriteClientAsync(JsonNode file, CancellationToken ct)
    {
        var key = Text(file["key"]);
        var languages = Texts(file["languages"]);
        var client = Client.Create(new ClientChanges
        {
            Name = Text(file["name"]),
            Website = $"https://www.{key}.test/",
            Country = Text(file["country"]),
            Languages = languages,
            WatchWords = Texts(file["watch"]),
            Competitors = Texts(file["competitors"]),
            BannedWords = Texts(file["bannedWords"]),
            ToneOfVoice = Text(file["toneOfVoice"]),
            Boilerplate = LocalizedText.Of(("fr", DemoFiles.French(Text(file["boilerplateFr"]))), ("en", Text(file["boilerplateEn"]))),
            TimeZone = "Europe/Paris",
        });
        foreach (var member in _file["agency"]!["team"]!.AsArray().Where(m => Texts(m!["clients"]).Contains(key)))
        {
            var user = world.Users[Text(member!["name"]).Split(' ')[0]];
            client.Members.Add(new ClientMember(user.Id, user.Role == Role.Reader ? ClientMemberRole.Observer : user.Id == LeadOf(key).Id ? ClientMemberRole.Lead : ClientMemberRole.Member));
        }

        foreach (var person in file["spokespersons"]!.AsArray())
        {
            var name = Text(person!["name"]);
            client.Contacts.Add(ClientContact.Create(new ClientContactChanges
            {
                Name = name,
                Function = Text(person["title"]),
                Email = $"{DemoNames.Ascii(name.Replace("Dr ", "", StringComparison.Ordinal)).Replace(' ', '.')}@{key}.test",
            }));
        }

        await world.SaveAsync(client, ct);
        var now = CampaignOf(key, client, file["campaign"]!);
        var before = PastCampaignOf(key, client);
        await world.SaveAsync(now, ct);
        await world.SaveAsync(before, ct);
        world.Clients[key] = new DemoClient(key, client, now, before, [.. file["topicIds"]!.AsArray().Select(t => (int)t!)], client.Competitors);
    }

    private Campaign CampaignOf(string key, Client client, JsonNode file)
    {
        var when = file["when"]!;
        var campaign = Campaign.Create(new CampaignChanges
        {
            ClientId = client.Id,
            Name = Text(file["name"]),
            Status = CampaignStatus.Active,
            Decision = Enum.Parse<CampaignDecision>(Text(file["decision"]), ignoreCase: true),
            DecisionReason = file["socialDecisionReason"] is { } reason ? Brief(Text(reason)) : null,
            Aim = Enum.Parse<RelationshipAim>(Text(file["aim"]), ignoreCase: true),
            Intention = Enum.Parse<CampaignIntention>(Text(file["intention"]), ignoreCase: true),
            Register = key == "rochambel" ? CampaignRegister.B2b : CampaignRegister.B2c,
            Who = Brief(Text(file["who"])),
            What = Brief(Text(file["what"])),
            Where = Brief(string.Join(", ", Texts(file["where"]))),
            When = Brief(string.Join(", ", when.AsObject().Where(p => p.Value is not null && p.Key is not ("start" or "end")).Select(p => $"{WordOf(p.Key)} : {Text(p.Value)}"))),
            How = Brief(string.Join(", ", Texts(file["how"]))),
            HowMuch = Brief($"{Grouped((int)file["howMuch"]!["budgetEur"]!)} €, {(int)file["howMuch"]!["hours"]!} heures, {(int)file["howMuch"]!["maxList"]!} contacts au plus"),
            Why = Brief(Text(file["why"])),
            StartsAt = world.Calendar.Parse(Text(when["start"])),
            EndsAt = world.Calendar.Parse(Text(when["end"])),
            Confidential = key == "rochambel",
            LeadId = LeadOf(key).Id,
            Budget = (int)file["howMuch"]!["budgetEur"]!,
            UtmCampaign = $"{key}-{world.Calendar.Day(0).ToString("yyyy-MM", CultureInfo.InvariantCulture)}",
        });
        foreach (var (message, position) in file["keyMessages"]!.AsArray().Select((m, i) => (m!, i)))
        {
            campaign.KeyMessages.Add(KeyMessage.Create(new KeyMessageChanges
            {
                Text = LocalizedText.Of(("fr", DemoFiles.French(Text(message["fr"]))), ("en", Text(message["en"]))),
                Position = position,
            }));
        }

        foreach (var objective in file["objectives"]!.AsArray())
        {
            campaign.Objectives.Add(ObjectiveOf(objective!));
        }

        AddMembers(key, campaign);
        return campaign;
    }

    private CampaignObjective ObjectiveOf(JsonNode file)
    {
        var objective = CampaignObjective.Create(new CampaignObjectiveChanges
        {
            Kind = Text(file["kind"]),
            Kpi = DemoFiles.French(Text(file["kpi"])),
            Target = (decimal)file["target"]!,
            By = world.Calendar.Parse(Text(file["by"])),
        });
        foreach (var measurement in file["measurements"]?.AsArray() ?? [])
        {
            objective.Measurements.Add(ObjectiveMeasurement.Create(new ObjectiveMeasurementChanges
            {
                MeasuredAt = world.Calendar.Parse(Text(measurement!["at"])),
                Value = (decimal)measurement["value"]!,
                Note = DemoFiles.French(Text(file["source"])),
            }));
        }

        return objective;
    }

    private Campaign PastCampaignOf(string key, Client client)
    {
        var (name, what, from, to) = key switch
        {
            "lumivelle" => ("Les toits parlent / What roofs say", "Publication de la production réelle de 4 200 toits suivis", -400, -280),
            "pomelle" => ("Le verger en pots / The orchard in jars", "Petite série : trois mille pots numérotés à la main", -230, -120),
            _ => ("Relations presse au long cours / Standing press office", "Veille, réponses aux demandes, rendez-vous individuels", -730, -11),
        };
        var campaign = Campaign.Create(new CampaignChanges
        {
            ClientId = client.Id,
            Name = name,
            Status = CampaignStatus.Completed,
            Decision = CampaignDecision.Go,
            What = DemoFiles.French(what),
            StartsAt = world.Calendar.At(from, 9),
            EndsAt = world.Calendar.At(to, 18),
            Confidential = key == "rochambel",
            LeadId = LeadOf(key).Id,
        });
        AddMembers(key, campaign);
        return campaign;
    }

    private void AddMembers(string key, Campaign campaign)
    {
        if (key == "rochambel")
        {
            campaign.Members.Add(new CampaignMember(world.Users["Inès"].Id));
            campaign.Members.Add(new CampaignMember(world.Users["Solène"].Id));
        }
    }

    private async Task WriteStoriesAsync(CancellationToken ct)
    {
        var (lumivelle, rochambel, pomelle) = (world.Clients["lumivelle"], world.Clients["rochambel"], world.Clients["pomelle"]);
        var weekly = world.Outlets.Find(o => o.Row.Name == "L'Hebdo Industriel")!;
        var monthly = world.Outlets.Find(o => o.Row.Name == "Églantine")!;
        var plans = new (string Key, StoryChanges Changes, int[] Topics)[]
        {
            ("toits", new() { ClientId = lumivelle.Id, CampaignId = lumivelle.Before.Id, Kind = StoryKind.Release, Status = StoryStatus.Public, EmbargoUntil = world.Calendar.At(-340, 6) }, [2, 3, 41]),
            ("lumi-one-teaser", new() { ClientId = lumivelle.Id, CampaignId = lumivelle.Now.Id, Kind = StoryKind.Pitch, Status = StoryStatus.Approved, Angle = DemoFiles.French("La soirée de coupure, vécue depuis le salon") }, [4, 10, 11]),
            ("lumi-one", new() { ClientId = lumivelle.Id, CampaignId = lumivelle.Now.Id, Kind = StoryKind.Release, Status = StoryStatus.Approved, EmbargoUntil = world.Calendar.At(21, 7), Angle = DemoFiles.French("Ce qu'une batterie change, mesuré dans dix maisons") }, [4, 10, 21, 39]),
            ("ecole-soudeurs", new() { ClientId = rochambel.Id, CampaignId = rochambel.Now.Id, Kind = StoryKind.Release, Status = StoryStatus.Approved, ExclusiveOutletId = weekly.Id, ExclusiveUntil = world.Calendar.At(12, 7), Angle = DemoFiles.French("Un sous-traitant forme lui-même, en sachant qu'on lui prendra ses apprentis") }, [7, 30, 31, 41]),
            ("tribune-geste", new() { ClientId = rochambel.Id, CampaignId = rochambel.Now.Id, Kind = StoryKind.OpEd, Status = StoryStatus.InReview }, [30, 31]),
            ("verger-pots", new() { ClientId = pomelle.Id, CampaignId = pomelle.Before.Id, Kind = StoryKind.Release, Status = StoryStatus.Public }, [54, 60]),
            ("pomme-entiere", new() { ClientId = pomelle.Id, CampaignId = pomelle.Now.Id, Kind = StoryKind.Release, Status = StoryStatus.Approved, EmbargoUntil = world.Calendar.At(9, 6), ExclusiveOutletId = monthly.Id, ExclusiveUntil = world.Calendar.At(9, 6), Angle = DemoFiles.French("Rien ne se perd, sauf un peu de sérieux") }, [57, 59, 60]),
        };
        var texts = Versions();
        foreach (var (key, changes, topics) in plans)
        {
            var versions = texts[key];
            var story = Story.Create(changes with { Title = versions[0].Title, TopicIds = topics.Select(t => world.Topics[t]).ToList() });
            story.Versions.AddRange(versions);
            story.Seal();
            await world.SaveAsync(story, ct);
            world.Stories[key] = story;
        }
    }

    private static Dictionary<string, List<StoryVersion>> Versions()
    {
        var versions = new Dictionary<string, List<StoryVersion>>(StringComparer.Ordinal);
        foreach (var (heading, body) in DemoFiles.Sections("stories.md"))
        {
            versions.TryAdd(heading[0], []);
            versions[heading[0]].Add(new StoryVersion(heading[1], DemoFiles.Typeset(heading[2], heading[1]), DemoFiles.Typeset(body, heading[1])));
        }

        return versions;
    }

    private User LeadOf(string client) => world.Users[client switch { "lumivelle" => "Théo", "rochambel" => "Solène", _ => "Hannah" }];

    private string Brief(string text) => DemoFiles.French(world.Calendar.Spell(text));

    private static string WordOf(string key) => key switch
    {
        "embargoUntil" => "levée d'embargo",
        "longLead" => "bouclages longs",
        "visit" => "visite",
        "accessDeadline" => "délai d'accès",
        _ => key,
    };

    private static string Grouped(int number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static List<string> Texts(JsonNode? node) => [.. node!.AsArray().Select(Text)];

    /// <summary>About 98 bits, in letters and digits that are not taken for one another.</summary>
    private static string NewPassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5)));
}
