using System.ComponentModel.DataAnnotations;
using System.Net;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Mail.Dns;
using InfluencerCrm.Mail.Inbox;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail;

/// <summary>Stops the start with sentences that name the setting and the way out.</summary>
public sealed class MailOptionsRules : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. Annotations(options, "Mail"), .. Annotations(options.Smtp, "Mail__Smtp"), .. Sender(options), .. Server(options), .. Signature(options.Dkim), .. Annotations(options.Dns, "Mail__Dns"), .. Resolvers(options.Dns), .. Annotations(options.Inbox, "Mail__Inbox"), .. Mailbox(options.Inbox)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>True when the host is this machine, where nobody listens on the wire.</summary>
    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static IEnumerable<string> Annotations(object section, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(section, new ValidationContext(section), results, validateAllProperties: true);
        return results.Select(r => $"{path}__{r.MemberNames.FirstOrDefault()}: {r.ErrorMessage}");
    }

    private static IEnumerable<string> Sender(MailOptions options)
    {
        if (!Enum.IsDefined(options.Transport)) yield return "Mail__Transport must be Pickup or Smtp.";
        if (string.IsNullOrWhiteSpace(options.FromAddress))
        {
            if (options.Transport == MailTransportKind.Smtp)
                yield return "Mail__Transport is Smtp, but Mail__FromAddress is empty: give the address that mails come from.";
        }
        else if (!AddressKey.TryParse(options.FromAddress, out _, out var reason))
        {
            yield return $"Mail__FromAddress is not an e-mail address that mails can come from: {reason}";
        }
    }

    private static IEnumerable<string> Server(MailOptions options)
    {
        if (options.Transport != MailTransportKind.Smtp) yield break;
        var smtp = options.Smtp;
        if (!Enum.IsDefined(smtp.Security)) yield return "Mail__Smtp__Security must be None, Auto, StartTls or Tls.";
        if (string.IsNullOrWhiteSpace(smtp.Host))
        {
            yield return "Mail__Transport is Smtp, but Mail__Smtp__Host is empty: name the mail server, or set Mail__Transport to Pickup.";
            yield break;
        }

        if (!string.IsNullOrEmpty(smtp.CertificateAuthorityPath) && ServerCertificates.FindFault(smtp.CertificateAuthorityPath) is { } fault)
            yield return $"Mail__Smtp__CertificateAuthorityPath: {fault}";
        foreach (var reason in Tokens(smtp.OAuth, "Mail__Smtp__OAuth")) yield return reason;
        if (smtp.OAuth.IsSet && string.IsNullOrEmpty(smtp.UserName))
            yield return "Mail__Smtp__OAuth__TokenEndpoint is set: give Mail__Smtp__UserName too, the account that access tokens are for.";
        else if (!smtp.OAuth.IsSet && string.IsNullOrEmpty(smtp.UserName) != string.IsNullOrEmpty(smtp.Password))
            yield return "Mail__Smtp__UserName and Mail__Smtp__Password belong together: give both or none.";
        if (smtp.Security == SmtpSecurity.None && !string.IsNullOrEmpty(smtp.UserName) && !IsLoopback(smtp.Host))
            yield return "Mail__Smtp__Security is None and Mail__Smtp__UserName is set: the password would travel unencrypted. Use StartTls or Tls, or remove the credentials.";
    }

    private static IEnumerable<string> Mailbox(InboxOptions inbox)
    {
        if (!inbox.IsSet) yield break;
        if (!Enum.IsDefined(inbox.Security)) yield return "Mail__Inbox__Security must be None, Auto, StartTls or Tls.";
        if (string.IsNullOrEmpty(inbox.UserName) || (string.IsNullOrEmpty(inbox.Password) && !inbox.OAuth.IsSet))
            yield return "Mail__Inbox__Host is set: give Mail__Inbox__UserName and Mail__Inbox__Password too, or remove the host to do without the mailbox.";
        foreach (var fault in Tokens(inbox.OAuth, "Mail__Inbox__OAuth")) yield return fault;
        if (!string.IsNullOrEmpty(inbox.CertificateAuthorityPath) && ServerCertificates.FindFault(inbox.CertificateAuthorityPath) is { } unreadable)
            yield return $"Mail__Inbox__CertificateAuthorityPath: {unreadable}";
        if (inbox.Security == InboxSecurity.None && !IsLoopback(inbox.Host!))
            yield return "Mail__Inbox__Security is None: the password would travel unencrypted. Use Tls or StartTls.";
    }

    private static IEnumerable<string> Tokens(OAuthOptions oauth, string section)
    {
        if (!oauth.IsSet) yield break;
        if (!Uri.TryCreate(oauth.TokenEndpoint, UriKind.Absolute, out var endpoint) || !(endpoint.Scheme == "https" || (endpoint.Scheme == "http" && IsLoopback(endpoint.Host))))
            yield return $"{section}__TokenEndpoint must be an https address: the refresh token travels to it.";
        if (string.IsNullOrEmpty(oauth.ClientId) || string.IsNullOrEmpty(oauth.RefreshToken))
            yield return $"{section}__TokenEndpoint is set: give {section}__ClientId and {section}__RefreshToken too.";
    }

    private static IEnumerable<string> Resolvers(DnsOptions dns)
    {
        if (!dns.HasValidServers) yield return "Mail__Dns__Servers must be addresses with commas between, such as 10.0.0.53,127.0.0.1:5353; leave it out to ask the system's name servers.";
    }

    private static IEnumerable<string> Signature(DkimOptions dkim)
    {
        if (!dkim.IsSet) yield break;
        if (!dkim.IsWhole)
        {
            yield return "Mail__Dkim__Domain, Mail__Dkim__Selector and Mail__Dkim__PrivateKeyPath belong together: give all three or none.";
            yield break;
        }

        if (DkimKey.FindFault(dkim.PrivateKeyPath!) is { } fault) yield return $"Mail__Dkim__PrivateKeyPath: {fault}";
        if (!dkim.HasSecond) yield break;
        if (!dkim.HasWholeSecond)
            yield return "Mail__Dkim__SecondSelector and Mail__Dkim__SecondPrivateKeyPath belong together: give both, or none to sign with one key.";
        else if (string.Equals(dkim.Selector, dkim.SecondSelector, StringComparison.OrdinalIgnoreCase))
            yield return "Mail__Dkim__SecondSelector must differ from Mail__Dkim__Selector: each key is published under a selector of its own.";
        else if (DkimKey.FindFault(dkim.SecondPrivateKeyPath!) is { } second)
            yield return $"Mail__Dkim__SecondPrivateKeyPath: {second}";
    }
}
