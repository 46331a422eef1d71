using System.Text.RegularExpressions;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Inbound;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Notices of non-delivery and of delay in words of their own: no report, or one that nobody but their maker reads.</summary>
internal static class BounceNotice
{
    private static readonly HashSet<string> Daemons = new(StringComparer.Ordinal)
    {
        "mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon", "maildaemon", "postmaster", "mdaemon", "bounce", "bounces", "mail-delivery-system", "mail-system", "nobody", "mailsystem", "delivery", "mailadm", "postoffice", "noreply-mailer", "no-reply-mailer", "autoresponder-bounce", "mmdf", "smtp", "root", "uucp", "daemon", "system-administrator", "administrator", "mta",
    };

    private static readonly PatternList DaemonName = Patterns.AnyOf("mail ?delivery (?:sub)?system", "mailer[- ]daemon", "postmaster", "mail administrator", "system administrator", "systemadministrator", "microsoft (?:outlook|exchange)", "mail router", "mail delivery service", "administrateur (?:du )?systeme");

    private static readonly PatternList FailureSubject = Patterns.AnyOf(
        "undeliver(?:able|ed)", "non[- ]?deliver(?:y|able|ed)", "delivery (?:has )?fail", "delivery (?:status )?notification ?\\(? ?failure", "delivery status notification", "failure notice", "mail(?: |-)?(?:system )?(?:delivery )?fail", "fail(?:ed|ure)[a-z ]{0,20} (?:mail|delivery|message)", "mail could not be delivered", "message could not be delivered", "could not (?:be )?(?:send|deliver)", "cannot (?:send|deliver)", "unable to deliver", "not delivered",
        "returned (?:mail|to sender|e-?mail|message)", "returning message", "return(?:ed)? to sender", "mail (?:system )?error", "delivery (?:report|problem|error|failure)", "bounce(?:d)? (?:mail|message|notice)", "user unknown", "\\bndr\\b", "(?:message|mail|courriel|courrier|e-?mail)[a-z ]{0,20}non (?:remis|distribue|delivre|achemine)", "non[- ]?remis(?:e)?", "echec (?:de |d')?(?:la )?(?:remise|distribution|livraison|envoi|acheminement|delivery)", "avis de non[- ]remise", "impossible (?:de )?(?:remettre|distribuer|delivrer)", "retour a l'expediteur",
        "unzustellbar", "nicht zugestellt", "zustellung (?:ist )?(?:fehlgeschlagen|gescheitert|nicht)", "zustell(?:ungs)?fehler", "zustellbenachrichtigung", "rucksendung", "fehlgeschlagene? (?:zustellung|nachricht)", "unzustellbarkeit", "no (?:se )?(?:ha podido|puede|pudo) (?:ser )?entreg", "no entregad[oa]", "error (?:de|en la) entrega", "no se puede entregar", "devuelto", "mensaje devuelto", "fallo (?:de|en la) entrega", "notificacion de estado de entrega",
        "mancata? (?:consegna|recapito)", "non recapitabile", "non (?:e stato )?(?:consegnat|recapitat)", "errore di (?:consegna|recapito)", "onbestelbaar", "niet (?:bezorgd|afgeleverd)", "bezorging mislukt", "fout bij bezorg", "aflevering mislukt", "nao entregue");

    private static readonly PatternList FailureBody = Patterns.AnyOf(
        "(?:could|can|was|has|have|were)(?: ?not|n't) (?:be )?(?:been )?(?:deliver|reach|sent|found)", "(?:not|never|un)(?: ?able| be able)? to (?:be )?(?:deliver|send|reach)", "undeliver(?:able|ed)", "delivery (?:to|of)[^.]{0,80}(?:fail|has been|was (?:not|un))", "delivery (?:has )?failed", "failed (?:permanently|to deliver|to reach|recipient)", "wasn't able to deliver", "permanent (?:fatal )?error", "fatal errors?", "address(?:es)? (?:failed|had)", "returned (?:to|message)", "did not reach", "was rejected", "message (?:was )?(?:rejected|blocked|not delivered)", "wasn't delivered", "no(?:t|n) deliver",
        "user unknown", "unknown user", "message delivery", "unknown recipient", "not listed in domino", "does not exist", "smtp error", "remote (?:host|server) (?:said|returned|responded)", "n'a pas pu (?:etre|joindre)", "n'ont pas pu", "ne peut (?:pas )?etre (?:remis|distribu|delivr|achemin)", "non (?:remis|distribue|delivre)", "echec", "impossible de (?:remettre|delivrer|distribuer|livrer|joindre)", "n'a pas ete (?:remis|distribue|delivre|achemine)", "konnte (?:leider )?(?:nicht|an)[^.]{0,120}(?:zugestellt|ubermittelt|werden)", "nicht (?:zugestellt|zustell|ubermittelt|ausgeliefert)", "unzustellbar", "zustellung[^.]{0,60}(?:fehlgeschlagen|nicht)", "fehlgeschlagen",
        "no (?:se )?(?:ha podido|puede|pudo|ha sido|fue)[^.]{0,30}entreg", "no (?:ha )?lleg", "no entregad", "error (?:en|al) (?:la )?(?:entrega|entregar)", "non (?:e|ha|puo|e stato)[^.]{0,40}(?:consegnat|recapitat|inviat)", "impossibile (?:consegnare|recapitare)", "mancata consegna", "(?:niet|kon niet|kan niet)[^.]{0,40}(?:bezorgd|afgeleverd|bezorgen)", "onbestelbaar", "mislukt");

