namespace InfluencerCrm.Core.SendOuts;

/// <summary>Whose server a sender account uses; <see cref="MailPreset"/> knows its address and what it lets an account send.</summary>
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
