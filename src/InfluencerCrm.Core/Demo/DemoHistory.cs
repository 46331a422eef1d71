using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Core.Demo;

/// <summary>A year with these people: pitches and their few answers, calls, meetings, notes, and the pieces that came of it.</summary>
internal sealed class DemoHistory(DemoWorld world)
{
    private const double WarmReplyRate = 0.08;
    private const double ColdReplyRate = 0.02;

    private readonly DemoRandom _random = world.Random;
    private readonly DemoDeck<string[]> _replies = new(world.Random, DemoFiles.Rows("replies.txt"));
    private readonly List<string[]> _notes = world.Random.Shuffled(DemoFiles.Rows("notes.txt"));
    private readonly Dictionary<bool, double> _owed = new() { [true] = 0, [false] = 0 };
    private readonly List<Interaction> _rows = [];

    /// <summary>The newest answer of a person for a client that shows how they stand to it.</summary>
    public Dictionary<(int Person, string Client), Interaction> Evidence { get; } = [];

    public HashSet<(int Person, string Client)> Touched { get; } = [];

    public void Compose(DemoCoverage coverage)
    {
        foreach (var (heading, body) in DemoFiles.Sections("pitches.md"))
        {
            AddPitch(heading, body);
        }

        AddNotes();
        AddCoverage(coverage);
        AddFirstContacts();
    }

    public Interaction Add(DemoPerson? person, InteractionKind kind, DateTime at, string? client, User by, InteractionChanges changes)
    {
        var row = Interaction.Create(changes with
        {
            InfluencerId = person?.Id,
            Kind = kind,
            Status = InteractionStatus.Done,
            OccurredAt = at,
            ClientId = client is null ? null : world.Clients[client].Id,
            CampaignId = changes.CampaignId.IsSet ? changes.CampaignId : CampaignAt(client, at),
        });
        row.Log(at, by.Id);
        _rows.Add(row);
        if (person is not null && client is not null)
        {
            Touched.Add((person.Id, client));
        }

        return row;
    }

    /// <summary>Somebody answers; what was answered to takes the outcome.</summary>
    public Interaction? AddReply(DemoPerson person, Interaction to, string? client, Func<string[], bool> fits)
    {
        var language = person.Language == "fr" ? "fr" : "en";
        var formality = person.Tutoie ? "tu" : "vous";
        if (_replies.Draw(r => r[1] == language && (r[4] == "-" || language == "en" || r[4] == formality) && fits(r)) is not { } text)
        {
            return null;
        }

        var colleague = text[5].Contains("{colleague}", StringComparison.Ordinal) ? ColleagueOf(person) : null;
        if (text[5].Contains("{colleague}", StringComparison.Ordinal) && colleague is null)
        {
            return null;
        }

        var outcome = Enum.Parse<InteractionOutcome>(text[2], ignoreCase: true);
        to.Apply(new InteractionChanges { Outcome = outcome });
        var at = to.OccurredAt.AddMinutes(_random.Between(9, 2600));
        at = at.Hour is >= 6 and < 20 ? at : at.Date.AddHours(at.Hour < 6 ? 7 : 19).AddMinutes(_random.Next(55));
        while (DemoCalendar.IsQuiet(at))
        {
            at = at.AddDays(1);
        }

        at = at < world.Calendar.At(0, 0) ? at : to.OccurredAt.AddMinutes(_random.Between(7, 90));
        var row = Add(person, InteractionKind.Reply, at, client, OwnerOf(client, person), new InteractionChanges
        {
            Direction = InteractionDirection.Inbound,
            Channel = "email",
            Subject = DemoFiles.Typeset(language == "fr" ? $"Re : {to.Subject}" : $"Re: {to.Subject}", language),
            Notes = text[5].Replace("{colleague}", colleague?.First, StringComparison.Ordinal),
            Outcome = outcome,
            Sentiment = Enum.Parse<Sentiment>(text[3], ignoreCase: true),
            RedirectedToId = colleague?.Id,
            CampaignId = to.CampaignId,
            StoryId = to.StoryId,
        });
        if (client is not null && outcome is InteractionOutcome.Interested or InteractionOutcome.Agreed && client is not null)
        {
            Evidence[(person.Id, client)] = row;
        }

        return row;
    }

    public async Task WriteAsync(CancellationToken ct) => await world.WriteAsync([.. _rows.OrderBy(r => r.OccurredAt)], ct);

    public User OwnerOf(string? client, DemoPerson? person) => client switch
    {
        "rochambel" => world.Users["Solène"],
        "lumivelle" => person is null or { Country: "FR" or "BE" or "CH" or "MA" } ? (person is { Id: var id } && id % 5 == 0 ? world.Users["Moussa"] : world.Users["Théo"]) : world.Users["Hannah"],
        "pomelle" => person is { Language: "fr" } ? world.Users["Moussa"] : world.Users["Hannah"],
        _ => person is { Language: "fr" } ? world.Users["Moussa"] : world.Users["Hannah"],
    };

