using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Webhooks;

namespace InfluencerCrm.Api.Webhooks;

/// <summary>Addresses that are told of events.</summary>
public sealed class WebhooksController : WriteController<Webhook, WebhookChanges>;
