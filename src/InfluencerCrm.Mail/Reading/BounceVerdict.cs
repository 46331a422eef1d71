using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Inbound;

namespace InfluencerCrm.Mail.Reading;

/// <summary>
/// Whether a refusal is the address's fault. Servers use codes loosely, so clear words go before a code that says little, and whatever
/// is not clear is soft: a person lost to a wrong guess is not found again.
/// </summary>
internal static class BounceVerdict
{
    private static readonly HashSet<string> AddressCodes = ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4", "5.4.310"];

    private static readonly PatternList Full = Patterns.AnyOf(
        @"(?:mail ?box|quota|inbox|account|storage|user|boite|maildir|dropbox|disk)[^.:;]{0,40}(?:is |are |est |esta )?(?:full|exceeded|over ?quota|pleine|satur|voll|llen[oa]|pien[oa]|vol\b)",
        "over ?quota", "quota (?:has been )?(?:exceeded|depasse|uberschritten)", "exceed[a-z]* (?:the |their |its |his |your )?[a-z ]{0,30}(?:quota|storage|limit)", "insufficient (?:system )?(?:storage|disk|space)", "out of (?:storage|space|disk)",
        "not enough (?:storage|space|disk|room)", "no (?:more )?(?:space|room) (?:left|for)", "mailfull", "mailbox size", "postfach[^.:;]{0,40} (?:voll|ubervoll|uberfullt)", "buzon[^.:;]{0,40} llen[oa]", "casella (?:e )?piena", "cuota", "quota", "cannot receive (?:any )?more");

    private static readonly PatternList UnknownPerson = Patterns.AnyOf(
        "user[- ]?(?:is )?(?:unknown|not found|not known|invalid|doesn'?t exist|does not exist)", "(?:unknown|invalid|no such|nonexistent|non-existent|non existent|bad|undefined|illegal|incorrect) (?:local )?(?:user|recipient|mail ?box|address|account|alias|person|part|rcpt|destination mailbox|e-?mail address|virtual (?:user|mailbox)|addressee|customer)",
        "(?:user|recipient|mail ?box|address|account|alias|e-?mail|destinataire|adresse|person)[^.;]{0,60}(?:unknown|not found|wasn'?t found|couldn'?t be found|could not be found|cannot be found|can'?t be found|not known|doesn'?t exist|does not exist|do not exist|no longer (?:exists?|valid|active|available|in use|employed)|not exist|not listed|not recogni[sz]ed|isn'?t valid|not valid|is invalid|is not a valid|undeliverable|inconnue?|n'existe (?:pas|plus)|introuvable|deactivated|disabled)",
        "no (?:such )?(?:mail ?box|user|account|recipient)s?(?: here| by that name| found| with that| in| at|:|$)", "no such (?:user|person|mail ?box|address|recipient)", "not a (?:known|valid) (?:user|recipient|mail ?box|address)", "isn'?t a (?:known|valid) user", "unrouteable address", "unroutable (?:mail )?(?:address|recipient)",
        "recipient ?not ?found", @"resolver\.adr\.(?:recip|ex)", "recipnotfound", "(?:doesn'?t|does not) have an? [a-z.]{0,20} ?account", "address ?(?:is )?(?:rejected|lookup failed)", "recipient address rejected:? ?(?:user|undeliverable|unknown|no|access denied|invalid|not found|unverified)", "no mail ?box", "addressee unknown", "unknown to (?:the|this)", "not our customer",
        "not listed in (?:domino|public|directory)", "this is not a valid mailbox", "mailbox (?:is )?(?:unavailable|disabled|not available|inactive|has been (?:disabled|deleted|closed))", "account (?:has been|is|was) (?:disabled|closed|deleted|inactive|cancelled|terminated)", "(?:due to|because of|for) (?:its )?inactivity", "left the company", "no longer (?:works|with|at|on this)", "user has moved", "has moved to", "ungultige? (?:adresse|empfanger)",
        "(?:empfanger|benutzer|adresse|postfach|mailadresse)[^.;]{0,60}(?:unbekannt|nicht gefunden|existiert nicht|nicht vorhanden|nicht bekannt|ungultig|nicht erreichbar|nicht existier)", "unbekannte[rn]? (?:empfanger|benutzer|adresse)", "kein (?:solches|solcher) (?:postfach|benutzer|empfanger)",
        "(?:utilisateur|destinataire|adresse|boite|compte)[^.;]{0,60}(?:inconnue?|inexistante?|invalide|introuvable|n'existe|desactive|non trouve|incorrecte?|erronee?|n'a pas ete trouve|ferme)", "adresse d ?au moins un destinataire invalide",
        "(?:usuario|destinatario|direccion|buzon|cuenta|correo)[^.;]{0,60}(?:desconocid|no existe|no encontrad|no se (?:ha )?encontr|invalid|inexistente|no valid|no es valid|no se pudo encontrar)",
        "(?:utente|destinatario|indirizzo|casella|account)[^.;]{0,60}(?:sconosciut|inesistente|non esiste|non trovat|non valid|non e stat[oa] trovat|disattivat)",
        "(?:gebruiker|ontvanger|adres|postvak|mailbox)[^.;]{0,60}(?:onbekend|bestaat niet|niet gevonden|ongeldig|niet bekend)", "onbekende (?:gebruiker|ontvanger)");

