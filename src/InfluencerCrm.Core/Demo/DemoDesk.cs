using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Tasks;

namespace InfluencerCrm.Core.Demo;

/// <summary>What lies on the desks this morning: requests, agreements, promises, tasks, and how each relationship stands.</summary>
internal sealed class DemoDesk(DemoWorld world, DemoHistory history)
{
    private readonly DemoRandom _random = world.Random;
    private PressRequest _overdue = null!;
    private PressRequest _accident = null!;
    private Interaction _leakNote = null!;

    /// <summary>Without a title: nobody's is guessed from a first name.</summary>
    public static string SalutationOf(DemoPerson person) =>
        person.Language == "fr" ? $"Bonjour {(person.Tutoie || person.Last is null ? person.First ?? person.Display : person.Display)}"
        : $"Dear {person.First ?? person.Display}";

    /// <summary>The moments that are planted in the history, before it is written.</summary>
    public void Plant(DemoCoverage coverage)
    {
        var solene = world.Users["Solène"];
        var refusal = world.Calendar.WorkdayBefore(-2);
        var local = world.People.Where(p => p.Role == DemoRole.Staff && p.Outlet?.Row.Name == "Le Littoral").ToList();
        var refused = history.Add(local[0], InteractionKind.Pitch, world.Calendar.At(refusal, 10, 5), "rochambel", solene, new InteractionChanges
        {
            Channel = "email", Subject = DemoFiles.French("Soixante soudeurs par an : pourquoi un sous-traitant ouvre sa propre école"), Outcome = InteractionOutcome.Redirected, StoryId = world.Stories["ecole-soudeurs"].Id,
            OutletId = local[0].Outlet!.Id,
        });
        history.Add(local[0], InteractionKind.Reply, world.Calendar.At(refusal, 14, 40), "rochambel", solene, new InteractionChanges
        {
            Direction = InteractionDirection.Inbound, Channel = "email", Subject = DemoFiles.French($"Re : {refused.Subject}"), Outcome = InteractionOutcome.Redirected, Sentiment = Sentiment.Neutral,
            Notes = $"Le sujet est pour notre service emploi, pas pour l'énergie. Voyez avec {local[1].First}.", RedirectedToId = local[1].Id, StoryId = world.Stories["ecole-soudeurs"].Id, OutletId = local[0].Outlet!.Id,
        });
        history.Add(null, InteractionKind.Note, world.Calendar.At(world.Calendar.WorkdayBefore(-40), 11), "rochambel", solene, new InteractionChanges
        {
            Subject = "Exercice de crise", Notes = "Exercice fait en 3 h, porte-parole de réserve testé. À revoir : numéros d'astreinte, modèle de communiqué d'attente.",
        });
        _leakNote = history.Add(coverage.Leak.Author, InteractionKind.Call, world.Calendar.At(-341, 15, 10), "lumivelle", world.Users["Théo"], new InteractionChanges
        {
            Channel = "phone", Subject = DemoFiles.French("Embargo rompu"), Sentiment = Sentiment.Negative, StoryId = world.Stories["toits"].Id,
            Notes = "Papier en ligne la veille de la levée. Parle d'une erreur de programmation, retiré 2 h après mais déjà repris. Ne plus envoyer sous embargo sans accord écrit.",
        });
    }

