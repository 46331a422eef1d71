using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Team;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "The Bootstrap settings are ignored: there is a user already. Remove them from the configuration.")]
    public static partial void BootstrapIgnored(ILogger logger);

    [LoggerMessage(1002, LogLevel.Information, "The first user was created: {UserId}.")]
    public static partial void FirstUserCreated(ILogger logger, int userId);
}
