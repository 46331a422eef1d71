using System.Globalization;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Demo;

/// <summary>Media lists; the teaser that went out, and the file that leaves tomorrow to those who accepted the embargo.</summary>
internal sealed class DemoMailings(DemoWorld world, DemoHistory history)
{
    private const int Sent = 81;
    private const int Bounced = 2;
    private const int Accepted = 23;
    private const int Guests = 14;
    private const int Refused = 4;

    private readonly DemoRandom _random = world.Random;
    private readonly DemoDeck<string[]> _lines = new(world.Random, DemoFiles.Rows("lines.txt"));
    private readonly DemoClient _client = world.Clients["lumivelle"];
    private readonly List<DemoPerson> _reached = [];
    private readonly List<(DemoPerson Person, Interaction Teaser)> _asked = [];

    /// <summary>Who answered the teaser, and how.</summary>
    public List<(DemoPerson Person, bool Yes, Interaction Answer)> Answers { get; } = [];

    public async Task WriteTeaserAsync(CancellationToken ct)
    {
        var day = world.Calendar.WorkdayBefore(-3);
        var at = world.Calendar.At(day, 9, 30);
        var list = await WriteListsAsync(world.Calendar.At(day - 2, 16), ct);
        var sendOut = await WriteSendOutAsync("Lumi One : teaser sous embargo", SendOutPurpose.EmbargoTeaser, "lumi-one-teaser", "teaser", list, SendOutTiming.Instant, at, ct);
        var skipped = list.Members.Select(m => (Person: PersonOf(m), Reason: ReasonNotToMail(PersonOf(m)))).Where(m => m.Reason is not null).ToDictionary(m => m.Person, m => m.Reason);
        var messages = list.Members.ConvertAll(m => new Message(sendOut, PlanOf(sendOut, m, at, skipped.GetValueOrDefault(PersonOf(m)))));
        await world.WriteAsync(messages, ct);
        await SettleAsync(sendOut, messages, at, ct);
        Answer(at);
    }

    /// <summary>Called when the answers have their keys.</summary>
    public async Task WriteContentAsync(CancellationToken ct)
    {
        // Never due when it is loaded, whatever day the sample is dated from.
        var days = Math.Max(1, DateOnly.FromDateTime(world.Now).DayNumber - world.Calendar.Day(0).DayNumber + 1);
        var at = world.Calendar.At(days, 9);
        var list = new MediaList("Lumi One : embargos acceptés", MediaListKind.Static);
        list.Apply(new MediaListChanges { ClientId = _client.Id, CampaignId = _client.Now.Id });
        foreach (var (person, _, answer) in Answers.Where(a => a.Yes))
        {
            list.Members.Add(MemberOf(person, answer.OccurredAt, "A accepté l'embargo"));
        }

        await world.SaveAsync(list, ct);
        var sendOut = await WriteSendOutAsync("Lumi One : dossier complet", SendOutPurpose.EmbargoContent, "lumi-one", "content", list, SendOutTiming.RecipientLocalTime, at, ct);
        await world.WriteAsync(list.Members.ConvertAll(m => new Message(sendOut, PlanOf(sendOut, m, DueAt(PersonOf(m), days), null))), ct);
    }