    public async Task WriteRequestsAsync(DemoCoverage coverage, CancellationToken ct)
    {
        DemoPerson Of(string outlet) => world.People.First(p => p.Role == DemoRole.Staff && p.Outlet?.Row.Name == outlet && !p.DoNotContact);
        var rows = new List<PressRequest>();
        PressRequest Ask(DemoPerson person, string client, string by, PressRequestKind kind, int received, int hour, int? deadline, int deadlineHour, PressRequestStatus status, string question, string? answer = null)
        {
            var row = PressRequest.Create(new PressRequestChanges
            {
                InfluencerId = person.Id, OutletId = person.Outlet?.Id, ClientId = world.Clients[client].Id, AssignedToId = world.Users[by].Id, Kind = kind, ReceivedAt = world.Calendar.At(received, hour, 20),
                DeadlineAt = deadline is { } day ? world.Calendar.At(day, deadlineHour) : null, Status = status, Question = DemoFiles.Typeset(question, person.Language), Answer = answer is null ? null : DemoFiles.Typeset(answer, person.Language),
            });
            rows.Add(row);
            return row;
        }

        var answered = world.Calendar.WorkdayBefore(-48);
        _overdue = Ask(Of("À l'Essai"), "lumivelle", "Théo", PressRequestKind.Figures, -4, 11, -1, 12, PressRequestStatus.Open, "Pour notre banc d'essai : capacité utile à 0 °C, garantie exacte et coût de remplacement des cellules. Sans réponse, nous écrirons « non communiqué ».");
        _accident = Ask(Of("Le Progrès de la Manche"), "rochambel", "Solène", PressRequestKind.Quote, -1, 16, 0, 17, PressRequestStatus.Open, "Je prépare un article sur l'accident d'un ancien salarié de l'atelier de Cherbourg. L'entreprise souhaite-t-elle réagir ? Je boucle à 17 h.");
        Ask(Of("Églantine"), "pomelle", "Moussa", PressRequestKind.Sample, -3, 10, 4, 18, PressRequestStatus.InProgress, "Pouvons-nous avoir deux exemplaires pour la séance photo, sans étui si possible ?");
        Ask(Of("Kettle & Code"), "lumivelle", "Hannah", PressRequestKind.Interview, -2, 9, 3, 12, PressRequestStatus.InProgress, "Could we have half an hour with the CTO on inverter noise? Recorded, on the record.");
        Ask(Of("Le Courrier du Ponant"), "lumivelle", "Théo", PressRequestKind.Visit, answered, 9, answered + 6, 12, PressRequestStatus.Answered, "Une équipe peut-elle suivre une pose dans l'agglomération nantaise ?", "Oui, mardi matin à Rezé, chez une cliente volontaire. Arrivée 8 h 15, photos autorisées sauf la façade.");
        Ask(Of("La Tribune du Soir"), "lumivelle", "Théo", PressRequestKind.Figures, answered - 30, 15, answered - 28, 18, PressRequestStatus.Answered, "Combien de foyers équipés en Bretagne ?", "5 140 à fin de mois, source interne, citation possible.");
        Ask(Of("Hearth & Honey"), "pomelle", "Hannah", PressRequestKind.Visuals, answered - 12, 10, answered - 10, 17, PressRequestStatus.Answered, "Do you have the orchard in blossom, portrait format?", "Three pictures sent, free to use with credit.");
        Ask(Of("L'Hebdo Industriel"), "rochambel", "Solène", PressRequestKind.Interview, answered - 60, 14, answered - 50, 12, PressRequestStatus.Declined, "Un entretien sur vos discussions avec les donneurs d'ordres ?", "Le directeur général ne s'exprime pas pendant une consultation. Proposition de revenir ensuite, acceptée.");
        await world.WriteAsync(rows, ct);
    }

    /// <summary>Called when interactions and coverage have their keys.</summary>
    public async Task WriteAgreementsAsync(DemoMailings mailings, DemoCoverage coverage, CancellationToken ct)
    {
        var rows = mailings.Answers.ConvertAll(a => Agreement("lumi-one", a.Person, a.Yes ? EmbargoStatus.Accepted : EmbargoStatus.Refused, a.Answer.OccurredAt, a.Answer.Id));
        rows.Add(Agreement("toits", coverage.Leak.Author!, EmbargoStatus.Broken, _leakNote.OccurredAt, _leakNote.Id));
        foreach (var person in world.People.Where(p => p is { Warm: true, Role: DemoRole.Staff or DemoRole.Freelance } && p != coverage.Leak.Author && p.Follows([2, 3, 41])).Take(9))
        {
            rows.Add(Agreement("toits", person, EmbargoStatus.Accepted, world.Calendar.At(-344, 10, _random.Next(60)), null));
        }

        // The parcels that have left, each with its sheet.
        foreach (var person in world.People.Where(p => p.Role is DemoRole.Blogger or DemoRole.Creator && p.Contacted && p.Follows([59, 60, 44, 61]) && p.MayBeMailed("pomelle")).Take(22))
        {
            rows.Add(Agreement("pomme-entiere", person, EmbargoStatus.Accepted, world.Calendar.At(-_random.Between(6, 30), _random.Between(9, 18)), null));
        }

        await world.WriteAsync(rows, ct);
        var weekly = world.Outlets.Find(o => o.Row.Name == "L'Hebdo Industriel")!;
        var monthly = world.Outlets.Find(o => o.Row.Name == "Églantine")!;
        await world.WriteAsync(
            [
                Promised(PromiseKind.Exclusive, "ecole-soudeurs", null, weekly.Id, 12, PromiseStatus.Open),
                Promised(PromiseKind.Exclusive, "pomme-entiere", null, monthly.Id, 9, PromiseStatus.Open),
                Promised(PromiseKind.Interview, "lumi-one", mailings.Answers.First(a => a.Yes).Person.Id, null, 5, PromiseStatus.Open),
                Promised(PromiseKind.EarlyAccess, "lumi-one", mailings.Answers.Last(a => a.Yes).Person.Id, null, 2, PromiseStatus.Open),
                Promised(PromiseKind.AnswerBy, "ecole-soudeurs", _accident.InfluencerId, null, 0, PromiseStatus.Open),
                Promised(PromiseKind.Visit, "toits", coverage.Leak.Author!.Id, null, -330, PromiseStatus.Released),
                Promised(PromiseKind.Interview, "verger-pots", null, monthly.Id, -150, PromiseStatus.Kept),
            ],
            ct);
    }

