namespace InfluencerCrm.Api.Privacy;

/// <summary>The words of the page that confirms an erasure in one language, ready for HTML.</summary>
internal sealed record ErasureWords
{
    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Intro { get; init; }

    public required string Confirm { get; init; }

    public required string DoneTitle { get; init; }

    public required string Done { get; init; }

    public required string ExpiredTitle { get; init; }

    public required string Expired { get; init; }

    public required string UnknownTitle { get; init; }

    public required string Unknown { get; init; }

    private static readonly Dictionary<string, ErasureWords> Languages = new ErasureWords[]
    {
        new()
        {
            Language = "en",
            Title = "Erase my data",
            Intro = "Nothing has been erased yet. If you confirm, all that we hold about you is erased, and nobody can bring it back. We keep only a mark that tells us not to write to your address again.",
            Confirm = "Erase my data",
            DoneTitle = "Your data are erased",
            Done = "We hold no more data about you, and you will get no more mailings from us.",
            ExpiredTitle = "This link has expired",
            Expired = "Nothing was erased. Please open the unsubscribe link of the e-mail once more and choose to have your data erased: you will get a new link.",
            UnknownTitle = "This link is not known",
            Unknown = "It may have been cut off when it was copied; nothing was erased. Please open it from the e-mail itself, or reply to that e-mail: we will then see to it by hand.",
        },
        new()
        {
            Language = "fr",
            Title = "Effacer mes données",
            Intro = "Rien n’est encore effacé. Si vous confirmez, tout ce que nous détenons à votre sujet sera effacé, sans retour possible. Nous ne gardons qu’une empreinte qui nous empêche d’écrire de nouveau à votre adresse.",
            Confirm = "Effacer mes données",
            DoneTitle = "Vos données sont effacées",
            Done = "Nous ne détenons plus de données à votre sujet et vous ne recevrez plus nos envois.",
            ExpiredTitle = "Ce lien a expiré",
            Expired = "Rien n’a été effacé. Ouvrez de nouveau le lien de désinscription du message et demandez l’effacement de vos données : vous recevrez un nouveau lien.",
            UnknownTitle = "Ce lien est inconnu",
            Unknown = "Il a peut-être été coupé lors de la copie ; rien n’a été effacé. Ouvrez-le depuis le message lui-même, ou répondez à ce message : nous nous en occuperons à la main.",
        },
        new()
        {
            Language = "de",
            Title = "Meine Daten löschen",
            Intro = "Noch ist nichts gelöscht. Wenn Sie bestätigen, wird alles gelöscht, was wir über Sie gespeichert haben; niemand kann es zurückholen. Wir behalten nur ein Kennzeichen, damit wir Ihrer Adresse nicht wieder schreiben.",
            Confirm = "Meine Daten löschen",
            DoneTitle = "Ihre Daten sind gelöscht",
            Done = "Wir haben keine Daten mehr über Sie, und Sie erhalten keine Aussendungen mehr von uns.",
            ExpiredTitle = "Dieser Link ist abgelaufen",
            Expired = "Es wurde nichts gelöscht. Öffnen Sie bitte noch einmal den Abmeldelink der E-Mail und wählen Sie die Löschung Ihrer Daten: Sie erhalten dann einen neuen Link.",
            UnknownTitle = "Dieser Link ist unbekannt",
            Unknown = "Vielleicht wurde er beim Kopieren abgeschnitten; es wurde nichts gelöscht. Öffnen Sie ihn bitte aus der E-Mail selbst, oder antworten Sie auf sie: Wir kümmern uns dann von Hand darum.",
        },
        new()
        {
            Language = "es",
            Title = "Borrar mis datos",
            Intro = "Todavía no se ha borrado nada. Si confirma, se borrará todo lo que guardamos sobre usted y nadie podrá recuperarlo. Solo conservamos una huella que nos impide volver a escribir a su dirección.",
            Confirm = "Borrar mis datos",
            DoneTitle = "Sus datos se han borrado",
            Done = "Ya no guardamos datos sobre usted y no recibirá más envíos nuestros.",
            ExpiredTitle = "Este enlace ha caducado",
            Expired = "No se ha borrado nada. Abra de nuevo el enlace de baja del mensaje y pida que se borren sus datos: recibirá un enlace nuevo.",
            UnknownTitle = "Este enlace es desconocido",
            Unknown = "Quizá se cortó al copiarlo; no se ha borrado nada. Ábralo desde el propio mensaje o responda a él: nos ocuparemos a mano.",
        },
        new()
        {
            Language = "it",
            Title = "Cancellare i miei dati",
            Intro = "Non è ancora stato cancellato nulla. Se conferma, sarà cancellato tutto ciò che conserviamo su di lei e nessuno potrà recuperarlo. Teniamo soltanto un’impronta che ci impedisce di scrivere di nuovo al suo indirizzo.",
            Confirm = "Cancellare i miei dati",
            DoneTitle = "I suoi dati sono cancellati",
            Done = "Non conserviamo più dati su di lei e non riceverà più i nostri invii.",
            ExpiredTitle = "Questo link è scaduto",
            Expired = "Non è stato cancellato nulla. Apra di nuovo il link di disiscrizione del messaggio e chieda la cancellazione dei suoi dati: riceverà un nuovo link.",
            UnknownTitle = "Questo link è sconosciuto",
            Unknown = "Forse è stato tagliato durante la copia; non è stato cancellato nulla. Lo apra dal messaggio stesso, oppure risponda a quel messaggio: ce ne occuperemo a mano.",
        },
        new()
        {
            Language = "nl",
            Title = "Mijn gegevens wissen",
            Intro = "Er is nog niets gewist. Als u bevestigt, wordt alles gewist wat wij over u bewaren; niemand kan het terughalen. Wij houden alleen een kenmerk over, zodat wij uw adres niet opnieuw aanschrijven.",
            Confirm = "Mijn gegevens wissen",
            DoneTitle = "Uw gegevens zijn gewist",
            Done = "Wij bewaren geen gegevens meer over u, en u ontvangt geen berichten meer van ons.",
            ExpiredTitle = "Deze link is verlopen",
            Expired = "Er is niets gewist. Open de afmeldlink van de e-mail nog eens en kies voor het wissen van uw gegevens: u krijgt dan een nieuwe link.",
            UnknownTitle = "Deze link is onbekend",
            Unknown = "Misschien werd hij bij het kopiëren afgebroken; er is niets gewist. Open hem vanuit de e-mail zelf, of beantwoord die e-mail: dan regelen wij het met de hand.",
        },
    }.ToDictionary(w => w.Language, StringComparer.OrdinalIgnoreCase);

    /// <param name="language">BCP 47; one that is not here gives English.</param>
    public static ErasureWords For(string? language) => PublicPage.Spoken(Languages, language);
}
