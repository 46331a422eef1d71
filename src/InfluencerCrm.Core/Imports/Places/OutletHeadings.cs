using InfluencerCrm.Core.Imports.Columns;

namespace InfluencerCrm.Core.Imports.Places;

/// <summary>What a column of a file of outlets can say.</summary>
public enum OutletField
{
    Name,
    Kind,
    Parent,
    Unit,
    Scope,
    Country,
    Language,
    TimeZone,
    Url,
    Feed,
    Email,
    Phone,
    Audience,
    AudienceSource,
    Periodicity,
    ClosingDay,

    /// <summary>Who writes it: becomes a person who works there.</summary>
    Author,
}

/// <summary>The headings of files of outlets, French and English, and those of OPML.</summary>
internal static class OutletHeadings
{
    public static readonly HeadingTable<OutletField> Table = new(
        (OutletField.Name, "Outlet|Média|Name|Nom|Outlet name|Nom du média|Media|Media name|Media outlet|Medias|Support|Titre|Title|Titre de presse|Publication|Journal|Organe|Blog|Blog name|Site|Medium|Testata|Medio"),
        (OutletField.Kind, "Kind|Type|Outlet type|Type de média|Media type|Type de support|Format|Genre|Nature|Catégorie|Category|Catégorie de média"),
        (OutletField.Parent, "Parent|Parent outlet|Média parent|Group|Groupe|Owner|Éditeur|Publisher|Part of|Fait partie de"),
        (OutletField.Unit, "Unit|Unité|Desk|Section|Édition|Edition|Supplément|Supplement|Programme|Program|Émission"),
        (OutletField.Scope, "Scope|Portée|Reach area|Zone de diffusion|Coverage area|Échelle|Diffusion géographique|Scope of coverage"),
        (OutletField.Country, "Country|Pays|Country code|Code pays|Country/region|Pays/région|Land|País|Paese"),
        (OutletField.Language, "Language|Langue|Languages|Langues|Sprache|Idioma|Lingua|Taal"),
        (OutletField.TimeZone, "Time zone|Fuseau horaire|Timezone|Fuseau|TZ"),
        (OutletField.Url, "Website|Site web|Url|Web site|Site internet|Web|Web page|Page web|Homepage|Lien|Adresse du site|Html url"),
        (OutletField.Feed, "Feed|Flux|Feed url|Flux RSS|RSS|RSS feed|Atom|Xml url|Fil RSS|Adresse du flux"),
        (OutletField.Email, "Email|E-mail|Mail|Email address|Adresse e-mail|Adresse mail|Courriel|Contact email|Email rédaction|E-mail de la rédaction|Newsroom email"),
        (OutletField.Phone, "Phone|Téléphone|Telephone|Tél|Tel|Phone number|Standard|Numéro de téléphone"),
        (OutletField.Audience, "Audience|Tirage|Circulation|Reach|Readership|Lectorat|Diffusion|Visitors|Visiteurs|Visiteurs uniques|UVPM|Unique visitors|Listeners|Auditeurs|Subscribers|Abonnés|Followers|Monthly visits"),
        (OutletField.AudienceSource, "Audience source|Source d'audience|Source de l'audience|Circulation source|Mesure"),
        (OutletField.Periodicity, "Periodicity|Périodicité|Frequency|Fréquence|Parution|Publishing frequency"),
        (OutletField.ClosingDay, "Closing day|Bouclage|Jour de bouclage|Deadline|Copy deadline"),
        (OutletField.Author, "Author|Auteur|Authors|Auteurs|Writer|Blogger|Blogueur|Editor|Rédacteur en chef"));
}
