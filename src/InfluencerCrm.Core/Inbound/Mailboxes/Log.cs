using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Inbound.Mailboxes;

/// <summary>Events 4200 to 4299. Neither addresses nor subjects nor Message-IDs.</summary>
internal static partial class Log
{
    [LoggerMessage(4200, LogLevel.Information, "Mailbox {MailboxId}: {Count} mails taken")]
    public static partial void Taken(ILogger logger, long mailboxId, int count);

    [LoggerMessage(4201, LogLevel.Warning, "Mailbox {MailboxId}: the server numbers its mails anew (UIDVALIDITY), so the folder is read again; mails that are known already change nothing")]
    public static partial void ReadAgain(ILogger logger, long mailboxId);

    [LoggerMessage(4202, LogLevel.Error, "Mailbox {MailboxId}: mail {Uid} cannot be taken; it stays in the folder, and a row that waits says so")]
    public static partial void SetAside(ILogger logger, Exception exception, long mailboxId, long uid);

    [LoggerMessage(4203, LogLevel.Information, "Mailbox {MailboxId} is not held any more; another host goes on")]
    public static partial void MailboxLost(ILogger logger, long mailboxId);

    [LoggerMessage(4205, LogLevel.Information, "Mailbox {MailboxId}: {Count} copies of sent mails kept")]
    public static partial void Kept(ILogger logger, long mailboxId, int count);

    [LoggerMessage(4206, LogLevel.Warning, "Message {MessageId}: the server does not take its copy ({Fault}); tried again in an hour, for a week")]
    public static partial void CopyRefused(ILogger logger, long messageId, string fault);

    [LoggerMessage(4204, LogLevel.Warning, "Mailbox {MailboxId}: its state could not be written")]
    public static partial void NotWritten(ILogger logger, Exception exception, long mailboxId);
}
