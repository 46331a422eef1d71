using InfluencerCrm.Core.Imports.Columns;

namespace InfluencerCrm.Core.Imports.Clippings;

/// <summary>What a column of a file of coverage can say.</summary>
public enum CoverageField
{
    PublishedAt,
    Title,
    Outlet,
    Author,
    Medium,
    Media,
    Language,
    Url,
    Excerpt,
    Sentiment,
    Reach,
    Engagement,
    Status,
    Campaign,
    Client,
    Competitor,
    Edition,
    Page,
    Duration,
}

/// <summary>The headings of press reviews and clipping services, French and English, and of this product's own export.</summary>
internal static class CoverageHeadings
{
    public static readonly HeadingTable<CoverageField> Table = new(
        (CoverageField.PublishedAt, "Published|Date de publication|Date|Published at|Publication date|Date published|Parution|Date de parution|Date de diffusion|Broadcast date|Air date|News date|Diffusé le|Publié le|Paru le"),
        (CoverageField.Title, "Title|Titre|Headline|News headline|Article|Titre de l'article|Article title|Sujet|Subject|Hit sentence|Accroche"),
        (CoverageField.Outlet, "Outlet|Média|Outlet name|Media outlet|Media name|Publication|Support|Titre de presse|Journal|Source|Source name|Nom du média|Site|Chaîne|Station"),
        (CoverageField.Author, "Author|Auteur|Authors|Auteurs|Journalist|Journaliste|Byline|Signature|Author name|Contact|By|Par|Influencer"),
        (CoverageField.Medium, "Medium|Type de média|Media type|Outlet type|Type|Canal|Channel|Type de support|Format|Nature"),
        (CoverageField.Media, "Media|Earned|Earned/paid|Nature du média|Media (earned)|PESO"),
        (CoverageField.Language, "Language|Langue|Sprache|Idioma|Lingua"),
        (CoverageField.Url, "Url|Lien|Link|Article url|Adresse|Web address|Permalink|Lien de l'article|Lien web|Article link"),
        (CoverageField.Excerpt, "Excerpt|Extrait|Summary|Résumé|Snippet|Texte|Text|Opening text|Citation|Quote|Contexte|Key quote"),
        (CoverageField.Sentiment, "Sentiment|Tonalité|Tone|Ton|Tonality"),
        (CoverageField.Reach, "Reach|Audience|Potential reach|Portée|Circulation|Tirage|Impressions|OTS|Readership|Unique visitors|UVPM|Audience reach|Visiteurs uniques"),
        (CoverageField.Engagement, "Engagement|Interactions|Shares|Partages|Social shares|Total engagement"),
        (CoverageField.Status, "Status|Statut|Validé|État"),
        (CoverageField.Campaign, "Campaign|Campagne|Project|Projet|Opération|Campaign name"),
        (CoverageField.Client, "Client|Company|Client mentioned|Marque|Brand|Société"),
        (CoverageField.Competitor, "Competitor|Concurrent|Competitors|Concurrents"),
        (CoverageField.Edition, "Edition|Édition|Section|Rubrique|Émission|Programme|Program"),
        (CoverageField.Page, "Page|Pages|Page number|N° de page"),
        (CoverageField.Duration, "Duration|Durée|Length|Seconds|Secondes"));
}
