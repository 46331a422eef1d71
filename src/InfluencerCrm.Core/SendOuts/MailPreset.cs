namespace InfluencerCrm.Core.SendOuts;

/// <summary>
/// A provider's server, and what it publishes that one account may send: a hard ceiling that no setting goes above. Where the contract or plan
/// decides (relays, Fastmail) there is no figure, since a wrong one would be no ceiling.
/// </summary>
/// <param name="Provider">Whose.</param>
/// <param name="Name">As the provider writes itself.</param>
/// <param name="Host">Empty: it depends on the region, so it has to be given.</param>
/// <param name="Port">Of that host.</param>
/// <param name="Security">How the connection is encrypted.</param>
/// <param name="MostPerMinute">Mails a minute, all of an account's; null: none published.</param>
/// <param name="MostPerDay">Mails in 24 hours; null: none published, or the plan's.</param>
/// <param name="TokenEndpoint">Where access tokens are fetched (RFC 6749), for providers that take them; null: it signs in by password.</param>
public sealed record MailPreset(MailProvider Provider, string Name, string? Host, int Port, SmtpSecurity Security, int? MostPerMinute = null, int? MostPerDay = null, string? TokenEndpoint = null)
{
    private const string Google = "https://oauth2.googleapis.com/token";

    private const string Microsoft = "https://login.microsoftonline.com/common/oauth2/v2.0/token";

    /// <summary>
    /// Where the figures are from. Gmail: "Gmail sending limits", 500 a day. Google Workspace: "Gmail sending limits in Google Workspace", 2,000 a day.
    /// Microsoft 365: "Exchange Online limits", 30 messages a minute and 10,000 recipients a day. Outlook.com: "Sending limits in Outlook.com",
    /// 1,000 recipients a day that one has not written with before, as journalists mostly are. OVHcloud: "MX Plan", 200 an hour, here 3 a minute and
    /// 4,800 a day. Infomaniak: "Daily sending limits", 1,440 in 24 hours for paid mail services.
    /// </summary>
    public static IReadOnlyList<MailPreset> All { get; } =
    [
        new(MailProvider.Gmail, "Gmail", "smtp.gmail.com", 587, SmtpSecurity.StartTls, MostPerDay: 500, TokenEndpoint: Google),
        new(MailProvider.GoogleWorkspace, "Google Workspace", "smtp.gmail.com", 587, SmtpSecurity.StartTls, MostPerDay: 2000, TokenEndpoint: Google),
        new(MailProvider.Microsoft365, "Microsoft 365", "smtp.office365.com", 587, SmtpSecurity.StartTls, 30, 10_000, Microsoft),
        new(MailProvider.OutlookCom, "Outlook.com", "smtp-mail.outlook.com", 587, SmtpSecurity.StartTls, MostPerDay: 1000, TokenEndpoint: Microsoft),
        new(MailProvider.OvhCloud, "OVHcloud", "ssl0.ovh.net", 465, SmtpSecurity.Tls, 3, 4800),
        new(MailProvider.Infomaniak, "Infomaniak", "mail.infomaniak.com", 465, SmtpSecurity.Tls, MostPerDay: 1440),
        new(MailProvider.Fastmail, "Fastmail", "smtp.fastmail.com", 465, SmtpSecurity.Tls),
        new(MailProvider.AmazonSes, "Amazon SES", null, 587, SmtpSecurity.StartTls),
        new(MailProvider.Brevo, "Brevo", "smtp-relay.brevo.com", 587, SmtpSecurity.StartTls),
        new(MailProvider.Mailjet, "Mailjet", "in-v3.mailjet.com", 587, SmtpSecurity.StartTls),
        new(MailProvider.Postmark, "Postmark", "smtp.postmarkapp.com", 587, SmtpSecurity.StartTls),
        new(MailProvider.SendGrid, "SendGrid", "smtp.sendgrid.net", 587, SmtpSecurity.StartTls),
    ];

    /// <summary>What an account sends where nobody says otherwise: a fifth below the ceiling, for the mails its owner writes by hand.</summary>
    public int? UsualPerMinute => Below(MostPerMinute);

    /// <summary>The same for 24 hours.</summary>
    public int? UsualPerDay => Below(MostPerDay);

    /// <summary>Null where the provider is none of these.</summary>
    public static MailPreset? Of(MailProvider? provider) => provider is { } known ? All.FirstOrDefault(p => p.Provider == known) : null;

    /// <summary>The pace that holds: what was set, else what is usual, and never more than the ceiling, whatever the row says.</summary>
    internal static int? Held(int? set, int? usual, int? most) => most is { } ceiling ? Math.Min(set ?? usual ?? ceiling, ceiling) : set;

    private static int? Below(int? most) => most is { } ceiling ? Math.Max(1, ceiling * 4 / 5) : null;
}