    private async Task<MediaList> WriteListsAsync(DateTime at, CancellationToken ct)
    {
        var (rochambel, pomelle) = (world.Clients["rochambel"], world.Clients["pomelle"]);
        foreach (var (name, client, filter) in new[]
        {
            ("Batteries domestiques, France", _client, $"topics/any(t: t/topicId eq {world.Topics[4]}) and country eq 'FR'"),
            ("Solar and home batteries, UK", _client, $"topics/any(t: t/topicId eq {world.Topics[4]} or t/topicId eq {world.Topics[3]}) and country eq 'GB'"),
            ("Industrie et formation, francophones", rochambel, $"topics/any(t: t/topicId eq {world.Topics[31]} or t/topicId eq {world.Topics[30]}) and language eq 'fr'"),
            ("Beauté, Suisse et Royaume-Uni", pomelle, $"topics/any(t: t/topicId eq {world.Topics[59]}) and (country eq 'CH' or country eq 'GB')"),
        })
        {
            await world.SaveAsync(MediaList.Create(new MediaListChanges { Name = name, ClientId = client.Id, CampaignId = client.Now.Id, Kind = MediaListKind.Dynamic, Filter = filter }), ct);
        }

        await WriteListAsync("École des soudeurs : interlocuteurs", 34, rochambel, at.AddDays(-6), "Suit l'industrie ou la formation", p => p == world.Shared || p.Outlet?.Row.Name == "Le Littoral", ct);
        await WriteListAsync("La pomme entière : essais produit", 40, pomelle, at.AddDays(-30), "A déjà essayé la marque", p => p.Planted, ct);
        await WriteBreakfastListAsync(at.AddDays(-1), ct);

        var list = new MediaList("Lumi One : teaser hiver", MediaListKind.Static);
        list.Apply(new MediaListChanges { ClientId = _client.Id, CampaignId = _client.Now.Id });
        var candidates = _random.Shuffled(world.People.Where(p => p is { Contacted: true, Duplicate: false } && p.Role is not (DemoRole.Desk or DemoRole.Stakeholder)))
            .OrderByDescending(p => p.Topics.Count(_client.TopicIds.Contains) + (p.Warm ? 0.5 : 0)).ToList();
        var mailed = candidates.Where(p => ReasonNotToMail(p) is null).OrderByDescending(p => p == world.Shared).Take(Sent + Bounced + 1).ToList();
        var kept = candidates.Where(p => ReasonNotToMail(p) is not null).GroupBy(p => ReasonNotToMail(p)).SelectMany(g => g.Take(2)).ToList();
        foreach (var person in mailed.Concat(kept))
        {
            list.Members.Add(MemberOf(person, at, person.Warm ? "Suit le sujet, échanges réguliers" : "Suit le sujet"));
        }

        await world.SaveAsync(list, ct);
        return list;
    }

    /// <summary>Good addresses, and one that has bounced since the list was last used.</summary>
    private async Task WriteBreakfastListAsync(DateTime at, CancellationToken ct)
    {
        var list = new MediaList(DemoFiles.French("Petit-déjeuner de presse à Nantes : invités"), MediaListKind.Static);
        list.Apply(new MediaListChanges { ClientId = _client.Id, CampaignId = _client.Now.Id });
        var guests = world.People.Where(p => p is { Warm: true, Language: "fr", Row.EmailStatus: not EmailStatus.Bounced } && p.MayBeMailed(_client.Key) && p.Follows(_client.TopicIds)).OrderBy(p => p.Id).Take(Guests);
        foreach (var person in guests.Append(world.People.First(p => p.Row.EmailStatus == EmailStatus.Bounced && p.MayBeMailed(_client.Key))))
        {
            list.Members.Add(MemberOf(person, at, "Invitation au petit-déjeuner"));
        }

        await world.SaveAsync(list, ct);
    }

    private async Task WriteListAsync(string name, int size, DemoClient client, DateTime at, string reason, Func<DemoPerson, bool> first, CancellationToken ct)
    {
        var list = new MediaList(name, MediaListKind.Static);
        list.Apply(new MediaListChanges { ClientId = client.Id, CampaignId = client.Now.Id });
        foreach (var person in world.People.Where(p => p.Contacted && p.Follows(client.TopicIds) && p.MayBeMailed(client.Key) && p.Row.EmailStatus != EmailStatus.Bounced && p.Role != DemoRole.Desk).OrderByDescending(first).ThenByDescending(p => p.Warm).ThenBy(p => p.Id).Take(size))
        {
            var member = MediaListMember.Create(new MediaListMemberChanges { InfluencerId = person.Id, Reason = DemoFiles.French(reason) });
            member.Added(at);
            list.Members.Add(member);
        }

        await world.SaveAsync(list, ct);
    }

    private MediaListMember MemberOf(DemoPerson person, DateTime at, string reason)
    {
        var language = person.Language == "fr" ? "fr" : "en";
        var line = person.Warm && _random.Chance(0.5)
            ? _lines.Draw(l => l[0] == language && l[1].Split(',').Any(t => person.Topics.Contains(int.Parse(t, CultureInfo.InvariantCulture))))
            : null;
        var member = MediaListMember.Create(new MediaListMemberChanges
        {
            InfluencerId = person.Id,
            PersonalLine = line is null ? null : DemoFiles.Typeset(line[2], language),
            Angle = line is null ? null : DemoFiles.Typeset(line[3], language),
            Reason = DemoFiles.French(reason),
        });
        member.Added(at);
        return member;
    }

