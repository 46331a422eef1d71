using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace InfluencerCrm.Api.Webhooks;

/// <summary>Addresses that are told of events.</summary>
public sealed class WebhooksController(CreateWebhook create, RotateWebhookSecret rotate, PingWebhook ping) : WriteController<Webhook, WebhookChanges>
{
    /// <summary>What a new webhook is answered with.</summary>
    /// <param name="Id">Key of the row.</param>
    /// <param name="Url">Where events are sent.</param>
    /// <param name="Events">Which; empty: all.</param>
    /// <param name="Active">Whether it is told of events.</param>
    /// <param name="ClientId">Only events of this client's rows.</param>
    /// <param name="Secret">Signs what is sent; it is shown this once.</param>
    internal sealed record NewWebhookRecord(int Id, string Url, IReadOnlyList<string> Events, bool Active, int? ClientId, string Secret);

    /// <summary>A new secret.</summary>
    /// <param name="Secret">Signs what is sent from now on; it is shown this once.</param>
    internal sealed record NewSecretRecord(string Secret);

    /// <summary>Makes a webhook, and shows its secret once.</summary>
    [HttpPost]
    [Body(typeof(WebhookChanges))]
    [Answer(typeof(NewWebhookRecord))]
    public override async Task<IActionResult> Post(CancellationToken ct)
    {
        RequireWrite();
        var changes = await RequestBody.ReadAsync<WebhookChanges>(Request, EdmTypes.EntityTypeOf(typeof(Webhook)), ct);
        var (row, secret) = await create.ExecuteAsync(changes, ct);
        Response.Headers.Location = $"{Request.Scheme}://{Request.Host}{Request.PathBase}/odata/webhooks({row.Id})";
        Response.Headers.ETag = EntityTags.Of(row.Version);
        return new JsonResult(new NewWebhookRecord(row.Id, row.Url, row.Events, row.Active, row.ClientId, secret), RequestBody.Json) { StatusCode = 201 };
    }

    /// <summary>Sends an event <c>ping</c>, to see whether the receiver answers; answers the delivery.</summary>
    [HttpPost]
    [Answer(typeof(WebhookDelivery))]
    public async Task<IActionResult> Ping(int key, CancellationToken ct)
    {
        var delivery = await ping.ExecuteAsync(key, ct);
        return await WriteAnswers.OfAsync(Reader, Db.WebhookDeliveries.Where(d => d.Id == delivery.Id), Request, null, ct);
    }

    /// <summary>Makes a new secret in place of the old one, and shows it once.</summary>
    [HttpPost]
    [Answer(typeof(NewSecretRecord))]
    public async Task<IActionResult> RotateSecret(int key, CancellationToken ct) => new JsonResult(new NewSecretRecord(await rotate.ExecuteAsync(key, ct)), RequestBody.Json);
}

/// <summary>What webhooks were and are to be told, and what they answered; kept for 30 days.</summary>
public sealed class WebhookDeliveriesController(ReplayDelivery replay) : ReadController<WebhookDelivery>
{
    /// <summary>Sends a delivery again, under the same <c>webhook-id</c>, from the first attempt on.</summary>
    [HttpPost]
    [Answer]
    public async Task<IActionResult> Replay(long key, CancellationToken ct)
    {
        await replay.ExecuteAsync(key, ct);
        return await WriteAnswers.OfAsync(Reader, Rows().Where(d => d.Id == key), Request, null, ct);
    }
}
