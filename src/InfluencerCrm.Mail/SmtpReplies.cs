using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Mail.Reading;
using MailKit.Net.Smtp;

namespace InfluencerCrm.Mail;

/// <summary>What a server's reply means for the message.</summary>
internal static partial class SmtpReplies
{
    private const int MaxResponseLength = 500;

    /// <summary>The server's answer to one message: MAIL, RCPT, DATA or the data.</summary>
    public static DeliveryAnswer ToMessage(SmtpCommandException e, bool dataBegun)
    {
        var code = (int)e.StatusCode;
        // After the data any other reply than 2xx, 4xx, 5xx breaks the protocol and says nothing about the message.
        var outcome = code switch
        {
            >= 200 and < 300 when dataBegun => DeliveryOutcome.Sent,
            >= 400 and < 500 => DeliveryOutcome.Deferred,
            >= 500 and < 600 => DeliveryOutcome.Failed,
            _ => dataBegun ? DeliveryOutcome.Unconfirmed : DeliveryOutcome.Deferred,
        };
        var status = EnhancedStatus(e.Message);
        return new DeliveryAnswer(outcome, OneLine(code, e.Message), code, status)
        {
            RefusesAddress = outcome == DeliveryOutcome.Failed && SpeaksOfRecipient(e.ErrorCode, code, status),
            MailboxIsShut = status == "5.2.2" || (outcome == DeliveryOutcome.Deferred && SpeaksOfMailbox(e.ErrorCode, status, e.Message)),
            SlowsDomain = outcome == DeliveryOutcome.Deferred && AsksForPatience(e.ErrorCode, code, status),
        };
    }

    public static DeliveryAnswer Accepted(string text) => new(DeliveryOutcome.Sent, OneLine(250, text), 250, EnhancedStatus(text));

    /// <summary>A refusal that no message can escape. A 4xx passes by itself, so only a 5xx counts as one.</summary>
    public static DeliveryAnswer ToSession(int code, string text) =>
        new(DeliveryOutcome.Deferred, OneLine(code, text), code, EnhancedStatus(text)) { RefusesSession = code >= 500 };

    private static bool SpeaksOfRecipient(SmtpErrorCode errorCode, int code, string? status)
    {
        if (errorCode == SmtpErrorCode.SenderNotAccepted) return false;
        if (status is null) return errorCode == SmtpErrorCode.RecipientNotAccepted && code is 550 or 551 or 553;
        // 5.1.7 and 5.1.8 are about the sender's address (RFC 3463 §3.2): a wrong From must not mark a whole list.
        return status.StartsWith("5.1.", StringComparison.Ordinal) && status is not ("5.1.7" or "5.1.8");
    }

    // 4.2.0 and 4.2.1 are also what servers say that greylist or throttle; their words tell.
    private static bool SpeaksOfMailbox(SmtpErrorCode errorCode, string? status, string text)
    {
        if (errorCode == SmtpErrorCode.SenderNotAccepted || status is "4.1.7" or "4.1.8") return false;
        if (status == "4.2.2") return true;
        if (SmtpStatus.IsVague(status)) return errorCode == SmtpErrorCode.RecipientNotAccepted && BounceVerdict.IsFullMailbox(text);
        return (status!.StartsWith("4.1.", StringComparison.Ordinal) || status.StartsWith("4.2.", StringComparison.Ordinal)) && !BounceVerdict.AsksForPatience(text);
    }

    // A mailbox that is full or closed for now (4.2.1, 4.2.2) says nothing of its neighbours; before RCPT nobody has heard of the recipient.
    private static bool AsksForPatience(SmtpErrorCode errorCode, int code, string? status) =>
        status is not ("4.2.1" or "4.2.2")
        && (errorCode == SmtpErrorCode.RecipientNotAccepted || (errorCode == SmtpErrorCode.MessageNotAccepted && code is 450));

    private static string? EnhancedStatus(string text) =>
        EnhancedStatusPattern().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private static string OneLine(int code, string text)
    {
        var line = new StringBuilder(code.ToString(CultureInfo.InvariantCulture));
        var lines = text.Split('\n');
        var status = EnhancedStatus(text);
        for (var i = 0; i < lines.Length; i++)
        {
            var part = MailAddresses.OneLine(lines[i]);
            // Every line of a long reply repeats the status code (RFC 2034).
            if (i > 0 && status is not null && part.StartsWith(status, StringComparison.Ordinal)) part = part[status.Length..].TrimStart();
            if (part.Length > 0) line.Append(' ').Append(part);
        }

        return line.Length <= MaxResponseLength ? line.ToString() : line.ToString(0, MaxResponseLength);
    }

    [GeneratedRegex(@"\A([245]\.\d{1,3}\.\d{1,3})(?![\d.])", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedStatusPattern();
}
