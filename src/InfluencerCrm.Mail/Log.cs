using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Mail;

/// <summary>Events 4000 to 4099. Neither addresses nor subjects nor Message-IDs, which carry the unsubscribe token.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Debug, "Connected to the mail server, encrypted: {Encrypted}, signed in: {SignedIn}")]
    public static partial void Connected(ILogger logger, bool encrypted, bool signedIn);

    [LoggerMessage(4001, LogLevel.Warning, "The mail server refused the session, reply code {ReplyCode}")]
    public static partial void SessionRefused(ILogger logger, int? replyCode);

    [LoggerMessage(4002, LogLevel.Warning, "No connection to the mail server: {Fault}")]
    public static partial void DialFailed(ILogger logger, string fault);

    [LoggerMessage(4003, LogLevel.Warning, "The connection to the mail server was lost, data begun: {DataBegun}, fault: {Fault}")]
    public static partial void ConnectionLost(ILogger logger, bool dataBegun, string fault);

    [LoggerMessage(4004, LogLevel.Warning, "A message took {Minutes} minutes, its connection was closed")]
    public static partial void DeadlinePassed(ILogger logger, double minutes);

    [LoggerMessage(4005, LogLevel.Debug, "The mail server closes the connection (421)")]
    public static partial void ServerCloses(ILogger logger);

    [LoggerMessage(4006, LogLevel.Error, "The refresh token that replaced the one of sender account {Account} could not be written: {Fault}")]
    public static partial void RefreshTokenNotKept(ILogger logger, int account, string fault);

    [LoggerMessage(4010, LogLevel.Warning, "The pickup folder cannot be written: {Fault}")]
    public static partial void PickupFailed(ILogger logger, string fault);

    [LoggerMessage(4020, LogLevel.Warning, "The name servers did not answer all questions about the sender's domain")]
    public static partial void SenderDomainUnknown(ILogger logger);
}
