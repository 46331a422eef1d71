namespace InfluencerCrm.Core.SendOuts;

/// <summary>Whose server a sender account uses; its preset (<c>/api/mail-providers</c>) names the server and what it lets one account send.</summary>
public enum MailProvider
{
    /// <summary>Gmail without a company's domain.</summary>
    Gmail,

    /// <summary>Gmail with a company's domain.</summary>
    GoogleWorkspace,

    /// <summary>Exchange Online.</summary>
    Microsoft365,

    /// <summary>Outlook.com, Hotmail, Live.</summary>
    OutlookCom,

    /// <summary>OVHcloud MX Plan.</summary>
    OvhCloud,

    Infomaniak,

    Fastmail,

    /// <summary>Its host depends on the region and has to be given.</summary>
    AmazonSes,

    Brevo,

    Mailjet,

    Postmark,

    SendGrid,
}
