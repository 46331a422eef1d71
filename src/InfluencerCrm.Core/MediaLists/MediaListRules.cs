using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>A list stays on its client's side of the wall, and knows since when somebody is on it.</summary>
public sealed class MediaListRules(CrmDbContext db, TimeProvider clock) : IRowRule<MediaList>, IRowRule<MediaListMember>
{
    public async Task CheckAsync(MediaList row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.BelongTo(await OneClient.OfAsync(db, row.ClientId, ct, ("campaignId", typeof(Campaign), row.CampaignId)));
    }

    public Task CheckAsync(MediaListMember row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.AddedAt == default)
        {
            row.Added(clock.GetUtcNow().UtcDateTime);
        }

        return Task.CompletedTask;
    }
}
