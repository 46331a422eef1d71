using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Changes;

/// <summary>A set whose changes are kept, so that a reader can follow it without reading it all again, and other tools hear of it.</summary>
/// <param name="Name">As the API names it, and as the changes do.</param>
/// <param name="HasFeed">False: changes are kept for events only.</param>
public sealed record FollowedSet(string Name, Type Row, bool HasFeed, params IReadOnlyList<RowEvent> Events)
{
    public static IReadOnlyList<FollowedSet> All { get; } =
    [
        new("interactions", typeof(Interaction), true),
        new("coverage", typeof(CoveragePiece), true, new RowEvent("coverage.confirmed", Is("Status", nameof(CoverageStatus.Confirmed)), Becomes("Status", nameof(CoverageStatus.Confirmed)))),
        new(
            "messages",
            typeof(Message),
            true,
            new RowEvent("message.replied", null, Appears("RepliedAt")),
            new RowEvent("message.bounced", null, Becomes("Status", nameof(MessageStatus.Bounced))),
            new RowEvent("message.failed", null, Becomes("Status", nameof(MessageStatus.Failed))),
            new RowEvent("message.sent", null, Becomes("Status", nameof(MessageStatus.Sent)))),
        new(
            "influencers",
            typeof(Influencer),
            true,
            new RowEvent("influencer.erased", null, Appears("ErasedAt")),
            new RowEvent("influencer.deleted", null, Appears("ArchivedAt"))),
        new("requests", typeof(PressRequest), false),
        new(
            "sendOuts",
            typeof(SendOut),
            false,
            new RowEvent("sendOut.completed", null, Becomes("Status", nameof(SendOutStatus.Completed))),
            new RowEvent("sendOut.paused", null, Becomes("Status", nameof(SendOutStatus.Paused)))),
    ];

    /// <summary>The set of a kind of rows, where clients may follow it.</summary>
    public static FollowedSet? Of(Type row) => All.FirstOrDefault(s => s.Row == row && s.HasFeed);

    /// <summary>The table behind it, for the database to watch.</summary>
    public FollowedTable TableIn(IModel model)
    {
        var entity = model.FindEntityType(Row)!;
        var store = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        return new FollowedTable(
            Name,
            store.Name,
            typeof(IClientOwned).IsAssignableFrom(Row) ? entity.FindProperty(nameof(IClientOwned.ClientId))!.GetColumnName(store) : null,
            typeof(ICampaignOwned).IsAssignableFrom(Row) ? entity.FindProperty(nameof(ICampaignOwned.CampaignId))!.GetColumnName(store) : null,
            Events);
    }

    private static string Is(string column, string value) => $"{RowEvent.New}.\"{column}\" = '{value}'";

    private static string Becomes(string column, string value) => $"{Is(column, value)} AND {RowEvent.Old}.\"{column}\" <> '{value}'";

    private static string Appears(string column) => $"{RowEvent.New}.\"{column}\" IS NOT NULL AND {RowEvent.Old}.\"{column}\" IS NULL";
}

/// <summary>Something more than a change: a state that was reached. Looked for where both states are known, in the database's trigger.</summary>
/// <param name="OnInsert">SQL that all three databases understand, over <see cref="New"/>; null: a new row does not raise it.</param>
/// <param name="OnUpdate">The same over <see cref="New"/> and <see cref="Old"/>.</param>
public sealed record RowEvent(string Name, string? OnInsert, string OnUpdate)
{
    /// <summary>Stands for the row as it is.</summary>
    public const string New = "{new}";

    /// <summary>Stands for the row as it was.</summary>
    public const string Old = "{old}";
}

/// <summary>A table whose changes the database writes down.</summary>
/// <param name="Set">The name under which they are written.</param>
/// <param name="Client">The column that names a client, if there is one.</param>
/// <param name="Campaign">The column that names a campaign, if there is one.</param>
public sealed record FollowedTable(string Set, string Table, string? Client, string? Campaign, IReadOnlyList<RowEvent> Events)
{
    /// <summary>The event a new row raises, as an expression; <c>NULL</c> for none.</summary>
    /// <param name="created">How the trigger calls the row.</param>
    public string EventOfInsert(string created) => Case(Events.Where(e => e.OnInsert is not null).Select(e => (e.Name, e.OnInsert!)), created, "");

    /// <summary>The event a changed row raises; the first that fits.</summary>
    public string EventOfUpdate(string now, string before) => Case(Events.Select(e => (e.Name, e.OnUpdate)), now, before);

    private static string Case(IEnumerable<(string Name, string Condition)> events, string now, string before)
    {
        var branches = string.Concat(events.Select(e =>
            $" WHEN {e.Condition.Replace(RowEvent.New, now, StringComparison.Ordinal).Replace(RowEvent.Old, before, StringComparison.Ordinal)} THEN '{e.Name}'"));
        return branches.Length == 0 ? "NULL" : $"CASE{branches} END";
    }
}