    private static readonly PatternList Delay = Patterns.AnyOf(
        "(?:been |is |was |message |delivery |mail |subject: )?(?:delayed|deferred)", "\\bdelay\\b", "delivery (?:status notification|incomplete) ?\\(? ?delay", "not (?:yet )?been (?:able to be )?delivered (?:yet|after)", "(?:will|shall) (?:keep |continue |be )?(?:to )?(?:try|retr)[a-z]*", "still (?:being|trying|not been|attempting)", "(?:delivery )?attempts? (?:to deliver the message )?will (?:be made|continue)", "temporary (?:problem|failure)[^.]{0,60}(?:retr|try|continu)", "could not be delivered (?:for|yet)", "retard", "differe", "en attente", "nouvelles? tentatives?", "sera? (?:de nouveau|encore) (?:tente|essaye)", "verzoger", "verspatet", "weiterhin versucht", "noch nicht zugestellt", "weitere zustellversuche", "retrasad", "demorad", "se (?:seguira|volvera)[a-z]* (?:intent|a intent)", "ritardat", "in ritardo", "ulteriori tentativi", "vertraagd", "vertraging", "opnieuw (?:geprobeerd|proberen)");

    private static readonly PatternList DelaySubject = Patterns.AnyOf("delay", "deferred", "warning", "retard", "differe", "verzoger", "verspat", "retras", "demora", "ritard", "vertrag", "vertraagd", "incomplete", "attente", "warnung", "avertissement", "aviso");

    private static readonly PatternList GivenUp = Patterns.AnyOf("permanent", "given up", "giving up", "gave up", "failed permanently", "retry time(?:out)? (?:not reached|exceeded)", "no further (?:delivery )?attempts", "will not (?:try|be retried|retry)", "undeliverable", "returned to sender", "abandon", "endgultig", "definitiv", "aufgegeben", "expired", "too long", "not be retried");

    // Behind it stands the mail that came back, which is no word of the server's.
    private static readonly PatternList Copy = Patterns.AnyOf(
        "below this line is a copy", "this is a copy of (?:the|your) message", "copy of (?:the|your) (?:original )?(?:message|mail)", "-{2,} ?(?:original|returned|forwarded|undelivered|the|your|unsent|start of|begin of) ?(?:message|mail|header|e-?mail|returned|copy)", "original message (?:headers?|follows|header)", "message headers? follow", "(?:returned|undelivered|unsent) message (?:follows|below|header)", "the (?:header|first|text|body|beginning) (?:of|lines of) the (?:original|message)", "en-?tetes? (?:du|de) message", "message d'origine", "ursprungliche (?:nachricht|mail|e-?mail|kopfzeilen)", "originalnachricht", "nachrichtenkopf", "kopie der (?:nachricht|e-?mail|mail)", "encabezados? del mensaje", "mensaje original", "messaggio originale", "intestazioni? (?:del|originali)", "oorspronkelijk(?:e)? (?:bericht|berichtkop)", "headers? of (?:the )?(?:original|message)", "-{3,} ?message header", "return-path ?: ?<", "dkim-signature ?:");

    private static readonly PatternList Beside = Patterns.AnyOf("postmaster", "contact", "support", "assistance", "help", "aide", "hilfe", "please send", "sender(?:'s)? address", "sender ?:", "from ?:", "mail from", "reporting-mta", "message-id", "reply-to", "return-path");

    public static bool SpeaksOfDelay(ReceivedMail mail) => SpeaksOfDelay(mail, Folded(Words(mail)));

    private static bool SpeaksOfDelay(ReceivedMail mail, string text) =>
        (DelaySubject.IsMatch(mail.FoldedSubject) || Delay.IsMatch(text)) && !GivenUp.IsMatch(text) && !GivenUp.IsMatch(mail.FoldedSubject);

