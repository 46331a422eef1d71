using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>A webhook and its secret; the only time that the secret is seen.</summary>
public sealed record NewWebhook(Webhook Row, string Secret);

/// <summary>Makes a webhook, with a secret of its own where none was sent.</summary>
public sealed class CreateWebhook(CreateRow<Webhook, WebhookChanges> create)
{
    public async Task<NewWebhook> ExecuteAsync(WebhookChanges changes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var secret = changes.Secret is { IsSet: true, Value: not null } ? changes.Secret.Value : WebhookSecret.Make();
        return new NewWebhook(await create.ExecuteAsync(changes with { Secret = secret }, null, ct), secret);
    }
}

/// <summary>Gives a webhook a new secret; what is sent from now on is signed with it.</summary>
public sealed class RotateWebhookSecret(CrmDbContext db, CurrentActor scope, WebhookRules rules)
{
    /// <returns>The secret; it is shown this once.</returns>
    public async Task<string> ExecuteAsync(int id, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        var webhook = await db.Webhooks.FirstOrDefaultAsync(w => w.Id == id, ct) ?? throw new NotFound(Words.Of(typeof(Webhook)), id);
        var secret = WebhookSecret.Make();
        webhook.Rotate(secret);
        await rules.CheckAsync(webhook, ct);
        await db.SaveChangesAsync(ct);
        return secret;
    }
}

/// <summary>Sends an event that says nothing but that the webhook works.</summary>
public sealed class PingWebhook(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    /// <exception cref="Conflict">The webhook is switched off.</exception>
    public async Task<WebhookDelivery> ExecuteAsync(int id, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        var webhook = await db.Webhooks.FirstOrDefaultAsync(w => w.Id == id, ct) ?? throw new NotFound(Words.Of(typeof(Webhook)), id);
        if (!webhook.Active)
        {
            throw new Conflict("wrongState", "The webhook is switched off; nothing is sent to it.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var payload = WebhookPayload.Of(WebhookEvents.Ping, now, new() { ["entity"] = "webhooks", ["id"] = id }, System.Text.Json.JsonSerializerOptions.Default);
        var delivery = new WebhookDelivery(id, WebhookEvents.Ping, payload, null, now);
        db.Add(delivery);
        await db.SaveChangesAsync(ct);
        return delivery;
    }
}

/// <summary>Sends a delivery again.</summary>
public sealed class ReplayDelivery(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    /// <exception cref="Conflict">There is nothing left to send, or it is on its way.</exception>
    public async Task ExecuteAsync(long id, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        var delivery = await db.WebhookDeliveries.FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound(Words.Of(typeof(WebhookDelivery)), id);
        delivery.Replay(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
    }
}
