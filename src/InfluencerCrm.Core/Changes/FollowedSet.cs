using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Changes;

/// <summary>A set whose changes are kept, so that a reader can follow it without reading it all again.</summary>
/// <param name="Name">As the API names it, and as the changes do.</param>
public sealed record FollowedSet(string Name, Type Row)
{
    public static IReadOnlyList<FollowedSet> All { get; } =
    [
        new("interactions", typeof(Interaction)),
        new("coverage", typeof(CoveragePiece)),
        new("messages", typeof(Message)),
        new("influencers", typeof(Influencer)),
    ];

    public static FollowedSet? Of(Type row) => All.FirstOrDefault(s => s.Row == row);

    /// <summary>The table behind it, for the database to watch.</summary>
    public FollowedTable TableIn(IModel model)
    {
        var entity = model.FindEntityType(Row)!;
        var store = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        return new FollowedTable(
            Name,
            store.Name,
            typeof(IClientOwned).IsAssignableFrom(Row) ? entity.FindProperty(nameof(IClientOwned.ClientId))!.GetColumnName(store) : null,
            typeof(ICampaignOwned).IsAssignableFrom(Row) ? entity.FindProperty(nameof(ICampaignOwned.CampaignId))!.GetColumnName(store) : null);
    }
}

/// <summary>A table whose changes the database writes down.</summary>
/// <param name="Set">The name under which they are written.</param>
/// <param name="Client">The column that names a client, if there is one.</param>
/// <param name="Campaign">The column that names a campaign, if there is one.</param>
public sealed record FollowedTable(string Set, string Table, string? Client, string? Campaign);