    private async Task<SendOut> WriteSendOutAsync(string name, SendOutPurpose purpose, string story, string mail, MediaList list, SendOutTiming timing, DateTime at, CancellationToken ct)
    {
        var texts = Mails().Where(m => m.Mail == mail).ToList();
        var theo = world.Users["Théo"];
        var sendOut = SendOut.Create(new SendOutChanges
        {
            Name = DemoFiles.French(name),
            Purpose = purpose,
            ClientId = _client.Id,
            CampaignId = _client.Now.Id,
            StoryId = world.Stories[story].Id,
            MediaListId = list.Id,
            SubjectTemplate = texts[0].Subject,
            BodyTemplate = texts[0].Body,
            FromName = theo.DisplayName,
            FromAddress = theo.Email,
            Timing = timing,
            LocalTimeOfDay = timing == SendOutTiming.RecipientLocalTime ? new TimeOnly(9, 0) : null,
            MessagesPerMinute = 30,
        });
        foreach (var (_, language, formality, subject, body) in texts)
        {
            sendOut.Variants.Add(SendOutVariant.Create(new SendOutVariantChanges { Language = language, Formality = formality, SubjectTemplate = subject, BodyTemplate = body }));
        }

        sendOut.Schedule(at, at < world.Now ? at : world.Now);
        if (at < world.Now)
        {
            sendOut.Begin();
            sendOut.Complete();
        }

        await world.SaveAsync(sendOut, ct);
        return sendOut;
    }

