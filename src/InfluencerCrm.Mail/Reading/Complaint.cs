using System.Text.RegularExpressions;
using InfluencerCrm.Core.Inbound;
using MimeKit;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Feedback reports (RFC 5965), and those of providers who send the mail back with a few headers of their own instead.</summary>
internal static class Complaint
{
    private static readonly Regex Type = Patterns.AnyCase(@"(?:^|\n)feedback-type\s*:\s*([a-z\-]+)");
    private static readonly PatternList Subject = Patterns.AnyOf("^complaint about message from", "email feedback report", "abuse report", "spam (?:report|complaint)", "feedback report for");
    private static readonly string[] RecipientFields = ["Original-Rcpt-To", "Removal-Recipient", "Redacted-Recipient", "X-HmXmrOriginalRecipient", "Original-Recipient"];

    /// <returns>Null: this is no complaint and no wish to be removed. The kind is one of the two, or other for reports on anything else.</returns>
    public static (InboundKind Kind, IReadOnlyList<RecipientReport> Recipients)? Read(ReceivedMail mail, CancellationToken ct)
    {
        var report = mail.Parts.OfType<MimePart>().FirstOrDefault(p => p.ContentType.IsMimeType("message", "feedback-report") || p.ContentType.IsMimeType("application", "feedback-report"));
        var fields = report is null ? mail.ReportType == "feedback-report" ? mail.Text : "" : PartText.Of(report, ct);
        var stated = Type.Match(fields);
        if (report is null && !stated.Success && mail.ReportType != "feedback-report" && !IsProvidersOwn(mail)) return null;
        var kind = (stated.Success ? stated.Groups[1].Value.ToLowerInvariant() : "abuse") switch
        {
            "abuse" or "complaint" or "fraud" or "virus" or "other" or "miscategorized" or "opt-out-list" => InboundKind.Complaint,
            "opt-out" or "unsubscribe" or "removal" => InboundKind.Unsubscribe,
            _ => InboundKind.Other,
        };
        return (kind, Recipients(mail, fields));
    }

    /// <summary>A provider that sends the disputed mail back in a mail of its own, from an address made for it.</summary>
    private static bool IsProvidersOwn(ReceivedMail mail) =>
        mail.Parts.OfType<MessagePart>().Any()
        && (mail.Header("X-HmXmrOriginalRecipient") is not null || (Subject.IsMatch(mail.FoldedSubject) && mail.FromLocalPart is "staff" or "abuse" or "feedback" or "fbl" or "complaints" or "scomp" or "noreply" or "feedbackloop" or "postmaster"));

    private static List<RecipientReport> Recipients(ReceivedMail mail, string fields)
    {
        var named = fields.Split('\n').Select(l => l.Split(':', 2)).Where(l => l.Length == 2 && RecipientFields.Contains(l[0].Trim(), StringComparer.OrdinalIgnoreCase)).Select(l => Addresses.Of(l[1]));
        var inner = mail.Parts.OfType<MessagePart>().Select(p => p.Message).OfType<MimeMessage>().ToList();
        var found = named.Append(Addresses.Of(mail.Header("X-HmXmrOriginalRecipient")))
            .Concat(inner.Select(m => Addresses.Of(m.Headers["X-HmXmrOriginalRecipient"]))).OfType<string>().ToList();
        if (found.Count == 0) found = [.. inner.SelectMany(m => m.To.Mailboxes).Select(m => m.Address)];
        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase).Take(ReadLimits.Rows).Select(r => new RecipientReport { Recipient = ReceivedMail.Line(r, ReadLimits.NameLength), Action = ReportedAction.Delivered })];
    }
}