    private static readonly PatternList UnknownHost = Patterns.AnyOf(
        "(?:host|domain|domaine|server|name service|dns)[^.;]{0,60}(?:unknown|not found|wasn'?t found|couldn'?t be found|could not be found|cannot be found|doesn'?t exist|does not exist|not exist|unrouteable|introuvable|inconnu|n'existe)", "(?:unknown|no such|non-?existent|bad|illegal|invalid) (?:host|domain|server|name service|mail host)",
        "nxdomain", "host or domain name not found", "couldn'?t find any host", "no (?:mx|mail server|a record|mail exchanger)[^.;]{0,30}(?:found|for|record)", "unrouteable mail domain", "all relevant mx records point to non-existent hosts", "does not accept (?:any )?(?:e-?)?mail", "null ?mx", "dominio (?:desconocido|no existe|inesistente|sconosciuto)", "(?:domane|domain|rechner)[^.;]{0,40}(?:unbekannt|nicht gefunden|existiert nicht)");

    private static readonly PatternList NotTheAddress = Patterns.AnyOf(
        "spam", "black ?list", "block(?:ed|list| list|ing)", "denylist", "policy", "politique", "richtlinie", "reputation", "virus", "malware", "phish", "content (?:rejected|filter)", "dmarc", "dkim", "spf", "sender", "expediteur", "absender", "remitente", "mittente", "authenticat", "not authori[sz]ed", "unauthori[sz]ed", "relay", "access denied", "permission",
        "spamhaus|barracuda|spamcop|sorbs|proofpoint|senderscore", "\\brbl\\b", "\\bdnsbl\\b", "rate ?limit", "too many", "grey ?list", "graylist", "try again", "temporar", "message (?:size|too (?:big|large)|is too)", "too (?:large|big)", "size limit", "loop", "hop count", "timed? ?out", "refused", "unreachable", "suspicious", "suspect", "banned", "dangerous", "restrict", "not accepted", "unsolicited", "bulk", "tls", "reverse dns", "ptr record", "helo", "not allowed", "forbidden", "prohibited", "moderat");

    /// <summary>The words name the sender's own address or a host of ours as the one in question, not the recipient's.</summary>
    private static readonly PatternList SenderInQuestion = Patterns.AnyOf("sender address", "address of (?:the )?sender", "sender (?:domain|verify|rejected|denied|unknown|not)", "domain of sender", "mail from", "return[- ]?path", "envelope sender", "absenderadresse", "adresse de l'expediteur", "invalid sender", "from address");

    private static readonly PatternList Permanent = Patterns.AnyOf(
        "permanent (?:fatal )?(?:error|failure)", "failed permanently", "permanently failed", "i've given up", "endgultig", "definitiv", "permanente?r? fehler", "erreur permanente", "error permanente", "errore permanente", "permanente fout");

    private static readonly PatternList Patience = Patterns.AnyOf("gr[ea]y ?-?list", "\\brate\\b", "throttl", "too (?:many|fast|quickly|frequent)", "(?:temporarily|currently) (?:deferred|blocked|limited)", "reputation", "spam", "unsolicited", "policy");

    private static readonly PatternList OfTheServer = Patterns.AnyOf("system", "server", "disk");

    /// <param name="status">The enhanced code: the server's own, else the report's.</param>
    /// <param name="words">The server's words.</param>
    public static BounceType Of(string? status, int? reply, string words)
    {
        var text = SearchText.Normalise(words.Length > ReadLimits.LineLength ? words[..ReadLimits.LineLength] : words);
        if (status?.StartsWith("4.", StringComparison.Ordinal) == true || reply is >= 400 and < 500) return BounceType.Soft;
        if (status is "5.1.7" or "5.1.8" or "5.2.2" or "5.2.3" || SenderInQuestion.IsMatch(text)) return BounceType.Soft;
        var person = UnknownPerson.IsMatch(text);
        var host = UnknownHost.IsMatch(text);
        if (Full.IsMatch(text) && !person) return BounceType.Soft;
        if (status?.StartsWith("5.7.", StringComparison.Ordinal) == true) return person && !NotTheAddress.IsMatch(text) ? BounceType.Hard : BounceType.Soft;
        if (status is not null && AddressCodes.Contains(status)) return person || host || !NotTheAddress.IsMatch(text) ? BounceType.Hard : BounceType.Soft;
        return person || host ? BounceType.Hard : BounceType.Soft;
    }

    /// <summary>A mailbox is full, not the server's disk.</summary>
    public static bool IsFullMailbox(string words) => SearchText.Normalise(words) is var text && Full.IsMatch(text) && !OfTheServer.IsMatch(text);

    /// <summary>The server wants fewer mails, or the same one later, whoever they are for.</summary>
    public static bool AsksForPatience(string words) => Patience.IsMatch(SearchText.Normalise(words));

    /// <summary>A notice without any reason: it says at least that it gave up for good.</summary>
    public static BounceType WithoutReason(string notice) => Permanent.IsMatch(SearchText.Normalise(notice)) ? BounceType.Hard : BounceType.Soft;

    /// <summary>The words say of themselves why, so that they are worth quoting.</summary>
    public static bool SaysWhy(string folded) => Full.IsMatch(folded) || UnknownPerson.IsMatch(folded) || UnknownHost.IsMatch(folded) || NotTheAddress.IsMatch(folded);

    /// <summary>The status that the words stand for, where a server gives none.</summary>
    public static string? Implied(string words)
    {
        var text = SearchText.Normalise(words);
        return Full.IsMatch(text) ? "5.2.2" : SenderInQuestion.IsMatch(text) ? null : UnknownPerson.IsMatch(text) ? "5.1.1" : UnknownHost.IsMatch(text) ? "5.1.2" : null;
    }
}
