using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Webhooks;

namespace InfluencerCrm.Api.Webhooks;

internal sealed class WebhooksEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<Webhook>("webhooks", w => new { w.Url, w.Events, w.Active, w.ClientId, w.DisabledReason }).Links(w => new { w.Deliveries }).Action("ping").Action("rotateSecret");
        var deliveries = edm.Set<WebhookDelivery>("webhookDeliveries", d => new
        {
            d.WebhookId, d.Event, d.MessageId, d.Payload, d.Status, d.Attempts, d.DueAt, d.LastAttemptAt, d.LastStatus, d.LastResponse,
        })
        .Action("replay");

        // What a due row is called inside says less to those who wait for it.
        deliveries.Configuration.Properties.Single(p => p.PropertyInfo.Name == nameof(WebhookDelivery.DueAt)).Name = "nextAttemptAt";
    }
}
