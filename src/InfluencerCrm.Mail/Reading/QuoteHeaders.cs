using System.Text.RegularExpressions;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Mail.Reading;

/// <summary>The lines that programs put before the mail that is answered: "On … wrote:", a separator, a block of headers.</summary>
internal static class QuoteHeaders
{
    /// <summary>A header broken over more lines than these is none.</summary>
    private const int Lines = 4;

    private static readonly PatternList Wrote = Patterns.AnyOf(
        @"^(?:on|at|in) .*\d.*\b(?:wrote|writes|said)(?: ?:)?$", @"^(?:le|en date du|a la date du) .*\d.*\b(?:a|ont|avez|as) ecrit(?: ?:)?$", @"^(?:le|en date du) .*\d.*\becri(?:vait|t|vit) ?:?$", @"^(?:am|den|vom|um) .*\d.*\b(?:schrieb|geschrieben|hat)\b.*:?$", @"^(?:el|en) .*\d.*\b(?:escribio|ha escrito|escribia)(?: ?:)?$", @"^(?:il giorno|il|in data|nel) .*\d.*\b(?:ha scritto|scrisse|ha inviato)(?: ?:)?$", @"^(?:op|de) .*\d.*\b(?:schreef|geschreven)\b.*:?$",
        @"^(?:em|no dia|a) .*\d.*\bescreveu(?: ?:)?$", @"^(?:den|d\.|pa|kl) .*\d.*\bskrev\b.*:?$", @"^(?:w dniu|dnia) .*\d.*\bnapisal.*:?$", @"^dne .*\d.*\bnapsal.*:?$", @"^.*\d{4}.*<[^ ]+@[^ ]+>.*:$", @"^\d{1,4}[-./ ].{0,160}(?:wrote|a ecrit|schrieb|escribio|ha scritto|schreef|skrev|kirjoitti|napisal|пишет|писал|написал)[a-zа-я()/]*(?: .{0,120})?:?$",
        @"^.{0,120}<[^ ]+@[^ ]+>,? ?(?:wrote|writes|a ecrit|schrieb|escribio|ha scritto|schreef|skrev|escreveu|kirjoitti|написал|пишет).{0,80}:?$", @"^""?.{2,80}""? (?:wrote|a ecrit|schrieb|escribio|ha scritto|schreef) (?:on|le|am|el|il|op) .*\d.*:$", @"^.{0,100}(?:写道|写到|寫道|のメール|さんは書きました).{0,10}[:：]?$");

    // A date and who, without a word: a header only where quoted lines follow.
    private static readonly Regex DateAndWho = Patterns.Of(@"^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b.{0,160}<[^ ]+@[^ ]+>:?$");

    // Who wrote, without a date: the same.
    private static readonly Regex WhoWrote = Patterns.Of(@"^.{2,160}\b(?:wrote|writes|said|a ecrit|ont ecrit|schrieb|escribio|ha scritto|schreef|skrev|escreveu)(?: .{0,60})?:$");

    private static readonly Regex WroteStart = Patterns.Of(@"^(?:on|at|le|am|den|vom|el|il|il giorno|in data|op|em|w dniu|dne|en date du|\d{1,4}[-./]\d).{0,200}");

    private static readonly Regex Separator = Patterns.Of(
        @"^[-_=~* ]{2,}(?:original (?:message|e-?mail|mail|appointment)|(?:message|e-?mail|mail|courriel) (?:d'origine|original|initial|transfere|reexpedie)|(?:ursprungliche|original|weitergeleitete) ?(?:nachricht|mail|e-?mail)(?: (?:von|ende).*)?|originalnachricht|mensaje (?:original|reenviado)|correo original|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|forwarded message|begin forwarded message|reply message|debut du message (?:reexpedie|transfere)|mensagem original|ursprungligt meddelande|original ?message ?/.*|original meddelelse|исходное сообщение)[-_=~* :]*$");

    private static readonly Regex Forwarded = Patterns.Of(@"^(?:begin forwarded message|debut du message (?:reexpedie|transfere)|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato|inicio del mensaje reenviado)[ :]*$");

    private static readonly Regex Label = Patterns.Of(@"^[*_ ]*(from|de|von|da|van|fra|od|от|sent|date|envoye|envoye le|gesendet|gesendet am|datum|enviado|enviado el|fecha|inviato|data|verzonden|verzonden op|skickat|to|a|an|para|aan|till|cc|bcc|kopie|copie|copia|subject|objet|betreff|asunto|oggetto|onderwerp|amne|reply-to|importance)[* _]*:[*_ ]*.*$");
    private static readonly HashSet<string> Senders = new(StringComparer.Ordinal) { "from", "de", "von", "da", "van", "fra", "od", "от" };
    private static readonly HashSet<string> Dates = new(StringComparer.Ordinal) { "sent", "date", "envoye", "envoye le", "gesendet", "gesendet am", "datum", "enviado", "enviado el", "fecha", "inviato", "data", "verzonden", "verzonden op", "skickat" };

    /// <summary>How many lines the header that begins here takes; 0: none does.</summary>
    public static int At(IReadOnlyList<string> lines, int at)
    {
        var first = Fold(lines[at]);
        if (first.Length == 0) return 0;
        if (Separator.IsMatch(first) || Forwarded.IsMatch(first) || IsBlock(lines, at)) return 1;
        if (Wrote.IsMatch(first) || ((DateAndWho.IsMatch(first) || WhoWrote.IsMatch(first)) && Quoted.Follow(lines, at + 1))) return 1;
        if (!WroteStart.IsMatch(first)) return 0;
        var joined = first;
        for (var more = 1; more < Lines && at + more < lines.Count; more++)
        {
            var next = Fold(lines[at + more]);
            if (next.Length == 0 || IsSentence(joined)) return 0;
            joined += " " + next;
            if (joined.Length <= 500 && joined.EndsWith(':') && Wrote.IsMatch(joined)) return more + 1;
        }

        return 0;
    }

    // A first line that ends like a sentence is the person's own.
    private static bool IsSentence(string line) => line.EndsWith('.') || line.EndsWith('?') || line.EndsWith('!');

    /// <summary>From and date, subject or recipient in the lines that follow: as Outlook writes it.</summary>
    private static bool IsBlock(IReadOnlyList<string> lines, int at)
    {
        var labels = new List<string>();
        for (var i = at; i < lines.Count && i < at + 10 && labels.Count < 4; i++)
        {
            var line = Fold(lines[i]);
            var match = Label.Match(line);
            if (match.Success) labels.Add(match.Groups[1].Value);
            else if (i == at || (line.Length > 0 && labels.Count == 0)) return false;
        }

        // Some put the date or the subject first.
        return labels.Count >= 3 && (Senders.Contains(labels[0]) || (labels.Exists(Senders.Contains) && labels.Exists(Dates.Contains)));
    }

    private static string Fold(string line) => SearchText.Normalise(Quoted.Bare(line));
}
