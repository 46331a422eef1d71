using System.Text;
using System.Text.RegularExpressions;
using InfluencerCrm.Core.Inbound;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.Utils;

namespace InfluencerCrm.Mail.Reading;

/// <summary>
/// Reads mails with MimeKit. What a mail is gets asked in the order in which a wrong answer would hurt: reports by their form first,
/// machines before people, wishes to be left alone before replies.
/// </summary>
public sealed class MailReader : IMailReader
{
    private static readonly Regex AnswerPrefix = Patterns.Of(@"^(?:re|aw|antw|antwort|sv|vs|rif|r|ref|res|resp|odp|ynt)(?:\[\d+\]|\(\d+\))? ?:");

    /// <summary>Headers of checks that are looked at: each server of a mail's way adds one or a few.</summary>
    private const int MostChecks = 20;

    private static readonly string[] EnvelopeFields = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-Rcpt-To", "Original-Recipient"];

    /// <inheritdoc/>
    public MailReading Read(ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        if (ReceivedMail.Parse(mail, ct) is not { } received) return new MailReading { Kind = InboundKind.Other };
        var reading = Classify(received, ct);
        return reading with
        {
            MessageId = Text(MimeUtils.EnumerateReferences(received.Header("Message-ID") ?? "").FirstOrDefault()),
            FromAddress = Text(received.FromAddress),
            Subject = Text(received.Subject, ReadLimits.ReasonLength),
            Date = DateOf(received.Message),
            AddressedTo = Bounded(received.Message.To.Mailboxes.Concat(received.Message.Cc.Mailboxes).Select(m => m.Address)),
            DeliveredTo = Bounded(received.Message.Bcc.Mailboxes.Select(m => m.Address).Concat(EnvelopeOf(received))),
            Checks = [.. received.Headers("Authentication-Results").Take(MostChecks).Select(SignatureCheckOf).OfType<SignatureCheck>()],
            Clues = [.. Clues(received, reading.Kind, ct).Select(c => ReceivedMail.Line(c, ReadLimits.NameLength)).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).Take(ReadLimits.Rows)],
        };
    }

    private static IReadOnlyList<string> Bounded(IEnumerable<string> addresses) =>
        [.. addresses.Select(a => ReceivedMail.Line(a, ReadLimits.NameLength)).Where(a => a.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(ReadLimits.Rows)];

    /// <summary>Null: the header says nothing of DKIM, or cannot be read.</summary>
    private static SignatureCheck? SignatureCheckOf(string header)
    {
        var text = header.Length > ReadLimits.LineLength ? header[..ReadLimits.LineLength] : header;
        if (!AuthenticationResults.TryParse(Encoding.UTF8.GetBytes(text), out var checks) || string.IsNullOrEmpty(checks.AuthenticationServiceIdentifier)) return null;
        var dkim = checks.Results.Where(r => r.Method.Equals("dkim", StringComparison.OrdinalIgnoreCase)).ToList();
        if (dkim.Count == 0) return null;
        var good = dkim.Where(r => r.Result.Equals("pass", StringComparison.OrdinalIgnoreCase)).Select(DomainOf).OfType<string>();
        return new SignatureCheck(checks.AuthenticationServiceIdentifier, [.. good]);
    }

    // header.d names the domain; some servers give header.i alone, which is an address in it.
    private static string? DomainOf(AuthenticationMethodResult result)
    {
        string? Value(string name) => result.Properties.FirstOrDefault(p => p.PropertyType.Equals("header", StringComparison.OrdinalIgnoreCase) && p.Property.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
        return (Value("d") ?? Value("i")) is { Length: > 0 } domain ? domain[(domain.LastIndexOf('@') + 1)..] : null;
    }

    private static MailReading Classify(ReceivedMail mail, CancellationToken ct)
    {
        if (Complaint.Read(mail, ct) is { } complaint) return new MailReading { Kind = complaint.Kind, Recipients = complaint.Recipients };
        var rows = DeliveryReport.Read(mail, ct);
        if (rows.Count == 0) rows = BounceNotice.Read(mail) ?? [];
        if (rows.Count > 0) return new MailReading { Kind = KindOf(rows), Recipients = rows };
        return mail.ReportType is "disposition-notification" or "delivery-status" ? new MailReading { Kind = InboundKind.Other } : Written(mail);
    }

    private static InboundKind KindOf(IReadOnlyList<RecipientReport> rows) =>
        rows.Any(r => r.Action == ReportedAction.Failed) ? InboundKind.Bounce
        : rows.Any(r => r.Action == ReportedAction.Delayed) ? InboundKind.Delay
        : InboundKind.Other;

    private static MailReading Written(ReceivedMail mail)
    {
        var words = ReplyText.Of(mail.Text, out var quotes);
        if (AutoReply.Is(mail, words))
        {
            var written = DateOnly.FromDateTime(DateOf(mail.Message) ?? DateTime.UnixEpoch);
            var back = written.Year > 1970 ? ReturnDate.In($"{mail.Subject}\n{words}", written) : null;
            return new MailReading { Kind = InboundKind.AutoReply, ReplyText = Lines(words), BackOn = back };
        }

        var text = Lines(words);
        if (IsBulk(mail)) return new MailReading { Kind = InboundKind.Other, ReplyText = text };
        if (UnsubscribeWish.Is(mail, words)) return new MailReading { Kind = InboundKind.Unsubscribe, ReplyText = text };
        var answers = quotes || mail.Header("In-Reply-To") is not null || mail.Header("References") is not null || AnswerPrefix.IsMatch(mail.FoldedSubject);
        return new MailReading { Kind = answers ? InboundKind.Reply : InboundKind.Other, ReplyText = text };
    }

    // A newsletter, or what a program writes of itself.
    private static bool IsBulk(ReceivedMail mail) =>
        (mail.Header("List-Unsubscribe") is not null && mail.Header("In-Reply-To") is null)
        || mail.Headers("Precedence").Any(p => p.Equals("bulk", StringComparison.OrdinalIgnoreCase) || p.Equals("list", StringComparison.OrdinalIgnoreCase)) && mail.Header("In-Reply-To") is null
        || (mail.Header("Auto-Submitted") is { } submitted && submitted.StartsWith("auto-generated", StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a token of ours may stand: the mails that are answered; of a report the mail that came back, and the address it was sent back to.</summary>
    private static IEnumerable<string> Clues(ReceivedMail mail, InboundKind kind, CancellationToken ct)
    {
        foreach (var id in MimeUtils.EnumerateReferences(mail.Header("In-Reply-To") ?? "").Concat(MimeUtils.EnumerateReferences(mail.Header("References") ?? "").Reverse())) yield return id;
        if (kind is InboundKind.Reply or InboundKind.AutoReply or InboundKind.Unsubscribe && mail.ReportType.Length == 0)
        {
            // An automatic answer goes to the return path, which carries the token, and need not name the mail.
            if (kind == InboundKind.AutoReply) foreach (var address in Envelope(mail)) yield return address;
            yield break;
        }

        foreach (var address in Envelope(mail)) yield return address;
        foreach (var part in mail.Parts)
        {
            if (part is MessagePart { Message: { } returned })
            {
                if (returned.MessageId is { } id) yield return id;
                if (Addresses.Of(returned.Headers["Return-Path"]) is { } path) yield return path;
            }
            else if (part is MimePart other && IsReturnedText(part.ContentType))
            {
                foreach (var id in Addresses.MessageIdsIn(PartText.Of(other, ct))) yield return id;
            }
        }

        foreach (var id in Addresses.MessageIdsIn(mail.Text)) yield return id;
    }

    private static IEnumerable<string> Envelope(ReceivedMail mail) =>
        mail.Message.To.Mailboxes.Select(m => m.Address).Concat(EnvelopeOf(mail));

    private static IEnumerable<string> EnvelopeOf(ReceivedMail mail) => EnvelopeFields.SelectMany(mail.Headers).Select(Addresses.Of).OfType<string>();

    private static bool IsReturnedText(ContentType type) => type.IsMimeType("text", "rfc822-headers") || type.IsMimeType("message", "*") && !type.IsMimeType("message", "delivery-status");

    private static DateTime? DateOf(MimeMessage message) =>
        message.Headers.Contains(HeaderId.Date) && message.Date is { Year: > 1990 and < 9000 } date ? DateTime.SpecifyKind(date.UtcDateTime, DateTimeKind.Utc) : null;

    private static string? Text(string? text, int most = ReadLimits.NameLength) => ReceivedMail.Line(text, most) is { Length: > 0 } line ? line : null;

    /// <summary>With its lines, and without other control characters.</summary>
    private static string? Lines(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > ReadLimits.ReplyLength) break;
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune)) clean.Append(rune.ToString());
        }

        return clean.Length == 0 ? null : clean.ToString();
    }
}
