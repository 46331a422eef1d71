using System.Collections.Frozen;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// Tells an address of a newsroom or a function, which several people may share, from a person's own. In doubt it says shared:
/// taking a shared address for a person's would make one of twelve people.
/// </summary>
public static class RoleAddress
{
    /// <summary>Shared wherever they stand: <c>redaction@</c>, <c>redaction-lyon@</c>, <c>lyon.redaction@</c>.</summary>
    private static readonly FrozenSet<string> Newsrooms = new[]
    {
        "redaction", "redac", "redaktion", "redactie", "redazione", "redaccion", "redacao", "newsroom", "newsdesk", "desk", "secretariat",
        "sekretariat", "segreteria", "secretaria",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Shared at the beginning: <c>info@</c>, <c>presse.nord@</c>; at the end they may be a family name.</summary>
    private static readonly FrozenSet<string> Functions = new[]
    {
        "abonnement", "abonnements", "abuse", "accueil", "actu", "actualites", "admin", "administration", "agenda", "annonces", "aboservice",
        "bonjour", "bureau", "ciao", "com", "communication", "communications", "communique", "communiques", "contact", "contacto", "contacts",
        "contatti", "contatto", "comunicazione", "comunicacion", "culture", "direction", "divers", "economie", "economia", "edito", "editor",
        "editorial", "editors", "emploi", "enquiries", "enquiry", "events", "feedback", "hallo", "hello", "help", "helpdesk", "hi", "hola",
        "hostmaster", "info", "infos", "informacion", "information", "informations", "informatie", "informazioni", "inquiries", "jobs", "kontakt",
        "leserbriefe", "lokales", "lokalredaktion", "mail", "mailbox", "magazine", "marketing", "media", "medias", "medien", "news", "newsletter",
        "nieuws", "noreply", "nachrichten", "notizie", "noticias", "office", "partenariat", "partenariats", "partnerships", "pers", "persdienst",
        "photo", "photos", "politik", "politique", "postmaster", "pr", "prensa", "presse", "presseinfo", "press", "pressoffice", "presseservice",
        "production", "programme", "publicite", "pub", "reception", "recrutement", "rp", "sales", "salut", "science", "sciences", "service",
        "servicepresse", "serviceclient", "societe", "sport", "sports", "stampa", "standard", "studio", "support", "sviluppo", "team", "tips",
        "tipps", "uffcio", "ufficio", "ufficiostampa", "verlag", "vertrieb", "wirtschaft", "webmaster", "web", "welcome",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NewsroomWords = Newsrooms.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FunctionWords = Functions.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsShared(string? address)
    {
        var text = (address ?? "").AsSpan().Trim();
        var at = text.LastIndexOf('@');
        if (at <= 0)
        {
            return false;
        }

        var local = text[..at];
        var plus = local.IndexOf('+');
        local = plus > 0 ? local[..plus] : local;
        var first = true;
        while (!local.IsEmpty)
        {
            var end = local.IndexOfAny('.', '-', '_');
            var word = (end < 0 ? local : local[..end]).TrimEnd("0123456789");
            if (NewsroomWords.Contains(word) || (first && FunctionWords.Contains(word)) || (first && word.StartsWith("noreply", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }

            // no-reply, ne-pas-repondre, do-not-reply, la-redaction: a short word says nothing yet.
            first = first && word.Length <= 2 && FunctionStart(word);
            local = end < 0 ? default : local[(end + 1)..];
        }

        return text[..at] is "no-reply" or "ne-pas-repondre" or "do-not-reply" or "donotreply";
    }

    private static bool FunctionStart(ReadOnlySpan<char> word) => word is "" or "la" or "le" or "die" or "de" or "il";
}
