using InfluencerCrm.Core.Interactions;

namespace InfluencerCrm.Core.Demo;

/// <summary>
/// Moments that have no table of their own yet and stand in the history as people would write them down: loans, what a creator was
/// paid and given, corrections asked for, who comes on the press trip.
/// </summary>
internal sealed class DemoMoments(DemoWorld world, DemoHistory history, DemoCoverage coverage, DemoObserved observed)
{
    private const int Coming = 9;
    private const int NotComing = 4;
    private const int Silent = 3;

    private readonly List<DemoTodo> _todos = [];

    /// <summary>What is to be done about them.</summary>
    public IReadOnlyList<DemoTodo> Todos => _todos;

    public void Plant()
    {
        PlantLoans();
        PlantContractLine();
        PlantCorrection();
        PlantRefusedReply();
        PlantSharedJournalist();
        PlantPressTrip();
        _todos.Add(new("Moussa", null, $"Signature vue dans {observed.NewOutlet.Row.Name} depuis trois semaines : vérifier la fiche de {observed.Moved.Display}", 1, 12, observed.Moved));
    }

    private void PlantLoans()
    {
        var loans = DemoFiles.Rows("loans.txt");
        var people = world.People.Where(p => p is { Contacted: true, Duplicate: false, Country: "FR" } && p.Role is DemoRole.Staff or DemoRole.Freelance or DemoRole.Blogger or DemoRole.Creator)
            .Where(p => p.MayBeMailed("lumivelle") && p.Follows([4, 11, 21, 22, 67])).OrderByDescending(p => p.Warm).ThenBy(p => p.Id).Take(loans.Count);
        foreach (var (person, loan, number) in people.Zip(loans, Enumerable.Range(1, loans.Count)))
        {
            var due = int.Parse(loan[1], System.Globalization.CultureInfo.InvariantCulture);
            var left = int.Parse(loan[0], System.Globalization.CultureInfo.InvariantCulture);
            history.Add(person, InteractionKind.Note, world.Calendar.At(world.Calendar.WorkdayBefore(left), 11, 30), "lumivelle", world.Users["Moussa"], new InteractionChanges
            {
                Subject = DemoFiles.French($"Prêt de démonstration n° {number}"), Notes = DemoFiles.French(loan[2]), NextStep = "Récupérer la batterie", NextStepDueAt = world.Calendar.At(due, 18),
            });
            if (due < 0)
            {
                _todos.Add(new("Moussa", "lumivelle", $"Prêt n° {number} en retard : récupérer la batterie chez {person.Display}", due, 18, person));
            }
        }
    }

    /// <summary>In France pay and gifts of one purpose and year need a written contract from 1,000 euros on.</summary>
    private void PlantContractLine()
    {
        var creator = world.People.Find(p => p.Role == DemoRole.Creator && p.Planted)!;
        void Noted(int day, string subject, string text) => history.Add(creator, InteractionKind.Note, world.Calendar.At(world.Calendar.WorkdayBefore(day), 16, 10), "pomelle", world.Users["Moussa"], new InteractionChanges
        {
            Subject = DemoFiles.French(subject), Notes = DemoFiles.French(text),
        });
        Noted(-38, "Vidéo payée", "420 € HT, facture reçue et réglée. Mention « Collaboration commerciale » dès la première seconde.");
        Noted(-24, "Coffret offert", "Coffret avant-première, valeur boutique 140 €. Compte comme avantage en nature pour le même objectif.");
        Noted(-9, "Story payée", "310 € HT, publiée et déclarée. Total à surveiller.");
        Noted(-1, "Seuil du contrat : 870 € sur 1 000 €", "420 + 140 + 310 = 870 € pour le même objectif. Plus rien, ni colis ni paiement, avant un contrat écrit.");
        _todos.Add(new("Moussa", "pomelle", $"{creator.Display} à 870 € : contrat écrit avant d'atteindre 1 000 €", 2, 12, creator));
    }

    private void PlantCorrection() => PlantDispute(
        coverage.Corrected,
        "Demande de rectificatif",
        "Le papier parle de six semaines d'attente ; nos relevés donnent neuf jours en moyenne, fichier joint. Nous ne contestons rien d'autre.",
        "Vous avez raison, le chiffre venait d'un autre fabricant. Corrigé en ligne, avec une note en bas de page.",
        InteractionOutcome.Agreed,
        Sentiment.Neutral);

