using InfluencerCrm.Core.Changes;

namespace InfluencerCrm.Data.PostgreSql;

/// <summary>
/// Writes what happens to a followed table into <c>Changes</c>. New rows once a statement, since imports write hundreds with one; changed
/// rows one by one, because only a row's trigger can look first whether its version changed: leases do without.
/// </summary>
internal static class PostgreSqlChangeTriggers
{
    public static IEnumerable<string> Of(FollowedTable table)
    {
        var before = $"{Column(table.Client)}, {Column(table.Campaign)}";
        yield return Function(table, "inserted", $"""
            INSERT INTO "Changes" ("Entity", "Key", "Kind", "Event", "At") SELECT '{table.Set}', i."Id", '{nameof(ChangeKind.Created)}', {table.EventOfInsert("i")}, clock_timestamp() FROM inserted AS i;
            """);
        yield return Function(table, "updated", Row(table, nameof(ChangeKind.Updated), table.EventOfUpdate("NEW", "OLD"), before));
        yield return Function(table, "deleted", Row(table, nameof(ChangeKind.Deleted), "NULL", before));
        yield return $"""
            CREATE OR REPLACE TRIGGER {table.Set}_inserted AFTER INSERT ON "{table.Table}" REFERENCING NEW TABLE AS inserted
            FOR EACH STATEMENT EXECUTE FUNCTION {table.Set}_inserted();
            CREATE OR REPLACE TRIGGER {table.Set}_updated AFTER UPDATE ON "{table.Table}"
            FOR EACH ROW WHEN (OLD."Version" IS DISTINCT FROM NEW."Version") EXECUTE FUNCTION {table.Set}_updated();
            CREATE OR REPLACE TRIGGER {table.Set}_deleted AFTER DELETE ON "{table.Table}"
            FOR EACH ROW EXECUTE FUNCTION {table.Set}_deleted();
            """;
    }

    private static string Column(string? name) => name is null ? "NULL" : $"OLD.\"{name}\"";

    private static string Row(FollowedTable table, string kind, string raised, string before) => $"""
        INSERT INTO "Changes" ("Entity", "Key", "Kind", "Event", "At", "ClientId", "CampaignId") VALUES ('{table.Set}', OLD."Id", '{kind}', {raised}, clock_timestamp(), {before});
        """;

    private static string Function(FollowedTable table, string name, string body) => $"""
        CREATE OR REPLACE FUNCTION {table.Set}_{name}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            {body}
            RETURN NULL;
        END
        $body$;
        """;
}