    public async Task WriteRelationshipsAsync(CancellationToken ct)
    {
        var rows = new List<Relationship>();
        foreach (var person in world.People.Where(p => p.Contacted && p.Role != DemoRole.Desk))
        {
            var evidence = history.Evidence.Where(e => e.Key.Person == person.Id).Select(e => e.Key.Client).ToHashSet(StringComparer.Ordinal);
            rows.Add(Related(person, null, RelationshipStage.Connected, null));
            foreach (var client in world.Clients.Values.Where(c => history.Touched.Contains((person.Id, c.Key)) && (person.Warm || evidence.Contains(c.Key))))
            {
                var shown = history.Evidence.GetValueOrDefault((person.Id, client.Key));
                rows.Add(Related(person, client, shown is null ? RelationshipStage.Connected : shown.Kind == InteractionKind.Coverage ? RelationshipStage.Converted : RelationshipStage.Convinced, shown?.Id));
            }
        }

        await world.WriteAsync(rows, ct);
    }

    public async Task WriteTasksAsync(DemoCoverage coverage, DemoMoments moments, CancellationToken ct)
    {
        var paid = coverage.Plans.Last(p => p.Paid);
        var (lumivelle, rochambel, pomelle) = (world.Clients["lumivelle"].Now.Id, world.Clients["rochambel"].Now.Id, world.Clients["pomelle"].Now.Id);
        CrmTask Todo(string who, int? campaign, string title, int due, int hour, int? request = null, int? person = null, int? doneDay = null) => CrmTask.Create(new CrmTaskChanges
        {
            Title = DemoFiles.French(title), DueAt = world.Calendar.At(due, hour), AssigneeId = world.Users[who].Id, CampaignId = campaign, RequestId = request, InfluencerId = person,
            DoneAt = doneDay is { } done ? world.Calendar.At(done, 17) : null,
        });
        await world.WriteAsync(
            [
                Todo("Théo", lumivelle, "Répondre à À l'Essai : capacité à froid et garantie", -1, 12, _overdue.Id, _overdue.InfluencerId),
                Todo("Théo", lumivelle, "Vérifier l'envoi non confirmé du teaser avant toute relance", 0, 11),
                Todo("Moussa", lumivelle, "Réserver la salle du petit-déjeuner de presse à Nantes", 3, 12),
                Todo("Hannah", lumivelle, "Caler l'entretien de Jonas avec Kettle & Code", 2, 10),
                Todo("Inès", lumivelle, "Relire le dossier complet avant l'envoi de demain", 0, 18),
                Todo("Théo", lumivelle, "Envoyer le bilan hebdo au client", -3, 17, doneDay: -3),
                Todo("Solène", rochambel, "Déclaration sur l'accident : validation client avant 16 h", 0, 16, _accident.Id, _accident.InfluencerId),
                Todo("Solène", rochambel, "Récupérer les pièces d'identité pour la visite", 18, 12),
                Todo("Inès", rochambel, "Relire la tribune du directeur général", 4, 18),
                Todo("Moussa", pomelle, "Demander l'ajout de la mention « Collaboration commerciale »", 1, 12, person: paid.Author?.Id),
                Todo("Hannah", pomelle, "Chase the three unanswered press trip invitations", 2, 12),
                Todo("Moussa", pomelle, "Préparer les dix-huit colis restants", 5, 17),
                .. moments.Todos.Select(t => Todo(t.Who, t.Client is null ? null : world.Clients[t.Client].Now.Id, t.Title, t.Due, t.Hour, person: t.Person.Id)),
            ],
            ct);
    }

    private Relationship Related(DemoPerson person, DemoClient? client, RelationshipStage stage, long? evidence) => Relationship.Create(new RelationshipChanges
    {
        InfluencerId = person.Id,
        ClientId = client?.Id,
        OwnerId = history.OwnerOf(client?.Key, person).Id,
        Stage = stage,
        StageEvidenceId = evidence,
        Aim = client?.Now.Aim,
        Formality = person.Language == "fr" ? person.Tutoie ? Formality.Tu : Formality.Vous : null,
        Salutation = SalutationOf(person),
    });

    private EmbargoAgreement Agreement(string story, DemoPerson person, EmbargoStatus status, DateTime at, long? evidence) => EmbargoAgreement.Create(new EmbargoAgreementChanges
    {
        StoryId = world.Stories[story].Id, InfluencerId = person.Id, Status = status, At = at, EvidenceId = evidence,
        AcceptedUntil = status == EmbargoStatus.Refused ? null : world.Stories[story].EmbargoUntil,
    });

    private Promise Promised(PromiseKind kind, string story, int? person, int? outlet, int until, PromiseStatus status) => Promise.Create(new PromiseChanges
    {
        Kind = kind, StoryId = world.Stories[story].Id, InfluencerId = person, OutletId = outlet, Until = world.Calendar.At(until, 17), Status = status,
    });
}