    private void PlantRefusedReply() => PlantDispute(
        coverage.Unanswered,
        "Demande de droit de réponse",
        "Nous demandons la publication d'une réponse de quinze lignes, signée Capucine Pomelle, sur la part de marc réellement utilisée.",
        "Nous ne publierons pas de droit de réponse : votre position figure au troisième paragraphe. La rédaction en chef confirme.",
        InteractionOutcome.Declined,
        Sentiment.Negative);

    private void PlantDispute(CoveragePlan piece, string subject, string asked, string answered, InteractionOutcome outcome, Sentiment tone)
    {
        var by = history.OwnerOf(piece.Client, piece.Author);
        var at = Working(piece.At.AddHours(20));
        history.Add(piece.Author, InteractionKind.Email, at, piece.Client, by, new InteractionChanges
        {
            Channel = "email", Subject = DemoFiles.French(subject), Notes = DemoFiles.French(asked), Outcome = outcome, CoverageId = piece.Row.Id, OutletId = piece.Outlet!.Id, CampaignId = piece.CampaignId,
        });
        history.Add(piece.Author, InteractionKind.Reply, Working(at.AddHours(5)), piece.Client, by, new InteractionChanges
        {
            Direction = InteractionDirection.Inbound, Channel = "email", Subject = DemoFiles.French($"Re : {subject}"), Notes = DemoFiles.French(answered), Outcome = outcome, Sentiment = tone,
            CoverageId = piece.Row.Id, OutletId = piece.Outlet.Id, CampaignId = piece.CampaignId,
        });
    }

    /// <summary>Both energy teams know the same journalist; neither sees the other's side.</summary>
    private void PlantSharedJournalist()
    {
        history.Add(world.Shared, InteractionKind.Meeting, world.Calendar.At(world.Calendar.WorkdayBefore(-7), 9, 30), "rochambel", world.Users["Solène"], new InteractionChanges
        {
            Subject = DemoFiles.French("Entretien individuel 2/10"), Notes = DemoFiles.French("RDV 40 min au café de la gare. Connaît bien la centrale, veut parler à un apprenti. OK pour la visite."), EndsAt = world.Calendar.At(world.Calendar.WorkdayBefore(-7), 10, 10),
        });
        history.Add(world.Shared, InteractionKind.Call, world.Calendar.At(world.Calendar.WorkdayBefore(-6), 15, 5), "lumivelle", world.Users["Théo"], new InteractionChanges
        {
            Channel = "phone", Subject = DemoFiles.French("Relance Lumi One"), Notes = DemoFiles.French("Prépare un dossier énergie, parle d'un autre RDV cette semaine sans dire lequel. Veut les relevés."),
        });
    }

    private void PlantPressTrip()
    {
        var guests = world.People.Where(p => p is { Contacted: true, Duplicate: false } && p.Role is not (DemoRole.Desk or DemoRole.Stakeholder) && p.MayBeMailed("pomelle") && p.Follows([54, 57, 59, 60, 61, 44]))
            .OrderByDescending(p => p.Warm).ThenBy(p => p.Id).Take(Coming + NotComing + Silent);
        foreach (var (guest, i) in guests.Select((g, i) => (g, i)))
        {
            var fr = guest.Language == "fr";
            history.Add(guest, InteractionKind.Email, world.Calendar.At(world.Calendar.WorkdayBefore(-12), 10, 2 * i), "pomelle", history.OwnerOf("pomelle", guest), new InteractionChanges
            {
                Channel = "email",
                Subject = DemoFiles.Typeset(fr ? "Voyage de presse au verger : douze places" : "Press trip to the orchard: twelve places", guest.Language),
                Notes = DemoFiles.Typeset(
                    fr ? "Une journée au verger et au laboratoire, train et déjeuner compris. Aucune obligation de publier. Réponse souhaitée avant vendredi."
                    : "A day in the orchard and the laboratory, train and lunch included. No duty to publish. A word by Friday, please.",
                    guest.Language),
                Outcome = i < Coming ? InteractionOutcome.Agreed : i < Coming + NotComing ? InteractionOutcome.Declined : InteractionOutcome.NoReply,
            });
        }
    }

    private static DateTime Working(DateTime at)
    {
        at = at.Hour is >= 8 and < 18 ? at : at.Date.AddDays(at.Hour < 8 ? 0 : 1).AddHours(8).AddMinutes(at.Minute);
        while (DemoCalendar.IsQuiet(at))
        {
            at = at.AddDays(1);
        }

        return at;
    }
}

/// <summary>A task of a planted moment.</summary>
internal sealed record DemoTodo(string Who, string? Client, string Title, int Due, int Hour, DemoPerson Person);
