using System.Text;
using InfluencerCrm.Core.Data;
using MimeKit;

namespace InfluencerCrm.Mail.Reading;

/// <summary>A mail taken apart once, for all who look at it.</summary>
internal sealed class ReceivedMail
{
    private readonly HeaderList _headers;

    private ReceivedMail(MimeMessage message, CancellationToken ct)
    {
        Message = message;
        _headers = message.Headers;
        Collect(message.Body, 0);
        PlainText = FirstText("plain", ct);
        HtmlSource = FirstText("html", ct);
        Text = Bounded((string.IsNullOrWhiteSpace(PlainText) ? HtmlSource is null ? PlainText : HtmlText.Of(HtmlSource) : PlainText) ?? "");
        Subject = Line(message.Subject, ReadLimits.ReasonLength);
        FoldedSubject = SearchText.Normalise(Subject);
        From = message.From.Mailboxes.FirstOrDefault() ?? message.Sender;
    }

    public MimeMessage Message { get; }

    /// <summary>Every part, outer before inner, the ones of an enclosed mail not among them.</summary>
    public List<MimeEntity> Parts { get; } = [];

    public string? PlainText { get; }

    public string? HtmlSource { get; }

    /// <summary>What a person would read: the plain text, or what the HTML says.</summary>
    public string Text { get; }

    public string Subject { get; }

    /// <summary>In the form of <see cref="SearchText"/>.</summary>
    public string FoldedSubject { get; }

    public MailboxAddress? From { get; }

    public string FromAddress => Line(From?.Address, ReadLimits.NameLength);

    /// <summary>The local part of the sender, lower case.</summary>
    public string FromLocalPart => FromAddress.Split('@')[0].ToLowerInvariant();

    /// <summary>An empty return path: no answer is wanted, a machine wrote it (RFC 5321 §4.5.5).</summary>
    public bool HasNullSender => Header("Return-Path") is { } path && path.Replace(" ", "", StringComparison.Ordinal) == "<>";

    /// <summary>The report a multipart/report says it is, lower case; empty: none.</summary>
    public string ReportType { get; private set; } = "";

    public static ReceivedMail? Parse(ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        var options = new ParserOptions { MaxMimeDepth = ReadLimits.Depth };
        using var stream = new MemoryStream(Beginning(mail.Span), writable: false);
        try
        {
            return new ReceivedMail(MimeMessage.Load(options, stream, ct), ct);
        }
        catch (Exception exception) when (exception is FormatException or ParseException)
        {
            return null;
        }
    }

    /// <summary>The header's value, unfolded and trimmed; null: there is none.</summary>
    public string? Header(string name) => _headers[name]?.Trim();

    public IEnumerable<string> Headers(string name) => _headers.Where(h => h.Field.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value.Trim());

    /// <summary>One line, at most so long, without control characters or broken ones.</summary>
    public static string Line(string? text, int most)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > most) break;
            if (!Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) line.Append(rune.ToString());
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>The header and as much of the body as is looked at.</summary>
    private static byte[] Beginning(ReadOnlySpan<byte> mail)
    {
        var bare = mail.IndexOf("\n\n"u8);
        var wire = mail.IndexOf("\n\r\n"u8);
        var end = bare < 0 || (wire >= 0 && wire < bare) ? wire : bare;
        end = end < 0 ? mail.Length : end;
        var body = mail[end..];
        return [.. mail[..Math.Min(end, ReadLimits.HeaderBytes)], .. body[..Math.Min(body.Length, ReadLimits.MailBytes)]];
    }

    private static string Bounded(string text) => text.Length > ReadLimits.TextLength ? text[..ReadLimits.TextLength] : text;

    private void Collect(MimeEntity? entity, int depth)
    {
        if (entity is null || depth > ReadLimits.Depth || Parts.Count >= ReadLimits.Parts) return;
        Parts.Add(entity);
        if (entity is not Multipart multipart) return;
        if (ReportType.Length == 0 && entity.ContentType.IsMimeType("multipart", "report")) ReportType = entity.ContentType.Parameters["report-type"]?.Trim().ToLowerInvariant() ?? "";
        foreach (var part in multipart) Collect(part, depth + 1);
    }

    private string? FirstText(string subtype, CancellationToken ct)
    {
        foreach (var part in Parts.OfType<MimePart>())
        {
            var textual = part.ContentType.IsMimeType("text", subtype) || (subtype == "plain" && part.ContentType.IsMimeType("text", "*") && !part.ContentType.IsMimeType("text", "html") && part is TextPart);
            if (textual && !part.IsAttachment && !part.ContentType.IsMimeType("text", "rfc822-headers") && !part.ContentType.IsMimeType("text", "calendar")) return PartText.Of(part, ct);
        }

        return null;
    }
}
