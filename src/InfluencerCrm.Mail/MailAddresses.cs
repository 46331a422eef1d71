using System.Buffers;
using System.Text;
using MimeKit;

namespace InfluencerCrm.Mail;

/// <summary>Addresses go into headers and SMTP commands, so they are refused rather than repaired; names are only shown, so they are repaired.</summary>
internal static class MailAddresses
{
    /// <summary>RFC 5321 §4.5.3.1.3: a path is 256 octets with its brackets.</summary>
    private const int MaxLength = 254;

    // Quoted local parts, comments, groups and routes are legal and unused; each of them is a way to smuggle a second address.
    private static readonly SearchValues<char> Refused = SearchValues.Create("()<>,;\\\"");

    /// <exception cref="ArgumentException">It is not one plain address; the parameter name says which.</exception>
    public static MailboxAddress Parse(string? name, string? address, string parameter) =>
        TryParse(name, address, out var mailbox) ? mailbox! : throw new ArgumentException("This is not an e-mail address.", parameter);

    /// <summary>Line breaks, NUL and other control characters become spaces: a header has one line.</summary>
    public static string OneLine(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
        }).Trim();
    }

    /// <summary>Only such an address needs SMTPUTF8 (RFC 6531); a domain outside ASCII travels as punycode.</summary>
    public static bool NeedsUtf8(MailboxAddress mailbox) => !Ascii.IsValid(mailbox.LocalPart);

    private static bool TryParse(string? name, string? address, out MailboxAddress? mailbox)
    {
        mailbox = null;
        if (string.IsNullOrEmpty(address) || address.Length > MaxLength || address.AsSpan().ContainsAny(Refused)) return false;
        foreach (var c in address)
            if (char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c)) return false;
        try
        {
            mailbox = new MailboxAddress(Encoding.UTF8, OneLine(name), address);
        }
        catch (ParseException)
        {
            return false;
        }

        var encoded = mailbox.GetAddress(idnEncode: true);
        var at = encoded.LastIndexOf('@');
        return at > 0 && at < encoded.Length - 1 && encoded.Length <= MaxLength && Ascii.IsValid(encoded.AsSpan(at));
    }
}
