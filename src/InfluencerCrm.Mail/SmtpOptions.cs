using System.ComponentModel.DataAnnotations;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Mail;

/// <summary>A server that takes our mails: section <c>Mail:Smtp</c>, or made of a sender account that has a server of its own.</summary>
public sealed record SmtpOptions
{
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Signs in by XOAUTH2 instead of the password.</summary>
    public OAuthOptions OAuth { get; init; } = new();

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
