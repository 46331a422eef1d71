using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>What an event says of its row, and who may hear it.</summary>
/// <param name="ClientId">Whose row it is; the campaign's client where the row names none.</param>
/// <param name="Confidential">It bears a confidential campaign's id: no webhook hears of it.</param>
public sealed record EventFact(JsonObject Values, int? ClientId, bool Confidential, int? InfluencerId);

/// <summary>
/// The facts of rows for events: ids, states and times only. A receiver that wants more reads the row with a key of its own, so that
/// no name, address or text lies with third parties when the person is erased.
/// </summary>
internal sealed class EventFacts(CrmDbContext db)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>By key; rows that are gone are not in it.</summary>
    public async Task<Dictionary<long, EventFact>> ReadAsync(string set, IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => (int)Math.Min(k, int.MaxValue)).ToArray();
        var rows = set switch
        {
            "interactions" => await RowsAsync(
                db.Interactions.Where(i => keys.Contains(i.Id)),
                i => new Row(i.Id, i.ClientId, i.CampaignId, i.InfluencerId, new { i.InfluencerId, i.Kind, i.Status, i.Outcome, i.OccurredAt, i.ClientId, i.CampaignId }), ct),
            "messages" => await RowsAsync(
                db.Messages.Where(m => keys.Contains(m.Id)),
                m => new Row(m.Id, m.ClientId, m.CampaignId, m.InfluencerId, new { m.InfluencerId, m.SendOutId, m.Channel, m.Status, m.SentAt, m.BouncedAt, m.RepliedAt, m.ClientId, m.CampaignId }), ct),
            "coverage" => await RowsAsync(
                db.Coverage.Where(c => ids.Contains(c.Id)),
                c => new Row(c.Id, null, c.CampaignId, c.InfluencerId, new { c.InfluencerId, c.OutletId, c.Status, c.Medium, c.PublishedAt, c.CampaignId }), ct),
            "influencers" => await RowsAsync(
                db.Influencers.Where(i => ids.Contains(i.Id)), i => new Row(i.Id, null, null, i.Id, new { i.Kind, i.Country, i.Language }), ct),
            "requests" => await RowsAsync(
                db.Requests.Where(r => ids.Contains(r.Id)),
                r => new Row(r.Id, r.ClientId, null, r.InfluencerId, new { r.InfluencerId, r.OutletId, r.Kind, r.Status, r.ReceivedAt, r.DeadlineAt, r.ClientId }), ct),
            "sendOuts" => await RowsAsync(
                db.SendOuts.Where(s => ids.Contains(s.Id)),
                s => new Row(s.Id, s.ClientId, s.CampaignId, null, new { s.Purpose, s.Status, s.ScheduledAt, s.ClientId, s.CampaignId }), ct),
            _ => throw new NotSupportedException($"Nothing is known of rows of {set}."),
        };
        var campaigns = await CampaignsAsync(rows.Select(r => r.CampaignId), ct);
        return rows.ToDictionary(r => r.Id, r =>
        {
            var campaign = r.CampaignId is { } id ? campaigns.GetValueOrDefault(id) : default;
            return new EventFact(JsonSerializer.SerializeToNode(r.Values, Format)!.AsObject(), r.ClientId ?? campaign.ClientId, campaign.Confidential, r.InfluencerId);
        });
    }

    /// <summary>Of a row that is gone: only whose it was.</summary>
    public async Task<EventFact> OfGoneAsync(int? clientId, int? campaignId, int? influencerId, CancellationToken ct)
    {
        var campaigns = await CampaignsAsync([campaignId], ct);
        var campaign = campaignId is { } id ? campaigns.GetValueOrDefault(id) : default;
        return new EventFact([], clientId ?? campaign.ClientId, campaign.Confidential, influencerId);
    }

    private async Task<Dictionary<int, (int? ClientId, bool Confidential)>> CampaignsAsync(IEnumerable<int?> ids, CancellationToken ct)
    {
        var named = ids.OfType<int>().Distinct().ToArray();
        return named.Length == 0
            ? []
            : await db.Campaigns.IgnoreQueryFilters().Where(c => named.Contains(c.Id)).Select(c => new { c.Id, c.ClientId, c.Confidential })
                .ToDictionaryAsync(c => c.Id, c => (c.ClientId, c.Confidential), ct);
    }

    // Behind every filter: archived and erased rows have events too. The values are chosen after reading, so that enums come as words.
    private static async Task<List<Row>> RowsAsync<T>(IQueryable<T> rows, Func<T, Row> facts, CancellationToken ct)
        where T : class =>
        (await rows.IgnoreQueryFilters().AsNoTracking().ToListAsync(ct)).ConvertAll(r => facts(r));

    private sealed record Row(long Id, int? ClientId, int? CampaignId, int? InfluencerId, object Values);
}