    /// <returns>Null: this is no such notice.</returns>
    public static IReadOnlyList<RecipientReport>? Read(ReceivedMail mail)
    {
        var named = mail.Headers("X-Failed-Recipients").SelectMany(h => h.Split(',')).Select(Addresses.Of).OfType<string>().Take(ReadLimits.Rows).ToList();
        var words = Words(mail);
        var folded = Folded(words);
        var status = SmtpStatus.In(words);
        if (!IsNotice(mail, named.Count > 0, folded, status)) return null;

        var recipients = named.Count > 0 ? named : RecipientsIn(mail, words);
        var action = SpeaksOfDelay(mail, folded) ? ReportedAction.Delayed : ReportedAction.Failed;
        return [.. recipients.DefaultIfEmpty(null).Select(r => Row(r, action, words))];
    }

    /// <summary>The sentence or the server's reply about the recipient.</summary>
    public static string? ReasonOf(ReceivedMail mail, string? recipient) => BounceReason.In(Words(mail), recipient);

    /// <summary>A machine that delivers mail wrote this.</summary>
    public static bool IsFromDaemon(ReceivedMail mail) =>
        Daemons.Contains(mail.FromLocalPart) || mail.FromLocalPart.StartsWith("mailer-daemon", StringComparison.Ordinal) || mail.FromLocalPart.StartsWith("microsoftexchange", StringComparison.Ordinal)
        || DaemonName.IsMatch(SearchText.Normalise(mail.From?.Name));

    private static bool IsNotice(ReceivedMail mail, bool namesRecipients, string folded, SmtpStatus status)
    {
        var daemon = IsFromDaemon(mail);
        var subject = FailureSubject.IsMatch(mail.FoldedSubject) || (DelaySubject.IsMatch(mail.FoldedSubject) && daemon);
        var body = FailureBody.IsMatch(folded) || (status.Reply >= 400 && status.Enhanced is not null);
        var report = mail.ReportType == "delivery-status";
        if (namesRecipients || report) return daemon || subject || body || mail.HasNullSender || report;
        var answer = mail.Header("In-Reply-To") is not null || AnswerPrefix.IsMatch(mail.FoldedSubject);
        if (daemon) return subject || body || Delay.IsMatch(folded);
        return !answer && subject && (body || mail.HasNullSender) || mail.HasNullSender && body && status.Reply >= 400;
    }

    private static readonly Regex AnswerPrefix = Patterns.Of("^(?:re|aw|antw|sv|rif|res|r|tr|fwd?|wg|i) ?:");

    private static RecipientReport Row(string? recipient, ReportedAction action, string words)
    {
        var reason = BounceReason.In(words, recipient);
        var status = SmtpStatus.In(reason ?? words);
        if (status is { Enhanced: null, Reply: null }) status = SmtpStatus.In(words);
        var enhanced = status.Enhanced;
        var failed = action == ReportedAction.Failed;
        return new RecipientReport
        {
            Recipient = recipient,
            Action = action,
            Status = (failed && SmtpStatus.IsVague(enhanced) ? BounceVerdict.Implied(reason ?? words) : null) ?? enhanced,
            Reason = ReceivedMail.Line(reason, ReadLimits.ReasonLength) is { Length: > 0 } line ? line : null,
            Type = !failed ? null
                : reason is null && status is { Enhanced: null, Reply: null } ? BounceVerdict.WithoutReason(words)
                : BounceVerdict.Of(enhanced, status.Reply, reason ?? words),
        };
    }

    /// <summary>The addresses the notice is about: each at the head of its paragraph, or called a recipient by a sentence.</summary>
    private static List<string> RecipientsIn(ReceivedMail mail, string words)
    {
        var own = mail.Message.To.Mailboxes.Select(m => m.Address).Append(mail.FromAddress).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lines = words.Split('\n');
        var heads = lines.Select(Addresses.AtHead);
        var sentences = lines.Where(l => !Beside.IsMatch(SearchText.Normalise(l))).Select(Addresses.AsRecipient);
        var rest = lines.Where(l => !Beside.IsMatch(SearchText.Normalise(l))).SelectMany(Addresses.AllIn);
        foreach (var source in new[] { heads, sentences, rest })
        {
            var found = source.OfType<string>().Where(a => !own.Contains(a) && a.Length <= ReadLimits.NameLength && a.Contains('.', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).Take(ReadLimits.Rows).ToList();
            if (found.Count > 0) return found;
        }

        return [];
    }

    /// <summary>The notice's own words, up to the copy of the mail.</summary>
    private static string Words(ReceivedMail mail)
    {
        var kept = new List<string>();
        foreach (var line in mail.Text.Split('\n'))
        {
            var cut = (line.Length > ReadLimits.LineLength ? line[..ReadLimits.LineLength] : line).TrimEnd('\r', ' ');
            if (kept.Count > 0 && Copy.IsMatch(SearchText.Normalise(cut))) break;
            kept.Add(cut);
            if (kept.Count >= 400) break;
        }

        return string.Join('\n', kept);
    }

    private static string Folded(string words) => SearchText.Normalise(words);
}
