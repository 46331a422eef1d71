using System.Text.RegularExpressions;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Mail.Reading;

/// <summary>What stands below a person's words: their signature, their telephone's, the company's warning.</summary>
internal static class Signatures
{
    /// <summary>A block longer than this below a closing is more than a signature.</summary>
    private const int Longest = 12;

    private static readonly Regex Mobile = Patterns.Of(
        @"^[<(\[ *_]*(?:(?:sent|send) (?:from|via|with|by|using) (?:my|a|the|mobile|mail|outlook|windows|yahoo|samsung|iphone|ipad|android|galaxy|blackberry|gmail|airmail|mailbox|proton|galaxy|\[)|from my (?:iphone|ipad|android|mobile|phone|samsung|blackberry)|envoye (?:de|a partir de|depuis|avec|via) (?:mon|ma|mes|un|une|l'|la|le|outlook|yahoo|proton|mail|iphone|my|\[)|(?:von|mit) (?:meinem|meiner|outlook|yahoo|iphone|der)[a-z0-9 -]* (?:gesendet|verschickt|versendet)|gesendet (?:von|mit|uber|aus) (?:meinem|meiner|outlook|mail|der|yahoo|iphone)|diese nachricht wurde von meine[mr] |enviado (?:desde|a traves|con|por|do) (?:mi|el|la|meu|outlook|yahoo|correo|iphone)|inviato (?:da|dal|con|tramite) (?:mio|il mio|iphone|ipad|outlook|yahoo|smartphone|cellulare|posta|libero)|(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via) (?:mijn|outlook|mail|blackberry|yahoo|iphone|een)|skickat fran min|sendt fra min|lahetetty|get outlook for|obtenir outlook pour|telechargez outlook|outlook fur (?:ios|android)|outlook voor|obtener outlook|scarica outlook|download outlook|enviado desde outlook|從我的|从我的).{0,200}$");

    private static readonly PatternList Disclaimer = Patterns.AnyOf(
        @"^(?:this|the) (?:e-?mail|message|communication|information)[a-z ,()/-]*(?:confidential|privileged|intended|contains?)", @"^(?:confidentiality|disclaimer|legal) (?:notice|note)", @"^(?:ce|le present|cet) (?:message|courriel|e-?mail)[a-z ,()/'-]*(?:confidentiel|destine|contien|etabli)", @"^(?:diese|die) (?:e-?mail|nachricht|information)[a-z ,()/-]*(?:vertraulich|enthalt|bestimmt)", @"^(?:este|el presente) (?:mensaje|correo)[a-z ,()/-]*(?:confidencial|dirig|contien)", @"^(?:questo|il presente) (?:messaggio|e-?mail)[a-z ,()/-]*(?:riservat|confidenzial|contien|destinat)", @"^(?:dit|deze) (?:bericht|e-?mail)[a-z ,()/-]*(?:vertrouwelijk|bestemd)",
        @"(?:think|consider the environment) before (?:you )?print", "pensez a l'environnement avant", "n'imprimer? ce (?:message|mail|courriel) que");

    private static readonly Regex Closing = Patterns.Of(
        @"^(?:(?:best|kind|warm|warmest|kindest|many|with)? ?(?:best )?(?:regards|wishes|thanks)|best|thanks|thank you|cheers|yours (?:sincerely|truly|faithfully)|sincerely|all the best|bien (?:cordialement|a (?:vous|toi))|(?:tres )?cordialement|cdlt|cdt|bien amicalement|amicalement|salutations(?: distinguees)?|merci(?: d'avance| beaucoup)?|a bientot|bonne (?:journee|soiree|semaine)|(?:mit )?(?:freundlichen?|besten?|herzlichen?|liebe|viele|schone|beste) gru(?:ss|ß)(?:en?)?|mfg|vg|lg|(?:un )?(?:cordial )?(?:saludos?|abrazo)(?: cordiales)?|atentamente|gracias|(?:cordiali|distinti|un cordiale) saluti?|saluti|grazie|a presto|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groeten?|mvg|bedankt)[ ,.!]*$");

    private static readonly PatternList Contact = Patterns.AnyOf(@"\+?\d[\d ().\-/]{7,}\d", @"[a-z0-9._%+\-]+@[a-z0-9.\-]+\.[a-z]{2,}", @"\b(?:https?://|www\.)", @"^(?:t|tel|telephone|phone|mobile|mob|m|p|fax|tlf|telefon|telefoon|cell|portable|port|gsm)\b ?[.:]", @"[a-z] \| [a-z]");

    /// <summary>The lines above the signature.</summary>
    public static IEnumerable<string> Above(IReadOnlyList<string> lines)
    {
        var end = lines.Count;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].TrimEnd();
            var folded = SearchText.Normalise(Quoted.Bare(line));
            if (line is "--" or "—" or "––" || lines[i].StartsWith("-- ", StringComparison.Ordinal) && line.Length <= 3 || Mobile.IsMatch(folded) || Disclaimer.IsMatch(folded))
            {
                end = i;
                break;
            }
        }

        return lines.Take(ByForm(lines, end));
    }

    /// <summary>Below a closing the name stays; what follows it goes if it holds a telephone number, an address or the like.</summary>
    private static int ByForm(IReadOnlyList<string> lines, int end)
    {
        for (var i = end - 1; i >= 0 && i >= end - (2 * Longest); i--)
        {
            if (!Closing.IsMatch(SearchText.Normalise(lines[i]))) continue;
            var below = Enumerable.Range(i + 1, end - i - 1).Where(l => lines[l].Trim().Length > 0).ToList();
            return below.Count is > 1 and <= Longest && below.Skip(1).Any(l => Contact.IsMatch(SearchText.Normalise(lines[l]))) && below.TrueForAll(l => lines[l].Length <= 120)
                ? below[0] + 1
                : end;
        }

        return end;
    }
}
