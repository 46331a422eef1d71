using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.Options;
using MimeKit;

namespace InfluencerCrm.Mail;

/// <summary>
/// Writes mails with MimeKit. What people wrote (names, subjects, file names) is repaired: control characters become spaces.
/// What programs hand over (addresses, Message-ID, language, unsubscribe address) is refused with an <see cref="ArgumentException"/>
/// that names the member, so no value can add a header or a recipient. Bodies are 7-bit safe, so a mail fits every server as it is signed.
/// </summary>
public sealed partial class MailComposer : IMailComposer
{
    /// <summary>RFC 5322 §2.1.1 allows 998 characters a line; this leaves room for the header's name.</summary>
    private const int MaxUrlLength = 900;

    /// <summary>RFC 5322 §2.1.1 recommends it; longer lines are wrapped by quoted-printable.</summary>
    private const int MaxTextLine = 78;

    // RFC 8058 §4 asks for both List-Unsubscribe headers under the signature.
    private static readonly string[] SignedHeaders =
    [
        "From", "Reply-To", "To", "Subject", "Date", "Message-Id", "In-Reply-To", "References",
        "MIME-Version", "Content-Type", "Content-Language", "List-Unsubscribe", "List-Unsubscribe-Post",
    ];

    // Named once more than they occur, so that nobody adds a second one under our signature (RFC 6376 §8.15).
    private static readonly string[] OversignedHeaders = ["From", "To", "Subject", "Date"];

    public MailComposer(IOptions<MailOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Keys = DkimKey.ReadAll(options.Value.Dkim);
    }