    private static IEnumerable<(string Mail, string Language, Formality? Formality, string Subject, string Body)> Mails()
    {
        foreach (var part in DemoFiles.Text("mails.md").Split("=== ", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n', 4);
            var heading = lines[0].Split('|', StringSplitOptions.TrimEntries);
            yield return (heading[0], heading[1], heading[2] switch { "tu" => Formality.Tu, "vous" => Formality.Vous, _ => null }, Template(lines[1], heading[1]), Template(lines[3].Trim(), heading[1]));
        }
    }

    // Only the words between the braces are typeset: Liquid knows no curly apostrophe.
    private static string Template(string text, string language) =>
        string.Concat(System.Text.RegularExpressions.Regex.Split(text, @"(\{[{%].*?[%}]\})").Select(p => p.StartsWith('{') ? p : DemoFiles.Typeset(p, language)));

    private MessagePlan PlanOf(SendOut sendOut, MediaListMember member, DateTime dueAt, SkipReason? skip)
    {
        var person = PersonOf(member);
        var language = person.Language == "fr" ? "fr" : "en";
        var formality = person.Tutoie ? Formality.Tu : Formality.Vous;
        var variant = sendOut.Variants.Find(v => v.Language == language && (v.Formality is null || v.Formality == formality))!;
        var story = world.Stories.Values.First(s => s.Id == sendOut.StoryId);
        return new MessagePlan
        {
            InfluencerId = person.Id,
            Channel = MessageChannel.Email,
            ToName = skip is null ? person.Display : null,
            ToAddress = person.Row.Email,
            AddressKey = person.Points.Find(p => p is { Kind: ContactKind.Email, Primary: true })?.AddressKey,
            Language = language,
            Locale = person.Language,
            Subject = variant.SubjectTemplate.Replace("{{ story.title }}", story.Versions.Find(v => v.Language == language)!.Title, StringComparison.Ordinal),
            VariantId = variant.Id,
            Values = skip is not null ? null : new TemplateValues
            {
                Influencer = new() { FirstName = person.First, LastName = person.Last, DisplayName = person.Display, City = person.City, Country = person.Country, Language = person.Language },
                Recipient = new() { PersonalLine = member.PersonalLine, Angle = member.Angle },
                Relationship = new() { Salutation = DemoDesk.SalutationOf(person), Formality = person.Tutoie ? "tu" : "vous" },
                Outlet = person.Outlet is { } outlet ? new() { Name = outlet.Row.Name, Kind = Words.Camel(outlet.Row.Kind.ToString()), Url = outlet.Row.Url, Language = outlet.Language, Country = outlet.Country } : new(),
                TimeZone = DemoPlaces.ZoneOf(person.Country),
            }.ToJson(),
            DueAt = dueAt,
            SkipReason = skip,
        };
    }

    private static SkipReason? ReasonNotToMail(DemoPerson person) => person switch
    {
        { DoNotContact: true } => SkipReason.DoNotContact,
        { OpposedTo: "lumivelle" } => SkipReason.Suppressed,
        { NoEmail: true } => SkipReason.NoAddress,
        { AwayUntil: not null } => SkipReason.Away,
        { Row.EmailStatus: EmailStatus.Bounced } => SkipReason.Bounced,
        _ => null,
    };

    /// <summary>Gives the messages the end the dispatcher would have written.</summary>
    private async Task SettleAsync(SendOut sendOut, List<Message> messages, DateTime at, CancellationToken ct)
    {
        var queued = messages.Where(m => m.Status == MessageStatus.Queued).ToList();

        // Old friends do not bounce.
        var odd = queued.OrderBy(m => PersonOf(m.InfluencerId!.Value).Warm).ThenByDescending(m => m.Id).Take(Bounced + 1).ToList();
        for (var i = 0; i < queued.Count; i++)
        {
            var message = queued[i];
            var person = PersonOf(message.InfluencerId!.Value);
            var left = at.AddSeconds(2 * i);
            var end = odd.IndexOf(message) switch { -1 => MessageStatus.Sent, 0 => MessageStatus.Unconfirmed, _ => MessageStatus.Bounced };
            DateTime? sentAt = end == MessageStatus.Unconfirmed ? null : left;
            DateTime? bouncedAt = end == MessageStatus.Bounced ? left.AddMinutes(1) : null;
            var response = end switch
            {
                MessageStatus.Sent => "250 2.0.0 Ok: queued",
                MessageStatus.Bounced => "550 5.1.1 Recipient address rejected: User unknown",
                _ => "The connection was lost after the data was sent",
            };
            await world.Db.Messages.Where(m => m.Id == message.Id).UpdateRowsAsync(
                world.Now,
                set => set.SetProperty(m => m.Status, end).SetProperty(m => m.SentAt, sentAt).SetProperty(m => m.BouncedAt, bouncedAt).SetProperty(m => m.LastResponse, response)
                    .SetProperty(m => m.Attempts, 1).SetProperty(m => m.DueAt, (DateTime?)null).SetProperty(m => m.InternetMessageId, message.Token + "@passerelle.test"),
                ct);
            if (end == MessageStatus.Bounced)
            {
                await world.Db.ContactPoints.Where(p => p.AddressKey == message.AddressKey).UpdateRowsAsync(world.Now, set => set.SetProperty(p => p.Status, EmailStatus.Bounced), ct);
                await world.Db.Influencers.Where(i => i.Id == person.Id).UpdateRowsAsync(world.Now, set => set.SetProperty(i => i.EmailStatus, EmailStatus.Bounced), ct);
            }

            if (end == MessageStatus.Sent)
            {
                _reached.Add(person);
                var row = history.Add(person, InteractionKind.Pitch, left, "lumivelle", world.Users["Théo"], new InteractionChanges
                {
                    Channel = "email", Subject = message.Subject, Outcome = InteractionOutcome.NoReply, StoryId = sendOut.StoryId, SendOutId = sendOut.Id, MessageId = message.Id, CampaignId = sendOut.CampaignId,
                });
                _asked.Add((person, row));
            }
        }
    }

    private void Answer(DateTime at)
    {
        var order = _random.Shuffled(_asked).OrderBy(a => a.Person.Warm ? 0 : 1).ToList();
        foreach (var (person, teaser) in order)
        {
            var yes = Answers.Count(a => a.Yes) < Accepted;
            if (!yes && Answers.Count(a => !a.Yes) >= Refused)
            {
                break;
            }

            if (history.AddReply(person, teaser, "lumivelle", r => r[0] is "embargo" or "*" && r[5].Contains("embargo", StringComparison.OrdinalIgnoreCase) && r[2] == (yes ? "agreed" : "declined")) is { } answer)
            {
                Answers.Add((person, yes, answer));
            }
        }
    }

    /// <summary>Notes on the teaser's messages who has answered.</summary>
    public async Task NoteAnswersAsync(CancellationToken ct)
    {
        foreach (var (person, _, answer) in Answers)
        {
            var message = _asked.Find(a => a.Person == person).Teaser.MessageId;
            await world.Db.Messages.Where(m => m.Id == message).UpdateRowsAsync(world.Now, set => set.SetProperty(m => m.RepliedAt, (DateTime?)answer.OccurredAt), ct);
        }
    }

    // The hour of the person's own zone.
    private DateTime DueAt(DemoPerson person, int day) => world.Calendar.At(day, 9, 0, TimeZoneInfo.FindSystemTimeZoneById(DemoPlaces.ZoneOf(person.Country)));

    private DemoPerson PersonOf(MediaListMember member) => PersonOf(member.InfluencerId);

    private DemoPerson PersonOf(int id) => world.People.Find(p => p.Id == id)!;
}
