namespace InfluencerCrm.Api.Privacy;

/// <summary>The words of the unsubscribe pages in one language, ready for HTML; <c>{0}</c> is the client's name.</summary>
internal sealed record UnsubscribeWords
{
    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Intro { get; init; }

    public required string Legend { get; init; }

    public required string Client { get; init; }

    public required string All { get; init; }

    public required string Erase { get; init; }

    public required string Confirm { get; init; }

    public required string DoneTitle { get; init; }

    public required string DoneClient { get; init; }

    public required string DoneAll { get; init; }

    public required string DoneErase { get; init; }

    /// <summary><c>{0}</c> is the number of days.</summary>
    public required string DoneEraseMail { get; init; }

    public required string UnknownTitle { get; init; }

    public required string Unknown { get; init; }

    private static readonly Dictionary<string, UnsubscribeWords> Languages = new UnsubscribeWords[]
    {
        new()
        {
            Language = "en",
            Title = "Stop receiving our e-mails",
            Intro = "Nothing has changed yet. Choose what you no longer want, then confirm.",
            Legend = "I no longer want to receive",
            Client = "news about {0}",
            All = "any mailing from us",
            Erase = "anything: please also erase my data",
            Confirm = "Confirm",
            DoneTitle = "Done",
            DoneClient = "You will get no more news about {0} from us.",
            DoneAll = "You will get no more mailings from us.",
            DoneErase = "You will get no more mailings from us. Somebody of our team will ask you to confirm before your data are erased.",
            DoneEraseMail = "You will get no more mailings from us. We have sent an e-mail to the address that this mailing went to: open the link in it within {0} days, and your data are erased. It is sent once a day at most.",
            UnknownTitle = "This link is not known",
            Unknown = "It may have been cut off when it was copied. Please reply to the e-mail you received: we will take you off our lists by hand.",
        },
        new()
        {
            Language = "fr",
            Title = "Ne plus recevoir nos messages",
            Intro = "Rien n’est encore changé. Choisissez ce que vous ne souhaitez plus recevoir, puis confirmez.",
            Legend = "Je ne souhaite plus recevoir",
            Client = "les nouvelles de {0}",
            All = "aucun de vos envois",
            Erase = "quoi que ce soit : effacez aussi mes données",
            Confirm = "Confirmer",
            DoneTitle = "C’est fait",
            DoneClient = "Vous ne recevrez plus de nouvelles de {0} de notre part.",
            DoneAll = "Vous ne recevrez plus nos envois.",
            DoneErase = "Vous ne recevrez plus nos envois. Une personne de notre équipe vous demandera confirmation avant d’effacer vos données.",
            DoneEraseMail = "Vous ne recevrez plus nos envois. Nous avons envoyé un message à l’adresse à laquelle cet envoi était parti : ouvrez le lien qu’il contient dans les {0} jours et vos données seront effacées. Il part une fois par jour au plus.",
            UnknownTitle = "Ce lien est inconnu",
            Unknown = "Il a peut-être été coupé lors de la copie. Répondez simplement au message reçu : nous vous retirerons de nos listes à la main.",
        },
        new()
        {
            Language = "de",
            Title = "Keine weiteren E-Mails von uns erhalten",
            Intro = "Noch ist nichts geändert. Wählen Sie, was Sie nicht mehr möchten, und bestätigen Sie.",
            Legend = "Ich möchte nicht mehr erhalten:",
            Client = "Neuigkeiten über {0}",
            All = "alle Aussendungen von Ihnen",
            Erase = "alles – bitte löschen Sie auch meine Daten",
            Confirm = "Bestätigen",
            DoneTitle = "Erledigt",
            DoneClient = "Sie erhalten von uns keine Neuigkeiten über {0} mehr.",
            DoneAll = "Sie erhalten keine Aussendungen mehr von uns.",
            DoneErase = "Sie erhalten keine Aussendungen mehr von uns. Bevor Ihre Daten gelöscht werden, bitten wir Sie um eine Bestätigung.",
            DoneEraseMail = "Sie erhalten keine Aussendungen mehr von uns. Wir haben eine E-Mail an die Adresse geschickt, an die diese Aussendung ging: Öffnen Sie innerhalb von {0} Tagen den Link darin, dann werden Ihre Daten gelöscht. Sie geht höchstens einmal am Tag hinaus.",
            UnknownTitle = "Dieser Link ist unbekannt",
            Unknown = "Vielleicht wurde er beim Kopieren abgeschnitten. Antworten Sie bitte auf die E-Mail: Wir nehmen Sie von Hand aus unseren Listen.",
        },
        new()
        {
            Language = "es",
            Title = "Dejar de recibir nuestros mensajes",
            Intro = "Todavía no ha cambiado nada. Elija lo que ya no desea recibir y confirme.",
            Legend = "Ya no deseo recibir",
            Client = "noticias de {0}",
            All = "ninguno de sus envíos",
            Erase = "nada: borren también mis datos",
            Confirm = "Confirmar",
            DoneTitle = "Hecho",
            DoneClient = "No recibirá más noticias de {0} de nuestra parte.",
            DoneAll = "No recibirá más envíos nuestros.",
            DoneErase = "No recibirá más envíos nuestros. Alguien de nuestro equipo le pedirá confirmación antes de borrar sus datos.",
            DoneEraseMail = "No recibirá más envíos nuestros. Hemos enviado un mensaje a la dirección a la que fue este envío: abra su enlace en un plazo de {0} días y sus datos se borrarán. Sale como máximo una vez al día.",
            UnknownTitle = "Este enlace es desconocido",
            Unknown = "Quizá se cortó al copiarlo. Responda al mensaje que recibió y le quitaremos de nuestras listas a mano.",
        },
        new()
        {
            Language = "it",
            Title = "Non ricevere più i nostri messaggi",
            Intro = "Non è ancora cambiato nulla. Scelga che cosa non desidera più ricevere e confermi.",
            Legend = "Non desidero più ricevere",
            Client = "notizie su {0}",
            All = "nessuno dei vostri invii",
            Erase = "nulla: cancellate anche i miei dati",
            Confirm = "Confermare",
            DoneTitle = "Fatto",
            DoneClient = "Non riceverà più da noi notizie su {0}.",
            DoneAll = "Non riceverà più i nostri invii.",
            DoneErase = "Non riceverà più i nostri invii. Una persona del nostro team le chiederà conferma prima di cancellare i suoi dati.",
            DoneEraseMail = "Non riceverà più i nostri invii. Abbiamo inviato un messaggio all’indirizzo a cui era andato questo invio: apra il link che contiene entro {0} giorni e i suoi dati saranno cancellati. Parte al massimo una volta al giorno.",
            UnknownTitle = "Questo link è sconosciuto",
            Unknown = "Forse è stato tagliato durante la copia. Risponda al messaggio ricevuto: la toglieremo a mano dalle nostre liste.",
        },
        new()
        {
            Language = "nl",
            Title = "Geen berichten meer van ons ontvangen",
            Intro = "Er is nog niets veranderd. Kies wat u niet meer wilt ontvangen en bevestig.",
            Legend = "Ik wil niet langer ontvangen:",
            Client = "nieuws over {0}",
            All = "alle berichten van u",
            Erase = "alles – wis ook mijn gegevens",
            Confirm = "Bevestigen",
            DoneTitle = "Gedaan",
            DoneClient = "U ontvangt van ons geen nieuws meer over {0}.",
            DoneAll = "U ontvangt geen berichten meer van ons.",
            DoneErase = "U ontvangt geen berichten meer van ons. Iemand van ons team vraagt u om bevestiging voordat uw gegevens worden gewist.",
            DoneEraseMail = "U ontvangt geen berichten meer van ons. Wij hebben een e-mail gestuurd naar het adres waar dit bericht heen ging: open binnen {0} dagen de link daarin, dan worden uw gegevens gewist. Die e-mail gaat hoogstens één keer per dag uit.",
            UnknownTitle = "Deze link is onbekend",
            Unknown = "Misschien werd hij bij het kopiëren afgebroken. Beantwoord de e-mail: dan halen wij u met de hand van onze lijsten.",
        },
    }.ToDictionary(w => w.Language, StringComparer.OrdinalIgnoreCase);

    /// <param name="language">BCP 47; one that is not here gives English.</param>
    public static UnsubscribeWords For(string? language) => PublicPage.Spoken(Languages, language);
}
