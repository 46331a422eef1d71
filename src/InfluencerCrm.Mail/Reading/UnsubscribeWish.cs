using System.Text.RegularExpressions;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Whether somebody asks, in a few words, to be left out from now on.</summary>
internal static class UnsubscribeWish
{
    /// <summary>Characters of a mail that asks for nothing else.</summary>
    private const int Longest = 500;

    /// <summary>A subject that is the wish, as mailto links of List-Unsubscribe make it.</summary>
    private static readonly Regex Subject = Patterns.Of(@"^(?:please |request(?: to)? |demande de |bitte )?(?:list[- ])?(?:unsubscri(?:be|ption)|opt[- ]?out|remove(?: me)?|desabonne(?:ment|r|z[- ]moi|-moi)?|desinscri(?:ption|re|vez[- ]moi|s)|abmelden|abmeldung|abbestell(?:en|ung)|austragen|baja|dar(?:me)? de baja|cancelar (?:la )?suscripcion|desuscribir(?:me|se)?|cancella(?:mi|zione|temi)|disiscri(?:viti|vimi|vetemi|zione|vere)|annulla(?:re)? (?:l')?iscrizione|uitschrijv(?:en|ing)|afmeld(?:en|ing)|schrijf me uit)(?:[ :\-].{0,120})?[.! ]*$");

    private static readonly Regex Whole = Patterns.Of(@"^(?:hello|hi|bonjour|hallo|hola|ciao|buongiorno|salut|dear [a-z ]{1,40}|madame|monsieur)?[ ,.!]*(?:please|merci de|bitte|por favor|per favore|graag|svp|s'il vous plait)?[ ,:]*(?:stop|unsubscri(?:be|ption)|remove|opt[- ]?out|desabonne(?:r|ment|z)?|desinscri(?:re|ption)|desabonnez[- ]moi|abmelden|abmeldung|abbestellen|austragen|baja|cancellami|cancellazione|disiscrivimi|disiscrizione|uitschrijven|afmelden)[ ,.!]*(?:me|moi|please|svp|s'il vous plait|bitte|por favor|graag|grazie|merci(?: d'avance)?|danke|thanks|thank you|gracias|bedankt)?[ ,.!]*$");

    private static readonly PatternList Request = Patterns.AnyOf(
        @"\b(?:unsubscribe|remove|delete|take) (?:me|us|my (?:e-?mail|address|name)[a-z -]*|this (?:e-?mail )?address|[a-z0-9._+-]+@[a-z0-9.-]+)\b", @"(?:wish|like|want|ask) to (?:be )?(?:unsubscribed?|removed|opt out)", @"(?:stop|cease|quit) (?:spamming|sending|e-?mailing|mailing|contacting|writing)", @"(?:do not|don't|no longer|never) (?:wish to receive|want to receive|want|e-?mail me|contact me|write to me|send me)", @"no more (?:e-?mails?|mails?|messages?|press releases?)\b",
        @"(?:desabonne[rz]?|desinscri(?:re|vez)|retire[rz]|supprime[rz]|enleve[rz]|ote[rz]|raye[rz]|sorte[rz])[- ](?:(?:moi|nous)(?: ?$|[.!,;]| (?:de|des|du|svp|s'il|stp|merci|definitivement|immediatement)\b)|mon (?:adresse|mail|e-?mail|nom|contact)|mes coordonnees|cette adresse)", @"me (?:desabonner|desinscrire|retirer|supprimer|enlever|rayer|sortir)\b", @"(?:ne (?:souhaite|veux|desire|souhaitons|voulons)[a-z ]* plus|ne plus|cesse[rz] de|arrete[rz] de) (?:recevoir|me spammer|m'envoyer|nous envoyer|m'ecrire|me contacter|me solliciter|vos)", @"ne (?:plus )?(?:m'envoyez|me contactez|m'ecrivez) plus",
        @"(?:bitte )?(?:melden|tragen|nehmen|loschen|streichen|entfernen) sie (?:mich|uns|meine)", @"aus (?:ihrem|dem|ihrer|der) (?:verteiler|mailingliste|liste|newsletter)[a-z ]*", @"(?:keine|nicht) (?:weiteren |mehr )?(?:e-?mails?|mails?|nachrichten|newsletter|pressemitteilungen)? ?(?:mehr )?(?:von ihnen )?(?:erhalten|bekommen|senden|zusenden|schicken|wunsch)", @"(?:mich|uns)[a-z ]{0,40} (?:abmelden|austragen|abbestellen)",
        @"(?:darme|denme|deme|dadme|quiero darme|dar) de baja", @"no (?:deseo|quiero|me interesa|deseamos) (?:recibir|seguir recibiendo)", @"(?:eliminen?|borren?|quiten?|retiren?)(?:me| mi (?:correo|direccion|e-?mail))", @"dejen? de (?:enviar|escribir|mandar)",
        @"(?:cancell[a-z]+|rimuov[a-z]+|toglie?t?e?)(?:mi| il mio| la mia)", @"disiscriv[a-z]*", @"non (?:desidero|voglio|vorrei) (?:piu )?(?:ricevere|essere contattat)", @"non (?:inviat|scriv|mandat|contatt)[a-z]+ piu",
        @"(?:schrijf|haal|verwijder) (?:mij|me|mijn)", @"(?:wil|wens|wensen|willen) (?:ik |wij |graag )?(?:geen|niet)[a-z ]{0,40} (?:meer|ontvangen)", @"geen (?:mails?|e-?mails?|berichten|persberichten|nieuwsbrief) meer", @"(?:mij|me) (?:graag )?uitschrijven");

    private static readonly PatternList Negated = Patterns.AnyOf("(?:not|don't|do not|won't|never) (?:want(?:ed)? to |wish to |mean to )?(?:unsubscribe|opt out|remove)", "(?:ne|pas) (?:souhaite|veux) pas (?:me )?(?:desabonner|desinscrire)", "(?:nicht|keinesfalls) (?:abmelden|abbestellen|austragen)", "before i (?:unsubscribe|remove)", "remove me from the (?:embargo|cc|copy|thread|call|invite)");

    /// <param name="words">What the person wrote, without quoted text.</param>
    public static bool Is(ReceivedMail mail, string words)
    {
        var body = SearchText.Normalise(words.Length > 2 * Longest ? words[..(2 * Longest)] : words);
        if (body.Length > Longest) return false;
        if (Negated.IsMatch(body)) return false;
        if (Subject.IsMatch(mail.FoldedSubject)) return true;
        return Whole.IsMatch(body) || Request.IsMatch(body);
    }
}