    /// <summary>What signs each mail; empty where the mail server does.</summary>
    internal IReadOnlyList<DkimKey> Keys { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An address, the Message-ID, the language or the unsubscribe address is not well-formed.</exception>
    public ReadOnlyMemory<byte> Compose(OutgoingMail mail)
    {
        using var composed = Build(mail);
        using var stream = new MemoryStream();
        composed.Message.WriteTo(composed.Format, stream);
        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }

    /// <summary>The finished message; writing it with its own format gives the bytes of <see cref="Compose"/>.</summary>
    internal ComposedMail Build(OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var from = MailAddresses.Parse(mail.FromName, mail.FromAddress, nameof(mail.FromAddress));
        var to = MailAddresses.Parse(mail.ToName, mail.ToAddress, nameof(mail.ToAddress));
        var envelopeFrom = MailAddresses.Parse(null, mail.EnvelopeFrom, nameof(mail.EnvelopeFrom));
        var replyTo = string.IsNullOrEmpty(mail.ReplyTo) ? null : MailAddresses.Parse(null, mail.ReplyTo, nameof(mail.ReplyTo));
        var date = new DateTimeOffset(mail.Date.Kind == DateTimeKind.Local ? mail.Date.ToUniversalTime() : DateTime.SpecifyKind(mail.Date, DateTimeKind.Utc));

        var message = new MimeMessage { Date = date, Subject = MailAddresses.OneLine(mail.Subject), MessageId = MessageId(mail.InternetMessageId) };
        message.From.Add(from);
        message.To.Add(to);
        if (replyTo is not null) message.ReplyTo.Add(replyTo);
        AddThread(message, mail);
        AddUnsubscribe(message, mail.UnsubscribeUrl);
        message.Body = Body(mail);
        if (!string.IsNullOrEmpty(mail.Language)) message.Body.Headers.Add(HeaderId.ContentLanguage, Language(mail.Language));
        message.Prepare(EncodingConstraint.SevenBit);

        var utf8 = MailAddresses.NeedsUtf8(from) || MailAddresses.NeedsUtf8(to) || MailAddresses.NeedsUtf8(envelopeFrom)
            || (replyTo is not null && MailAddresses.NeedsUtf8(replyTo));
        var format = new FormatOptions { NewLineFormat = NewLineFormat.Dos, EnsureNewLine = true, International = utf8 };
        if (!utf8) EncodeTexts(message, from, to);
        if (Keys.Count > 0) Sign(message, format, date);
        return new ComposedMail(message, format, envelopeFrom, to);
    }

    private static void EncodeTexts(MimeMessage message, MailboxAddress from, MailboxAddress to)
    {
        if (EncodedWords.IsNeeded(message.Subject!)) SetRaw(message, HeaderId.Subject, EncodedWords.Encode(message.Subject!, "Subject: ".Length));
        EncodeName(message, HeaderId.From, from);
        EncodeName(message, HeaderId.To, to);
    }

    private static void EncodeName(MimeMessage message, HeaderId id, MailboxAddress mailbox)
    {
        if (mailbox.Name is not { } name || !EncodedWords.IsNeeded(name)) return;
        SetRaw(message, id, $"{EncodedWords.Encode(name, "From: ".Length)}\r\n <{mailbox.GetAddress(idnEncode: true)}>");
    }

    private static void SetRaw(MimeMessage message, HeaderId id, string value) =>
        message.Headers[message.Headers.IndexOf(id)].SetRawValue(Encoding.ASCII.GetBytes($" {value}\r\n"));

    private void Sign(MimeMessage message, FormatOptions format, DateTimeOffset date)
    {
        string[] headers =
        [
            .. SignedHeaders.Where(h => message.Headers.Contains(h) || message.Body!.Headers.Contains(h)),
            .. OversignedHeaders,
        ];
        foreach (var key in Keys) key.SignerAt(date).Sign(format, message, headers);
    }

    private static MimeEntity Body(OutgoingMail mail)
    {
        var boundary = Boundary(mail.InternetMessageId);
        var alternative = new MultipartAlternative { Boundary = boundary + "a" };
        alternative.Add(Text("plain", mail.TextBody));
        alternative.Add(Text("html", mail.HtmlBody));
        if (mail.Attachments.Count == 0) return alternative;

        var mixed = new Multipart("mixed") { Boundary = boundary + "m" };
        mixed.Add(alternative);
        foreach (var attachment in mail.Attachments) mixed.Add(Attachment(attachment));
        return mixed;
    }

    private static TextPart Text(string subtype, string text)
    {
        // Line ends must be CRLF before they are encoded: base64 would keep them as they are (RFC 2046 §4.1.1).
        var lines = text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        if (!lines.EndsWith("\r\n", StringComparison.Ordinal)) lines += "\r\n";
        var part = new TextPart(subtype);
        part.SetText(Encoding.UTF8, lines);
        part.ContentTransferEncoding = TextEncoding(lines);
        return part;
    }

    /// <summary>Readable up to twice the size, which is any Latin script: filters distrust text in base64.</summary>
    private static ContentEncoding TextEncoding(string lines)
    {
        if (Ascii.IsValid(lines) && lines.Split("\r\n").All(l => l.Length <= MaxTextLine)) return ContentEncoding.SevenBit;
        var bytes = Encoding.UTF8.GetByteCount(lines);
        var outsideAscii = bytes - lines.Count(char.IsAscii);
        return bytes + (2 * outsideAscii) <= bytes * 2 ? ContentEncoding.QuotedPrintable : ContentEncoding.Base64;
    }

    private static MimePart Attachment(MailAttachment attachment)
    {
        var content = MemoryMarshal.TryGetArray(attachment.Content, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(attachment.Content.ToArray(), writable: false);
        var name = MailAddresses.OneLine(attachment.FileName);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return new MimePart(AttachmentType(attachment.MediaType))
        {
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(content),
            FileName = name.Length == 0 ? "attachment" : name,
        };
    }

    private static ContentType AttachmentType(string mediaType)
    {
        // multipart/* and message/* may not be base64 (RFC 2045 §6.4), and a wrong type must not stop a mail.
        if (Ascii.IsValid(mediaType) && ContentType.TryParse(mediaType, out var type)
            && !type.IsMimeType("multipart", "*") && !type.IsMimeType("message", "*"))
            return type;
        return new ContentType("application", "octet-stream");
    }

    private static void AddThread(MimeMessage message, OutgoingMail mail)
    {
        // Ids of other people's mails: one that is no msg-id is left out, because the reply matters more than the thread.
        foreach (var id in mail.References)
            if (MessageIdPattern().IsMatch(id)) message.References.Add(id);
        if (mail.InReplyTo is null || !MessageIdPattern().IsMatch(mail.InReplyTo)) return;
        message.InReplyTo = mail.InReplyTo;
        if (!message.References.Contains(mail.InReplyTo)) message.References.Add(mail.InReplyTo);
    }

    private static void AddUnsubscribe(MimeMessage message, string? url)
    {
        if (string.IsNullOrEmpty(url)) return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsPrivate(uri) || uri.AbsoluteUri.Length > MaxUrlLength || uri.AbsoluteUri.AsSpan().ContainsAny("<>\r\n "))
            throw Refusal(nameof(OutgoingMail.UnsubscribeUrl), "The one-click unsubscribe address must be absolute and https (RFC 8058).");
        // The raw value, because folding would break the address or encode it (RFC 2047), and receivers read neither.
        var header = new Header(HeaderId.ListUnsubscribe, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" <{uri.AbsoluteUri}>\r\n"));
        message.Headers.Add(header);
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
    }

    // Plain http is for trying the product out on one machine, where the pickup folder is the mailbox.
    private static bool IsPrivate(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    private static string MessageId(string id) =>
        MessageIdPattern().IsMatch(id) ? id : throw Refusal(nameof(OutgoingMail.InternetMessageId), "A Message-ID is token@domain without brackets (RFC 5322).");

    private static string Language(string tag) =>
        LanguagePattern().IsMatch(tag) ? tag : throw Refusal(nameof(OutgoingMail.Language), "This is not a language tag (BCP 47).");

    private static ArgumentException Refusal(string member, string sentence) => new(sentence, member);

    /// <summary>No body holds it: the id is random, and "=_" occurs neither in quoted-printable nor in base64 (RFC 2045 §6.7).</summary>
    private static string Boundary(string messageId) =>
        "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16));

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9._\-\[\]:]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MessageIdPattern();

    [GeneratedRegex(@"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguagePattern();
}
