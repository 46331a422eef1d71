using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

internal static partial class Log
{
    /// <summary>A mail that met no server, in the pickup folder or before one answered, has no reply to tell of.</summary>
    public static void Delivered(ILogger logger, long messageId, int sendOutId, DeliveryAnswer answer)
    {
        if (answer.ReplyCode is not { } code)
        {
            DeliveredUnanswered(logger, messageId, sendOutId, answer.Outcome);
        }
        else if (answer.EnhancedStatus is { } status)
        {
            DeliveredAnswered(logger, messageId, sendOutId, answer.Outcome, code, status);
        }
        else
        {
            DeliveredCoded(logger, messageId, sendOutId, answer.Outcome, code);
        }
    }

    [LoggerMessage(EventId = 3000, Level = LogLevel.Information, Message = "Message {MessageId} of send-out {SendOutId}: {Outcome} ({ReplyCode} {EnhancedStatus})")]
    private static partial void DeliveredAnswered(ILogger logger, long messageId, int sendOutId, DeliveryOutcome outcome, int replyCode, string enhancedStatus);

    [LoggerMessage(EventId = 3007, Level = LogLevel.Information, Message = "Message {MessageId} of send-out {SendOutId}: {Outcome} ({ReplyCode})")]
    private static partial void DeliveredCoded(ILogger logger, long messageId, int sendOutId, DeliveryOutcome outcome, int replyCode);

    [LoggerMessage(EventId = 3008, Level = LogLevel.Information, Message = "Message {MessageId} of send-out {SendOutId}: {Outcome}")]
    private static partial void DeliveredUnanswered(ILogger logger, long messageId, int sendOutId, DeliveryOutcome outcome);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Message {MessageId} of send-out {SendOutId} was not begun: {Reason}")]
    public static partial void NotBegun(ILogger logger, long messageId, int sendOutId, GateAnswer reason);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Send-out {SendOutId} paused itself: {Code}")]
    public static partial void SendOutPaused(ILogger logger, int sendOutId, string code);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Warning, Message = "Sender account {AccountId} fails: its server refuses it; its send-outs are paused")]
    public static partial void AccountFails(ILogger logger, int accountId);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "A round of {Steps} steps could not be written; they are tried one by one")]
    public static partial void RoundFailed(ILogger logger, Exception exception, int steps);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Error, Message = "What became of message {MessageId} could not be written yet (attempt {Attempt})")]
    public static partial void OutcomeWaits(ILogger logger, Exception exception, long messageId, int attempt);

    [LoggerMessage(EventId = 3009, Level = LogLevel.Warning, Message = "Whether message {MessageId} may begin could not be asked yet (attempt {Attempt})")]
    public static partial void IntentWaits(ILogger logger, Exception exception, long messageId, int attempt);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "The mail server {Server} fails (for the {Failures}. time); nothing is begun for {Seconds} s, then one mail tries it")]
    public static partial void TransportFails(ILogger logger, string server, int failures, double seconds);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Information, Message = "The mail server {Server} works again")]
    public static partial void TransportWorks(ILogger logger, string server);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Information, Message = "{Count} messages wait {Seconds} s: their domain is written to more slowly")]
    public static partial void Postponed(ILogger logger, int count, double seconds);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "{Count} messages whose host vanished in the middle are unconfirmed")]
    public static partial void LeftBehind(ILogger logger, int count);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Information, Message = "Send-outs begun: {Begun}, completed: {Completed}")]
    public static partial void Moved(ILogger logger, int begun, int completed);
}
