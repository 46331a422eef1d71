using System.Collections.Frozen;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>
/// The headings that are understood: French and English, and those of the exports of Google, Outlook, Thunderbird and the media
/// databases. Numbers in a heading do not count (<c>E-mail 2 - Value</c>). Private addresses and phones are left out on purpose.
/// </summary>
internal static class PersonHeadings
{
    private static readonly (PersonField Field, string Headings)[] Table =
    [
        (PersonField.DisplayName, "Display name|Full name|Nom complet|Nom affiché|Nom d'affichage|Contact name|Journalist name|Journaliste|Contact|Nom et prénom|Prénom et nom|Nom prénom|Prénom nom|Nom du contact|Nom du journaliste|Name and surname|Person|Personne|Author|Auteur|Autrice|Author name|File as|fn|Nom à afficher|Journalist|Influencer|Influenceur|Influencer name|Contact full name|Nom & prénom|Nom/prénom|Prénom/nom"),
        (PersonField.FirstName, "First name|Firstname|Given name|Forename|Prénom|Prenom|Vorname|Nombre de pila|Voornaam|Contact first name|Prénom du contact|Prénom journaliste|Prénom du journaliste|Christian name"),
        (PersonField.LastName, "Last name|Lastname|Surname|Family name|Nom de famille|Patronyme|Nachname|Familienname|Apellido|Apellidos|Cognome|Achternaam|Contact last name|Nom journaliste|Second name"),
        (PersonField.Email, "Email|E-mail|Mail|Email address|E-mail address|Adresse email|Adresse e-mail|Adresse mail|Adresse de messagerie|Adresse électronique|Courriel|Mél|Email value|E-mail value|Primary email|Secondary email|Email principal|E-mail principal|Email secondaire|Work email|Business email|Email professionnel|E-mail professionnel|Mail pro|Email pro|Email perso|Contact email|Journalist email|Pitch email|Correo electrónico|Indirizzo email|E-mailadres|Première adresse électronique|Adresse électronique principale|Adresse électronique secondaire|Emails|E-mails|Mails|Contact e-mail|Contact email address|Email du contact|Adresse courriel|Mail professionnel|Email address value|E-mail address value"),
        (PersonField.Phone, "Phone|Phone number|Telephone|Téléphone|Tél|Tel|N° de téléphone|Numéro de téléphone|Phone value|Mobile|Mobile phone|Mobile number|Portable|Téléphone portable|Téléphone mobile|Tél portable|Tél mobile|Cell|Cell phone|GSM|Work phone|Business phone|Primary phone|Direct phone|Direct line|Ligne directe|Téléphone fixe|Tél fixe|Téléphone professionnel|Téléphone bureau|Office phone|Contact phone|Telefon|Teléfono|Telefono|Telefoon|Téléphone principal|Tél professionnel|Tél bureau|Phones|Contact phone number|Telephone number|Mobile telephone|Téléphone direct|Tél direct|Numéro de portable|Phone number value"),
        (PersonField.Kind, "Kind|Type|Contact type|Type de contact|Genre de contact|Catégorie de contact|Influencer type|Profil|Profile type"),
        (PersonField.Outlet, "Outlet|Outlets|Outlet name|Media outlet|Media outlets|Outlet(s)|Média|Medias|Media|Media name|Nom du média|Support|Titre de presse|Publication|Publications|Rédaction|Journal|Organe|Company|Company name|Société|Entreprise|Organization|Organisation|Organization name|Organisation name|Employer|Medium|Testata|Medio|Redaktion|Primary outlet|Current outlet|Outlet(s) name|Média principal|Contact outlet|Medium name|Employeur|Firma|Zeitung|Nom du support"),
        (PersonField.Function, "Function|Fonction|Role|Rôle|Job title|Poste|Position|Contact title|Contact role|Organization title|Intitulé du poste|Métier|Qualité|Funktion|Cargo|Ruolo|Functie|Contact job title|Organization role|Outlet role|Job|Fonction du contact|Titre du poste|Organisation title"),
        (PersonField.Beat, "Beat|Beats|Rubrique|Rubriques|Section|Service|Desk|Ressort|Domaine|Coverage|Spécialité|Spécialités|Contact beat|Contact beats|Department|Organization department|Organisation department|Rubrique(s)|Service / rubrique"),
        (PersonField.Topics, "Topics|Topic|Subjects|Subject|Subject(s)|Sujets|Sujet|Thèmes|Thème|Thématiques|Thématique|Interests|Centres d'intérêt|Contact topics|Outlet/contact topics|Sectors|Secteurs|Themen|Contact subjects|Contact subject|Beats and topics|Areas of interest|Topics covered|Sujets traités|Thématique(s)|Centres d'intérêts"),
        (PersonField.Country, "Country|Pays|Country code|Code pays|Country/region|Pays/région|Country region|Address country|Work country|Business country|Business country/region|Pays (bureau)|Land|País|Paese|Pays/région (bureau)|Pays région bureau|Contact country|Outlet country|Address country/region|Country name"),
        (PersonField.City, "City|Ville|Town|Address city|Work city|Business city|Ville (bureau)|Localité|Location|Lieu|Stadt|Ort|Ciudad|Città|Stad|Contact city|Ville (professionnelle)|Location city|Outlet city"),
        (PersonField.Language, "Language|Langue|Languages|Language(s)|Langues|Preferred language|Langue préférée|Langue de contact|Sprache|Idioma|Lingua|Taal"),
        (PersonField.Tags, "Tags|Tag|Étiquettes|Étiquette|Libellés|Labels|Label|Group membership|Groups|Groupes|Groupe|Categories|Catégories|Mots-clés|Keywords|Lists|Listes|Tag list|Liste de tags|Media lists|Media list|Liste|Segments"),
        (PersonField.Bio, "Bio|Biography|Biographie|About|À propos|Profile|Présentation"),
        (PersonField.Notes, "Notes|Note|Remarques|Remarque|Commentaires|Commentaire|Comments|Comment|Observations|Description|Bemerkung|Notas|Opmerking|Contact notes|Pitching notes|Pitching profile|Notes de contact|Informations complémentaires"),
        (PersonField.Url, "Url|Website|Web site|Site web|Site internet|Site|Web page|Website value|Business web page|Page web|Contact url|Homepage|Lien|Link|Links|LinkedIn|LinkedIn url|LinkedIn profile|Profile url|Muck Rack url|Muck Rack profile|Contact website|Site web value|Organization website|Internet"),
        (PersonField.Blog, "Blog|Blog url|Adresse du blog|Blog name"),
        (PersonField.Twitter, "Twitter|Twitter handle|Compte twitter|X|X (Twitter)|X handle|Twitter account|Twitter username|Twitter url|Twitter profile|Twitter profile url|Twitter / X|X profile|Contact twitter"),
        (PersonField.DoNotContact, "Do not contact|Donotcontact|Do not email|Do not mail|Ne pas contacter|Ne plus contacter|Opt out|Opt-out|Optout|Email opt out|Has opted out of email|Opposition|Opposition RGPD|Désinscrit|Désinscription|Désabonné|Désabonnement|Unsubscribed|Unsubscribe|Unsubscribed at|Date de désinscription|STOP|Blacklist|Liste noire|Blocked|Bloqué|Do not contact reason|Motif d'opposition"),
        (PersonField.OptIn, "Opt in|Opt-in|Optin|Consent|Consentement|Consentement RGPD|Subscribed|Abonné|Inscrit|Accepte les mails|Accepts marketing|Email consent|Subscription status|Statut d'abonnement|Email status"),
        (PersonField.Source, "Source|Data source|Datasource|Origine|Origin|Provenance|Source des données"),
    ];

