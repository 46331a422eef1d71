using InfluencerCrm.Core.Changes;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>Writes what happens to a followed table into <c>Changes</c>. Leases change without a new version, and are no change.</summary>
internal static class SqliteChangeTriggers
{
    public static IEnumerable<string> Of(FollowedTable table)
    {
        var before = $"{Column(table.Client)}, {Column(table.Campaign)}";
        yield return Trigger(table, "Inserted", "INSERT", "NEW", nameof(ChangeKind.Created), table.EventOfInsert("NEW"), "NULL, NULL");
        yield return Trigger(table, "Updated", "UPDATE OF \"Version\"", "NEW", nameof(ChangeKind.Updated), table.EventOfUpdate("NEW", "OLD"), before);
        yield return Trigger(table, "Deleted", "DELETE", "OLD", nameof(ChangeKind.Deleted), "NULL", before);
    }

    private static string Column(string? name) => name is null ? "NULL" : $"OLD.\"{name}\"";

    private static string Trigger(FollowedTable table, string name, string on, string row, string kind, string raised, string before) => $"""
        DROP TRIGGER IF EXISTS "{table.Set}{name}";
        CREATE TRIGGER "{table.Set}{name}" AFTER {on} ON "{table.Table}" BEGIN
            INSERT INTO "Changes" ("Entity", "Key", "Kind", "Event", "At", "ClientId", "CampaignId")
            VALUES ('{table.Set}', {row}."Id", '{kind}', {raised}, strftime('%Y-%m-%d %H:%M:%f', 'now'), {before});
        END;
        """;
}
