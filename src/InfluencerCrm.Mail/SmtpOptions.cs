using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Mail;

/// <summary>Section <c>Mail:Smtp</c>: the server that takes our mails.</summary>
public sealed record SmtpOptions
{
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public SmtpSecurity Security { get; init; } = SmtpSecurity.Auto;

    /// <summary>
    /// File (PEM) with the authority that signed the server's certificate, where that is a company's own; it is trusted for this server only. A
    /// certificate for another name, or one that has expired, is refused all the same.
    /// </summary>
    public string? CertificateAuthorityPath { get; init; }

    [Range(1, 100)]
    public int MaxConnections { get; init; } = 4;

    /// <summary>What the account may send; null: no limit of ours.</summary>
    [Range(1, 1_000_000)]
    public int? MessagesPerMinute { get; init; }
}

/// <summary>How the connection to the server is encrypted.</summary>
public enum SmtpSecurity
{
    /// <summary>Never; for a relay on this machine or in a closed network. Credentials are refused unless the server is this machine.</summary>
    None,

    /// <summary>TLS from the first byte on port 465, elsewhere STARTTLS if the server offers it. Credentials are not sent if it does not.</summary>
    Auto,

    /// <summary>STARTTLS, and nothing is sent without it.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}