    private static readonly FrozenDictionary<string, PersonField> ByKey = Build();

    /// <summary>What a heading means alone is not always what it means beside others; see <see cref="ColumnMap"/>.</summary>
    public static readonly FrozenSet<string> Name = new[] { "name", "nom", "names", "noms", "naam", "nombre", "nome" }.ToFrozenSet();

    /// <summary>A job title, unless the file has a column for that: then it is "Mr" or "Mme".</summary>
    public static readonly FrozenSet<string> Title = new[] { "title", "titre", "profession", "occupation" }.ToFrozenSet();

    /// <summary>The headings of one field, for the message to one whose file has none of them.</summary>
    public static IEnumerable<string> Of(PersonField field) => Table.First(t => t.Field == field).Headings.Split('|');

    public static PersonField? Find(string key) =>
        ByKey.TryGetValue(key, out var field) || ByKey.TryGetValue(string.Concat(key.Where(c => !char.IsDigit(c))), out field) ? field : null;

    /// <summary>True for a text that would be understood as a heading.</summary>
    public static bool Knows(string heading)
    {
        var key = WordKey.Of(heading);
        return key.Length > 1 && (Name.Contains(key) || Title.Contains(key) || Find(key) is not null);
    }

    private static FrozenDictionary<string, PersonField> Build()
    {
        var fields = new Dictionary<string, PersonField>(StringComparer.Ordinal);
        foreach (var (field, headings) in Table)
        {
            foreach (var heading in headings.Split('|'))
            {
                fields.TryAdd(WordKey.Of(heading), field);
            }
        }

        return fields.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
