using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.Rows;

/// <summary>
/// What the one who imports may see of clients and campaigns. The import itself is done by the product, which sees everything; a name
/// in a file must not show somebody what stands behind a wall.
/// </summary>
internal sealed class Asker(Actor actor)
{
    private readonly Dictionary<string, int> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Id, int? ClientId)> _campaigns = new(StringComparer.Ordinal);

    /// <summary>Who is no user any more.</summary>
    public static Actor Nobody { get; } = new() { Rights = Right.None };

    public IReadOnlyList<int> HiddenCampaignIds => actor.HiddenCampaignIds;

    public static async Task<Asker> LoadAsync(CrmDbContext db, Actor actor, CancellationToken ct)
    {
        var asker = new Asker(actor);
        foreach (var client in await db.Clients.IgnoreQueryFilters([Filters.Archived]).OrderBy(c => c.Id).Select(c => new { c.Id, c.Name }).ToListAsync(ct))
        {
            if (actor.SeesAllClients || actor.ClientIds.Contains(client.Id))
            {
                asker._clients.TryAdd(WordKey.Of(client.Name), client.Id);
            }
        }

        foreach (var campaign in await db.Campaigns.OrderBy(c => c.Id).Select(c => new { c.Id, c.Name, c.ClientId }).ToListAsync(ct))
        {
            if (!actor.HiddenCampaignIds.Contains(campaign.Id) && (actor.SeesAllClients || campaign.ClientId is not { } client || actor.ClientIds.Contains(client)))
            {
                asker._campaigns.TryAdd(WordKey.Of(campaign.Name), (campaign.Id, campaign.ClientId));
            }
        }

        return asker;
    }

    public int? Client(string name) => _clients.TryGetValue(WordKey.Of(name), out var id) ? id : null;

    public int? Campaign(string name) => _campaigns.TryGetValue(WordKey.Of(name), out var campaign) ? campaign.Id : null;
}
