using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Webhooks;

namespace InfluencerCrm.Api.Webhooks;

internal sealed class WebhooksEdm : IEdmPart
{
    public void Describe(EdmBuilder edm) => edm.Set<Webhook>("webhooks", w => new { w.Url, w.Events, w.Active, w.ClientId });
}
