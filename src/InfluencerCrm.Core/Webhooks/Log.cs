using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Webhooks;

internal static partial class Log
{
    [LoggerMessage(EventId = 4000, Level = LogLevel.Debug, Message = "{Count} deliveries wait for webhook {WebhookId}")]
    public static partial void Raised(ILogger logger, int webhookId, int count);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Delivery {DeliveryId} to webhook {WebhookId}: {Outcome}, status {Status}")]
    public static partial void Attempted(ILogger logger, long deliveryId, int webhookId, WebhookDeliveryStatus outcome, int? status);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "Webhook {WebhookId} was switched off: its receiver is gone")]
    public static partial void Disabled(ILogger logger, int webhookId);
}
