using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>Section <c>Mail:Inbox</c>: the IMAP account that replies and reports come to. Off while <see cref="Host"/> is empty.</summary>
public sealed record InboxOptions
{
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 993;

    [StringLength(320)]
    public string? UserName { get; init; }

    public string? Password { get; init; }

    public InboxSecurity Security { get; init; } = InboxSecurity.Auto;

    /// <summary>File (PEM) with the authority that signed the server's certificate, where that is a company's own; it is trusted for this server only.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Seconds between two looks where the server cannot say that a mail came (IDLE, RFC 2177).</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; init; } = 60;

    /// <summary>Seconds until the next look where the server can: some say they can and then stay silent, and all close a connection that idles for 30 minutes.</summary>
    [Range(1, 1700)]
    public int IdleSeconds { get; init; } = 240;

    /// <summary>Puts a copy of each mail that left by SMTP into the account's folder of sent mails, unless its provider has done so.</summary>
    public bool KeepSent { get; init; } = true;

    /// <summary>Signs in by XOAUTH2 instead of the password.</summary>
    public OAuthOptions OAuth { get; init; } = new();

    internal bool IsSet => !string.IsNullOrWhiteSpace(Host);
}

/// <summary>How the connection to the server is encrypted.</summary>
public enum InboxSecurity
{
    /// <summary>Never; refused unless the server is this machine, because the password would travel openly.</summary>
    None,

    /// <summary>TLS from the first byte on port 993, elsewhere STARTTLS if the server offers it. The password is not sent if it does not.</summary>
    Auto,

    /// <summary>STARTTLS, and nothing is sent without it.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}
