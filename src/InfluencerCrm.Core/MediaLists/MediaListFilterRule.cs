using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>A filter that cannot be understood is not saved.</summary>
internal sealed class MediaListFilterRule(CrmDbContext db, IInfluencerFilter filter) : IRowRule<MediaList>
{
    public Task CheckAsync(MediaList row, CancellationToken ct)
    {
        if (row is { Kind: MediaListKind.Dynamic, Filter: { } text })
        {
            filter.Apply(db.Influencers, text);
        }

        return Task.CompletedTask;
    }
}
