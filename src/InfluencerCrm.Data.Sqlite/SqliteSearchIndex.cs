using System.Globalization;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>
/// FTS5 over groups of three letters. The text stays in the table; the index holds only which rows have which group (no positions, no
/// lengths): a fifth of the size, and candidates are all that is asked of it. Texts are normalised already, so it need not fold them again.
/// Triggers keep it, because rows are written in many ways.
/// </summary>
internal static class SqliteSearchIndex
{
    /// <summary>More groups than these find no fewer rows.</summary>
    private const int MostGroups = 64;

    /// <summary>Pages of the index that one transaction of tidying writes; other writers wait for some ten milliseconds.</summary>
    private const int TidiedPages = 100;

    /// <summary>Names the indexes whose new rows are not entered by their trigger; only inside a transaction, so that no other sees it.</summary>
    private const string Held = "SearchIndexesHeld";

    public static IEnumerable<string> Of(SearchedColumn column)
    {
        var (index, table, key, text) = (column.Index, column.Table, column.Key, column.Column);
        var remove = $"INSERT INTO \"{index}\" (\"{index}\", rowid, \"{text}\") VALUES ('delete', OLD.\"{key}\", OLD.\"{text}\");";
        var add = $"INSERT INTO \"{index}\" (rowid, \"{text}\") VALUES (NEW.\"{key}\", NEW.\"{text}\");";
        yield return $"""
            CREATE VIRTUAL TABLE IF NOT EXISTS "{index}" USING fts5("{text}", content='{table}', content_rowid='{key}', tokenize='trigram case_sensitive 1', detail=none, columnsize=0);
            """;

        // Where the triggers are missing, the table is new, or was rebuilt by a migration and may have been written without them.
        yield return $"""
            INSERT INTO "{index}" ("{index}") SELECT 'rebuild' WHERE NOT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = '{index}Inserted');
            """;
        yield return $"CREATE TABLE IF NOT EXISTS \"{Held}\" (\"Index\" TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;";
        yield return Trigger(column, "Inserted", "INSERT", $"WHEN NOT EXISTS (SELECT 1 FROM \"{Held}\" WHERE \"Index\" = '{index}')", add);
        yield return Trigger(column, "Updated", $"UPDATE OF \"{text}\"", $"WHEN OLD.\"{text}\" IS NOT NEW.\"{text}\"", Erasing(column, 1) + remove + add + Erasing(column, 0));
        yield return Trigger(column, "Deleted", "DELETE", "", remove);
    }

    public static IQueryable<int>? MayHold(DbContext db, SearchedText text, IReadOnlyCollection<string> parts)
    {
        var groups = parts.SelectMany(Trigrams.Of).Distinct(StringComparer.Ordinal).Take(MostGroups).Select(g => $"\"{g.Replace("\"", "\"\"", StringComparison.Ordinal)}\"").ToList();
        if (groups.Count == 0)
        {
            return null;
        }

        var index = text.ColumnIn(db.Model).Index;
#pragma warning disable EF1002 // The name of the index comes from the model.
        return db.Database.SqlQueryRaw<int>($"SELECT rowid AS \"Value\" FROM \"{index}\" WHERE \"{index}\" MATCH {{0}}", string.Join(" AND ", groups));
#pragma warning restore EF1002
    }

    // SQLite makes a savepoint around each statement that has triggers, and FTS5 writes out at each savepoint what it has gathered: a row
    // at a time costs five times as much as all rows of a batch in one statement.
    public static async Task<int?> HoldAsync(DbContext db, Type row, CancellationToken ct)
    {
        if (ColumnOf(db, row) is not { } column)
        {
            return null;
        }

#pragma warning disable EF1002 // Names come from the model.
        await db.Database.ExecuteSqlRawAsync($"INSERT INTO \"{Held}\" (\"Index\") VALUES ('{column.Index}')", ct);
        return await db.Database.SqlQueryRaw<int>($"SELECT coalesce(max(\"{column.Key}\"), 0) AS \"Value\" FROM \"{column.Table}\"").SingleAsync(ct);
#pragma warning restore EF1002
    }

    public static async Task FillAsync(DbContext db, Type row, int after, CancellationToken ct)
    {
        var column = ColumnOf(db, row)!;
#pragma warning disable EF1002 // Names come from the model.
        await db.Database.ExecuteSqlRawAsync($"INSERT INTO \"{column.Index}\" (rowid, \"{column.Column}\") SELECT \"{column.Key}\", \"{column.Column}\" FROM \"{column.Table}\" WHERE \"{column.Key}\" > {{0}}", [after], ct);
        await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{Held}\" WHERE \"Index\" = '{column.Index}'", ct);
#pragma warning restore EF1002
    }

    // An entry of a changed row is only marked as gone, until it is merged with the mark. This merges all into one, a little at a time.
    public static async Task TidyAsync(DbContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            foreach (var text in SearchedText.All)
            {
                var index = text.ColumnIn(db.Model).Index;
                for (var pages = -TidiedPages; ; pages = TidiedPages)
                {
                    var before = await WritesAsync(db, ct);
#pragma warning disable EF1002 // The name of the index comes from the model.
                    await db.Database.ExecuteSqlRawAsync($"INSERT INTO \"{index}\" (\"{index}\", rank) VALUES ('merge', {pages.ToString(CultureInfo.InvariantCulture)})", ct);
#pragma warning restore EF1002

                    // The order itself counts as one.
                    if (await WritesAsync(db, ct) - before < 2)
                    {
                        break;
                    }
                }
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static SearchedColumn? ColumnOf(DbContext db, Type row) => SearchedText.All.FirstOrDefault(t => t.Row == row)?.ColumnIn(db.Model);

    private static Task<long> WritesAsync(DbContext db, CancellationToken ct) => db.Database.SqlQueryRaw<long>("SELECT total_changes() AS \"Value\"").SingleAsync(ct);

    // Removing a text at once takes some thirty milliseconds, marking it as gone half of one: only an erasure cannot wait.
    private static string Erasing(SearchedColumn column, int on) => column.Erased is null ? "" : string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO "{column.Index}" ("{column.Index}", rank) SELECT 'secure-delete', {on} WHERE NEW."{column.Erased}" IS NOT NULL;
        """);

    private static string Trigger(SearchedColumn column, string name, string on, string when, string body) => $"""
        DROP TRIGGER IF EXISTS "{column.Index}{name}";
        CREATE TRIGGER "{column.Index}{name}" AFTER {on} ON "{column.Table}" {when} BEGIN {body} END;
        """;
}
