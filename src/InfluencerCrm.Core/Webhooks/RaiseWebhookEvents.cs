using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>
/// Makes a delivery of each change that a webhook wants to hear of. The changes were written with what they tell of, in one transaction, and
/// where a webhook stands moves on with its deliveries, in another: no event is lost and none is told twice, whatever crashes.
/// </summary>
public sealed class RaiseWebhookEvents(CrmDbContext db, IDatabaseProvider provider, IOptions<PublicAddress> address, TimeProvider clock, ILogger<RaiseWebhookEvents> logger)
{
    private const int Batch = 500;

    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly EventFacts _facts = new(db);

    /// <returns>How many deliveries were made.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var made = 0;
        foreach (var webhook in await db.Webhooks.AsNoTracking().Where(w => w.Active).OrderBy(w => w.Id).ToListAsync(ct))
        {
            var before = made;
            while (await NextAsync(webhook, ct) is { } deliveries)
            {
                made += deliveries;
            }

            if (made > before)
            {
                Log.Raised(logger, webhook.Id, made - before);
            }
        }

        return made;
    }

    /// <returns>How many deliveries the next changes made; null when there are none.</returns>
    private async Task<int?> NextAsync(Webhook webhook, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var horizon = await provider.ChangeHorizonAsync(db, ct);
        var feed = await db.WebhookFeeds.FirstOrDefaultAsync(f => f.WebhookId == webhook.Id, ct);
        if (feed is null)
        {
            // From an archive, or from before there were feeds.
            db.Add(new WebhookFeed(webhook.Id, horizon));
            await db.SaveChangesAsync(ct);
            return null;
        }

        var changes = await Untold(db, feed.Mark, feed.Seq, horizon).ToListAsync(ct);
        if (changes.Count == 0)
        {
            return null;
        }

        var deliveries = await DeliveriesAsync(webhook, changes, ct);
        db.AddRange(deliveries);
        feed.Advance(changes[^1].Mark, changes[^1].Seq);
        try
        {
            await db.SaveChangesAsync(ct);
            return deliveries.Count;
        }
        catch (VersionMismatch)
        {
            // Another host has told them.
            return 0;
        }
    }

    internal static IQueryable<Change> Untold(CrmDbContext db, long mark, long seq, long horizon) =>
        db.Changes.AsNoTracking().Where(c => c.Mark >= mark && c.Mark < horizon && (c.Mark > mark || c.Seq > seq)).OrderBy(c => c.Mark).ThenBy(c => c.Seq).Take(Batch);

    private async Task<List<WebhookDelivery>> DeliveriesAsync(Webhook webhook, List<Change> changes, CancellationToken ct)
    {
        var wanted = changes.SelectMany(c => WebhookEvents.Of(c).Where(e => webhook.Events.Count == 0 || webhook.Events.Contains(e)), (c, e) => (Change: c, Event: e)).ToList();
        var facts = new Dictionary<(string Set, long Key), EventFact>();
        foreach (var set in wanted.GroupBy(w => w.Change.Entity, w => w.Change.Key))
        {
            foreach (var (key, fact) in await _facts.ReadAsync(set.Key, set.Distinct().ToArray(), ct))
            {
                facts[(set.Key, key)] = fact;
            }
        }

        var deliveries = new List<WebhookDelivery>();
        foreach (var (change, name) in wanted)
        {
            var fact = facts.GetValueOrDefault((change.Entity, change.Key));
            if (fact is null && change.Kind != ChangeKind.Deleted)
            {
                // Gone meanwhile; its end has an event of its own.
                continue;
            }

            fact ??= await _facts.OfGoneAsync(change.ClientId, change.CampaignId, change.Entity == "influencers" ? (int)change.Key : null, ct);
            if (MayHear(webhook, name, fact))
            {
                // That somebody is to be forgotten must still be told when the erasure itself clears what was told of them.
                var person = name == WebhookEvents.InfluencerErased ? null : fact.InfluencerId;
                deliveries.Add(new WebhookDelivery(webhook.Id, name, Payload(change, name, fact), person, clock.GetUtcNow().UtcDateTime));
            }
        }

        return deliveries;
    }

    /// <summary>A client's webhook hears of the client's rows, and of erasures, which bind everybody who was told of the person. Nobody hears of confidential campaigns.</summary>
    private static bool MayHear(Webhook webhook, string name, EventFact fact) =>
        !fact.Confidential && (webhook.ClientId is null || webhook.ClientId == fact.ClientId || name == WebhookEvents.InfluencerErased);

    private string Payload(Change change, string name, EventFact fact)
    {
        var data = new JsonObject
        {
            ["entity"] = change.Entity,
            ["id"] = change.Key,
            ["url"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{address.Value.PublicUrl.TrimEnd('/')}/odata/{change.Entity}({change.Key})"),
        };
        foreach (var (member, value) in name == WebhookEvents.InfluencerErased ? [] : fact.Values)
        {
            data[member] = value?.DeepClone();
        }

        return WebhookPayload.Of(name, change.At, data, Format);
    }
}

/// <summary>The body of a delivery, by the Standard Webhooks convention.</summary>
internal static class WebhookPayload
{
    public static string Of(string name, DateTime at, JsonObject data, JsonSerializerOptions format) =>
        new JsonObject { ["type"] = name, ["timestamp"] = at, ["data"] = data }.ToJsonString(format);
}
