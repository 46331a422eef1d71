using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Outbound;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>Which webhooks have something to be sent now.</summary>
public sealed class FindDueWebhooks(CrmDbContext db, TimeProvider clock)
{
    public async Task<IReadOnlyList<int>> ExecuteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Webhooks
            .Where(w => w.Active && w.Deliveries.Any(d => d.Status == WebhookDeliveryStatus.Pending && d.DueAt <= now && (d.LeaseUntil == null || d.LeaseUntil < now)))
            .Select(w => w.Id).ToListAsync(ct);
    }
}

/// <summary>Sends what is due to one webhook, one after the other; other webhooks have scopes of their own, so that a slow receiver holds up nobody else.</summary>
public sealed class DeliverWebhook(CrmDbContext db, SafeHttp http, WebhookRules secrets, TimeProvider clock, ILogger<DeliverWebhook> logger)
{
    private const int Batch = 20;

    private const int AnswerLength = 1000;

    // No redirects: an address that moved is to be entered anew by who answers for it.
    private static readonly SafeLimits Limits = new() { Bytes = 4 * AnswerLength, Cut = true };

    /// <returns>How many attempts were made.</returns>
    public async Task<int> ExecuteAsync(int webhookId, CancellationToken ct)
    {
        var webhook = await db.Webhooks.AsNoTracking().FirstOrDefaultAsync(w => w.Id == webhookId && w.Active, ct);
        if (webhook is null)
        {
            return 0;
        }

        var claim = await db.WebhookDeliveries.Where(d => d.WebhookId == webhookId && d.Status == WebhookDeliveryStatus.Pending)
            .ClaimAsync(clock.GetUtcNow().UtcDateTime, Batch, ct);
        var sent = 0;
        try
        {
            foreach (var delivery in claim.Rows)
            {
                sent++;
                if (!await AttemptAsync(webhook, delivery, claim.Token, ct))
                {
                    break;
                }
            }
        }
        finally
        {
            // What was not begun goes back at once, also when the host stops.
            await db.WebhookDeliveries.ReleaseAsync(claim.Token, CancellationToken.None);
        }

        return sent;
    }

    /// <returns>False: nothing more is to be sent to this webhook.</returns>
    private async Task<bool> AttemptAsync(Webhook webhook, WebhookDelivery delivery, Guid token, CancellationToken ct)
    {
        // Somebody may have been erased, or the webhook switched off, since the claim.
        var payload = await db.WebhookDeliveries.Where(d => d.Id == delivery.Id && d.ClaimToken == token && d.Status == WebhookDeliveryStatus.Pending).Select(d => d.Payload).FirstOrDefaultAsync(ct);
        if (payload is null)
        {
            return true;
        }

        if (secrets.SecretOf(webhook) is not { } secret)
        {
            await OutcomeAsync(delivery, token, null, "The webhook has no secret; the action rotateSecret makes one.", WebhookDeliveryStatus.Failed, null, ct);
            return true;
        }

        SafeAnswer answer;
        try
        {
            answer = await http.SendAsync(new Uri(webhook.Url), url => Request(url, delivery.MessageId, payload, secret), Limits, ct);
        }
        catch (OutboundRefused refused)
        {
            await LaterAsync(delivery, token, null, refused.Message, null, ct);
            return true;
        }

        var (status, text) = ((int)answer.Status, Readable(answer.Body));
        if (status is >= 200 and < 300)
        {
            await OutcomeAsync(delivery, token, status, text, WebhookDeliveryStatus.Delivered, null, ct);
        }
        else if (status == 410)
        {
            await OutcomeAsync(delivery, token, status, text, WebhookDeliveryStatus.Failed, null, ct);
            await DisableAsync(webhook.Id, ct);
            return false;
        }
        else
        {
            await LaterAsync(delivery, token, status, text, answer.RetryAfter, ct);
        }

        return true;
    }

    private HttpRequestMessage Request(Uri url, string id, string payload, string secret)
    {
        var body = Encoding.UTF8.GetBytes(payload);
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("InfluencerCrm", null));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(secret, id, timestamp, body));
        return request;
    }

    private Task LaterAsync(WebhookDelivery delivery, Guid token, int? status, string text, TimeSpan? wished, CancellationToken ct) =>
        delivery.Attempts + 1 >= WebhookRetries.Attempts
            ? OutcomeAsync(delivery, token, status, text, WebhookDeliveryStatus.Failed, null, ct)
            : OutcomeAsync(delivery, token, status, text, WebhookDeliveryStatus.Pending, clock.GetUtcNow().UtcDateTime + WebhookRetries.Wait(delivery.Attempts + 1, wished), ct);

    private async Task OutcomeAsync(WebhookDelivery delivery, Guid token, int? status, string text, WebhookDeliveryStatus outcome, DateTime? dueAt, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var answer = text.Length <= AnswerLength ? text : text[..AnswerLength];
        await db.WebhookDeliveries.Where(d => d.Id == delivery.Id && d.ClaimToken == token).UpdateRowsAsync(
            now,
            set => set.SetProperty(d => d.Status, d => d.Payload == null ? WebhookDeliveryStatus.Cancelled : outcome).SetProperty(d => d.DueAt, dueAt)
                .SetProperty(d => d.Attempts, d => d.Attempts + 1).SetProperty(d => d.LastAttemptAt, now).SetProperty(d => d.LastStatus, status)

                // The answer may repeat what it was told of somebody who was erased meanwhile.
                .SetProperty(d => d.LastResponse, d => d.Payload == null ? null : answer)
                .SetProperty(d => d.ClaimToken, (Guid?)null).SetProperty(d => d.LeaseUntil, (DateTime?)null),
            ct);
        Log.Attempted(logger, delivery.Id, delivery.WebhookId, outcome, status);
    }

    private async Task DisableAsync(int webhookId, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var webhook = await db.Webhooks.FirstAsync(w => w.Id == webhookId, ct);
        webhook.Disable("The receiver answered 410 Gone: it wants nothing more.");
        try
        {
            await db.SaveChangesAsync(ct);
            Log.Disabled(logger, webhookId);
        }
        catch (VersionMismatch)
        {
            // Somebody changes it right now; if it stays, it is answered 410 again.
        }

        db.ChangeTracker.Clear();
    }

    // PostgreSQL takes no U+0000, and nobody reads the others.
    private static string Readable(byte[] body) =>
        string.Concat(Encoding.UTF8.GetString(body).Select(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') ? ' ' : c));
}
