using System.Globalization;
using System.Net;

namespace InfluencerCrm.Core.Privacy;

/// <summary>The mail that asks a person to confirm that their data are to be erased.</summary>
internal static class ErasureLetter
{
    /// <param name="Why"><c>{0}</c> is who wrote to them.</param>
    /// <param name="How"><c>{0}</c> is the number of days.</param>
    private sealed record Words(string Subject, string Why, string How, string Link, string Else);

    private static readonly Dictionary<string, Words> Languages = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "Please confirm: erase your data",
            "Somebody asked, on the page of an e-mail that we ({0}) had sent to this address, that your data be erased. You get no more mailings from us in any case.",
            "If it was you, open this page within {0} days and confirm. All that we hold about you is then erased, and nobody can bring it back.",
            "Erase my data",
            "If it was not you, do nothing: an e-mail of ours may have been forwarded. Your data then stay as they are."),
        ["fr"] = new(
            "À confirmer : l’effacement de vos données",
            "Quelqu’un a demandé, depuis la page d’un message que nous ({0}) avions envoyé à cette adresse, l’effacement de vos données. Dans tous les cas, vous ne recevrez plus nos envois.",
            "Si c’est bien vous, ouvrez cette page dans les {0} jours et confirmez. Tout ce que nous détenons à votre sujet sera alors effacé, sans retour possible.",
            "Effacer mes données",
            "Si ce n’est pas vous, ne faites rien : un de nos messages a pu être transféré. Vos données restent alors telles quelles."),
        ["de"] = new(
            "Bitte bestätigen: Ihre Daten löschen",
            "Jemand hat auf der Seite einer E-Mail, die wir ({0}) an diese Adresse geschickt hatten, um die Löschung Ihrer Daten gebeten. Aussendungen erhalten Sie von uns in keinem Fall mehr.",
            "Wenn Sie es waren, öffnen Sie innerhalb von {0} Tagen diese Seite und bestätigen Sie. Dann wird alles gelöscht, was wir über Sie gespeichert haben; niemand kann es zurückholen.",
            "Meine Daten löschen",
            "Wenn Sie es nicht waren, tun Sie nichts: Vielleicht wurde eine unserer E-Mails weitergeleitet. Ihre Daten bleiben dann, wie sie sind."),
        ["es"] = new(
            "Por confirmar: borrar sus datos",
            "Alguien pidió, en la página de un mensaje que nosotros ({0}) enviamos a esta dirección, que se borren sus datos. En cualquier caso no recibirá más envíos nuestros.",
            "Si fue usted, abra esta página en un plazo de {0} días y confirme. Se borrará entonces todo lo que guardamos sobre usted, y nadie podrá recuperarlo.",
            "Borrar mis datos",
            "Si no fue usted, no haga nada: quizá se reenvió uno de nuestros mensajes. Sus datos quedan entonces como están."),
        ["it"] = new(
            "Da confermare: la cancellazione dei suoi dati",
            "Qualcuno ha chiesto, dalla pagina di un messaggio che noi ({0}) avevamo inviato a questo indirizzo, che i suoi dati siano cancellati. In ogni caso non riceverà più i nostri invii.",
            "Se è stato lei, apra questa pagina entro {0} giorni e confermi. Sarà allora cancellato tutto ciò che conserviamo su di lei, e nessuno potrà recuperarlo.",
            "Cancellare i miei dati",
            "Se non è stato lei, non faccia nulla: forse uno dei nostri messaggi è stato inoltrato. I suoi dati restano allora come sono."),
        ["nl"] = new(
            "Graag bevestigen: uw gegevens wissen",
            "Iemand vroeg, op de pagina van een bericht dat wij ({0}) naar dit adres hadden gestuurd, om uw gegevens te wissen. U ontvangt in elk geval geen berichten meer van ons.",
            "Was u dat, open dan binnen {0} dagen deze pagina en bevestig. Alles wat wij over u bewaren, wordt dan gewist; niemand kan het terughalen.",
            "Mijn gegevens wissen",
            "Was u dat niet, doe dan niets: misschien is een van onze berichten doorgestuurd. Uw gegevens blijven dan zoals ze zijn."),
    };

    /// <param name="language">BCP 47; one that is not here gives English.</param>
    /// <param name="sender">Who wrote to the person.</param>
    /// <returns>Subject, text, HTML, and the language they are in.</returns>
    public static (string Subject, string Text, string Html, string Language) Write(string? language, string sender, string link)
    {
        var written = language?.Split('-')[0].ToLowerInvariant() is { } wanted && Languages.ContainsKey(wanted) ? wanted : "en";
        var words = Languages[written];
        var who = sender.Length > 0 ? string.Format(CultureInfo.InvariantCulture, words.Why, sender) : words.Why.Replace(" ({0})", "", StringComparison.Ordinal);
        var how = string.Format(CultureInfo.InvariantCulture, words.How, (int)ErasureLinks.Lifetime.TotalDays);
        var address = WebUtility.HtmlEncode(link);
        return (
            words.Subject,
            $"{who}\n\n{how}\n\n{words.Link}:\n{link}\n\n{words.Else}\n",
            $"<p>{WebUtility.HtmlEncode(who)}</p>\n<p>{WebUtility.HtmlEncode(how)}</p>\n<p><a href=\"{address}\">{WebUtility.HtmlEncode(words.Link)}</a></p>\n<p>{WebUtility.HtmlEncode(words.Else)}</p>\n",
            written);
    }
}
