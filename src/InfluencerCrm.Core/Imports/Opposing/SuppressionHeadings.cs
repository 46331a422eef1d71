using InfluencerCrm.Core.Imports.Columns;

namespace InfluencerCrm.Core.Imports.Opposing;

/// <summary>What a column of a file of oppositions can say.</summary>
public enum SuppressionField
{
    Email,

    /// <summary>Why: an unsubscription, a bounce, a complaint.</summary>
    Reason,

    /// <summary>Whose news the person does not want; empty: anybody's.</summary>
    Client,

    /// <summary>When or where it was said.</summary>
    Source,

    /// <summary>"no" in it means that the row is no opposition: whole mailing lists are exported with such a column.</summary>
    OptOut,

    /// <summary>The opposite of it: only "no" in it is an opposition.</summary>
    OptIn,
}

/// <summary>The headings of lists of people who want no mail, as mailing tools export them, French and English.</summary>
internal static class SuppressionHeadings
{
    public static readonly HeadingTable<SuppressionField> Table = new(
        (SuppressionField.Email, "Email|E-mail|Address|Adresse|Email address|Adresse e-mail|Adresse mail|Adresse email|Mail|Courriel|Recipient|Destinataire|Suppressed address|E-mail address|Contact"),
        (SuppressionField.Reason, "Reason|Motif|Unsub reason|Raison|Cause|Suppression reason|Bounce type|Type|Motif d'opposition|Unsubscribe reason|Cleaned reason"),
        (SuppressionField.Client, "Client|Client name|Brand|Marque|Scope|Portée"),
        (SuppressionField.Source, "Source|Origine|Unsub time|Unsubscribed at|Date|Date de désinscription|Created|Created at|Origin|Campaign|Campagne|Unsub campaign title|Unsubscribe time|Suppressed at|Cleaned time"),
        (SuppressionField.OptOut, "Opt out|Désinscrit|Opt-out|Unsubscribed|Désabonné|Do not contact|Do not mail|Ne pas contacter|Opposition|Opposé|STOP|Email opt out|Has opted out of email|Status|Statut|Statut d'abonnement|Subscription status|Bounced|Blocked|Blacklisted"),
        (SuppressionField.OptIn, "Opt in|Consentement|Opt-in|Subscribed|Abonné|Inscrit|Consent|Accepte les mails|Accepts marketing"));
}
