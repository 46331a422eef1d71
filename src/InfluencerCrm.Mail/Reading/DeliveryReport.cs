using InfluencerCrm.Core.Inbound;
using MimeKit;

namespace InfluencerCrm.Mail.Reading;

/// <summary>Delivery status notifications in the standard form (RFC 3464), one row a recipient.</summary>
internal static class DeliveryReport
{
    /// <returns>Empty: the mail holds no such report, or one that names nothing that happened.</returns>
    public static IReadOnlyList<RecipientReport> Read(ReceivedMail mail, CancellationToken ct)
    {
        var rows = new List<RecipientReport>();
        foreach (var part in mail.Parts)
        {
            foreach (var group in GroupsOf(part, ct))
            {
                if (rows.Count < ReadLimits.Rows && Row(group, mail) is { } row) rows.Add(row);
            }
        }

        return rows;
    }

    private static IEnumerable<HeaderList> GroupsOf(MimeEntity part, CancellationToken ct)
    {
        if (part is MessageDeliveryStatus status) return Groups(status);

        // Some servers spell the type in their own way, or send it as text.
        return part is MimePart other && (part.ContentType.MediaSubtype.Contains("delivery-status", StringComparison.OrdinalIgnoreCase) || part.ContentType.MediaSubtype.Contains("delivery_status", StringComparison.OrdinalIgnoreCase))
            ? Groups(PartText.Of(other, ct))
            : [];
    }

    private static HeaderListCollection Groups(MessageDeliveryStatus status)
    {
        try
        {
            return status.StatusGroups;
        }
        catch (Exception exception) when (exception is FormatException or ParseException or IOException)
        {
            return new HeaderListCollection();
        }
    }

    private static IEnumerable<HeaderList> Groups(string text)
    {
        var group = new HeaderList();
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.Trim().Length == 0)
            {
                if (group.Count > 0) yield return group;
                group = [];
            }
            else if (colon > 0 && line[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                group.Add(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        if (group.Count > 0) yield return group;
    }

    private static RecipientReport? Row(HeaderList group, ReceivedMail mail)
    {
        var final = Addresses.Of(group["Final-Recipient"]);
        var original = Addresses.Of(group["Original-Recipient"]);
        var action = group["Action"]?.Trim().ToLowerInvariant() ?? "";
        if (final is null && original is null && action.Length == 0) return null;
        var diagnostic = group["Diagnostic-Code"] ?? "";
        var words = diagnostic[(diagnostic.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        var stated = SmtpStatus.In(group["Status"] ?? "").Enhanced;
        var said = SmtpStatus.In(words);
        var happened = ActionOf(action, stated, mail);
        var recipient = final ?? original;
        if (words.Length == 0 && happened == ReportedAction.Failed) words = BounceNotice.ReasonOf(mail, recipient) ?? "";

        // The server's own code where the report repeats only its class; the report's where the server gave none.
        var status = said.Enhanced is { } own && (SmtpStatus.IsVague(stated) || (said.Reply is not null && !SmtpStatus.IsVague(own))) ? own : stated;
        return new RecipientReport
        {
            Recipient = recipient,
            OriginalRecipient = original,
            Action = happened,
            Status = happened == ReportedAction.Failed && SmtpStatus.IsVague(status) ? BounceVerdict.Implied(words) ?? status : status,
            Reason = ReceivedMail.Line(words.Length > 0 ? words : group["Status"], ReadLimits.ReasonLength) is { Length: > 0 } reason ? reason : null,
            Type = happened == ReportedAction.Failed ? BounceVerdict.Of(status, said.Reply, words) : null,
        };
    }

    private static ReportedAction ActionOf(string action, string? status, ReceivedMail mail) => action switch
    {
        _ when action.StartsWith("fail", StringComparison.Ordinal) => ReportedAction.Failed,
        _ when action.StartsWith("delay", StringComparison.Ordinal) => ReportedAction.Delayed,
        _ when action.StartsWith("deliver", StringComparison.Ordinal) || action.StartsWith("relay", StringComparison.Ordinal) || action.StartsWith("expand", StringComparison.Ordinal) => ReportedAction.Delivered,
        _ when status?[0] == '2' => ReportedAction.Delivered,
        _ when status?[0] == '4' || BounceNotice.SpeaksOfDelay(mail) => ReportedAction.Delayed,
        _ => ReportedAction.Failed,
    };
}