    private void AddPitch(string[] pitch, string body)
    {
        var client = pitch[0] == "agency" ? null : pitch[0];
        var topics = pitch[2].Split(',').Select(t => int.Parse(t, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        bool Fits(DemoPerson p) => p is { Contacted: true, DoNotContact: false } && p.Row.Email is not null && p.OpposedTo != client && p.Role != DemoRole.Stakeholder
            && (p.Language == "fr") == (pitch[1] == "fr") && (client is null || p.Follows(topics) || (p.Warm && p.Follows(world.Clients[client].TopicIds)));
        var reached = new HashSet<int>();
        for (var wave = _random.Chance(0.6) ? 2 : 1; wave > 0; wave--)
        {
            var day = world.Calendar.Workday();
            var minute = world.Calendar.At(day, _random.Between(8, 16), _random.Next(12) * 5);
            var chosen = _random.Shuffled(world.People.Where(p => p.Warm && Fits(p) && !reached.Contains(p.Id))).Take(_random.Between(8, 14))
                .Concat(_random.Shuffled(world.People.Where(p => !p.Warm && Fits(p) && !reached.Contains(p.Id))).Take(_random.Between(2, 6)));
            foreach (var person in chosen)
            {
                reached.Add(person.Id);
                AddPitch(pitch, body, client, person, day, minute = minute.AddMinutes(_random.Between(1, 6)));
            }
        }
    }

    private void AddPitch(string[] pitch, string body, string? client, DemoPerson person, int day, DateTime at)
    {
        var by = OwnerOf(client, person);
        var row = Add(person, client is null ? InteractionKind.Email : InteractionKind.Pitch, at, client, by, new InteractionChanges
        {
            Channel = "email",
            Subject = DemoFiles.Typeset(pitch[3], pitch[1]),
            Notes = DemoFiles.Typeset($"{DemoDesk.SalutationOf(person)},\n\n{body}\n\n{by.DisplayName}", pitch[1]),
            Outcome = InteractionOutcome.NoReply,
        });
        if (Answers(person, client) && AddReply(person, row, client, r => (r[0] == "*" || r[0] == client) && (client is not null || r[2] != "agreed")) is not null)
        {
            _owed[person.Warm] -= client is null ? 0 : 1;
        }
        else if (client is not null && day < -5 && _random.Chance(person.Warm ? 0.15 : 0.04))
        {
            var note = _notes.Find(n => n[0] == "call" && (n[1] == "*" || n[1] == client) && Suits(n, person));
            _ = note is not null && _notes.Remove(note);
            AddNoted(person, InteractionKind.Call, client, world.Calendar.WorkingHour(world.Calendar.Workday(day + 1, day + 6)), note, row);
        }
    }

    /// <summary>Few answer: the shares are kept from pitch to pitch, not left to luck. A question about the file itself is answered more often.</summary>
    private bool Answers(DemoPerson person, string? client) => client is null
        ? _random.Chance(person.Warm ? 0.3 : 0.1)
        : (_owed[person.Warm] += person.Warm ? WarmReplyRate : ColdReplyRate) >= 1;

    /// <summary>What the team wrote down: each text once, with somebody of whom it can be true, seldom somebody we hardly know.</summary>
    private void AddNotes()
    {
        foreach (var note in _notes.ToList())
        {
            bool Fits(DemoPerson p) => p is { Contacted: true, DoNotContact: false, Duplicate: false } && p.Role is not DemoRole.Desk && Suits(note, p)
                && (note[1] == "*" || (p.OpposedTo != note[1] && p.Follows(world.Clients[note[1]].TopicIds)));
            var people = world.People.Where(Fits).ToList();
            var person = _random.Pick([.. people.Where(p => p.Warm != _random.Chance(0.08)).DefaultIfEmpty(people[0])]);
            var clients = world.Clients.Values.Where(c => c.Key != person.OpposedTo && person.Follows(c.TopicIds)).Select(c => c.Key).ToList();
            var client = note[1] != "*" ? note[1] : clients.Count > 0 && _random.Chance(0.7) ? _random.Pick(clients) : null;
            AddNoted(person, Enum.Parse<InteractionKind>(note[0], ignoreCase: true), client, world.Calendar.WorkingHour(world.Calendar.Workday()), note, null);
        }

        _notes.Clear();
    }

    /// <summary>A call, meeting or note in the team's own words; where there are none, the call was not answered.</summary>
    private void AddNoted(DemoPerson person, InteractionKind kind, string? client, DateTime at, string[]? note, Interaction? about)
    {
        var language = person.Language == "fr" ? "fr" : "en";
        var spoken = kind is InteractionKind.Call or InteractionKind.Meeting or InteractionKind.Interview or InteractionKind.Event;
        Add(person, kind, at, client, OwnerOf(client, person), new InteractionChanges
        {
            Channel = kind switch { InteractionKind.Call => "phone", InteractionKind.Email => "email", InteractionKind.SocialExchange => "messaging", _ => null },
            Direction = kind == InteractionKind.SocialExchange || (note is not null && (note[3].EndsWith("entrant", StringComparison.Ordinal) || note[3].StartsWith("Incoming", StringComparison.Ordinal))) ? InteractionDirection.Inbound : InteractionDirection.Outbound,
            Subject = note is null ? about!.Subject : note[3].Length == 0 ? null : DemoFiles.Typeset(note[3], language),
            Notes = note is null ? null : DemoFiles.Typeset(note[4], language),
            EndsAt = kind is InteractionKind.Meeting or InteractionKind.Interview ? at.AddMinutes(_random.Pick([30, 45, 60, 90])) : null,
            Outcome = note is null ? InteractionOutcome.NoReply : InteractionOutcome.None,
            Sentiment = spoken && note is not null ? Sentiment.Neutral : null,
            NextStep = note is not null && kind is InteractionKind.Meeting && _random.Chance(0.4) ? (language == "fr" ? "Envoyer un mot de remerciement et les chiffres promis" : "Send a thank-you and the figures promised") : null,
        });
    }

    // A note that says "she", or speaks of a newsroom, goes to whom it can be true of.
    private static bool Suits(string[] note, DemoPerson person) =>
        note[2] == (person.Language == "fr" ? "fr" : "en") && note[5].All(mark => mark switch
        {
            'f' => person.Woman,
            'm' => !person.Woman,
            'n' => person.Role is DemoRole.Staff or DemoRole.Chief or DemoRole.Freelance,
            _ => person.Role is DemoRole.Blogger or DemoRole.Creator,
        });

    private void AddCoverage(DemoCoverage coverage)
    {
        foreach (var plan in coverage.Plans.Where(p => p is { Author: { Contacted: true }, Original: null, Part: not "negative" } && p.At > world.Calendar.At(-364, 0)))
        {
            var row = Add(plan.Author, InteractionKind.Coverage, plan.At, plan.Client, OwnerOf(plan.Client, plan.Author), new InteractionChanges
            {
                Direction = InteractionDirection.Inbound,
                Subject = plan.Title,
                CoverageId = plan.Row.Id,
                OutletId = plan.Outlet?.Id,
                Outcome = InteractionOutcome.Covered,
                CampaignId = plan.CampaignId,
            });
            Evidence[(plan.Author!.Id, plan.Client)] = row;
        }
    }

    /// <summary>Whoever counts as contacted has at least been told where their data come from.</summary>
    private void AddFirstContacts()
    {
        var known = _rows.Select(r => r.InfluencerId).OfType<int>().ToHashSet();
        foreach (var person in world.People.Where(p => p.Contacted && !known.Contains(p.Id)))
        {
            var fr = person.Language == "fr";
            var byMail = person.Row.Email is not null;
            Add(person, byMail ? InteractionKind.Email : InteractionKind.Call, world.Calendar.WorkingHour(world.Calendar.Workday()), null, OwnerOf(null, person), new InteractionChanges
            {
                Channel = byMail ? "email" : "phone",
                Subject = DemoFiles.Typeset((fr, byMail) switch
                {
                    (true, true) => "Vos coordonnées dans notre fichier presse",
                    (true, false) => "Premier appel",
                    (false, true) => "Your details in our press file",
                    _ => "First call",
                }, person.Language),
                Notes = byMail ? null : fr ? "Pas de mail connu. Passe par téléphone uniquement." : "No e-mail on file, phone only.",
                Outcome = byMail ? InteractionOutcome.NoReply : InteractionOutcome.None,
            });
        }
    }

    private DemoPerson? ColleagueOf(DemoPerson person) =>
        world.People.Find(p => p != person && p.First is not null && p.Role != DemoRole.Desk && !p.DoNotContact && person.Outlet is not null && p.Jobs.Exists(j => j.To is null && j.Outlet.Id == person.Outlet.Id));

    private int? CampaignAt(string? client, DateTime at) => client is null ? null
        : world.Clients[client] is var c && c.Now.StartsAt <= at && at <= c.Now.EndsAt ? c.Now.Id
        : client == "rochambel" || (c.Before.StartsAt <= at && at <= c.Before.EndsAt) ? c.Before.Id
        : null;
}
