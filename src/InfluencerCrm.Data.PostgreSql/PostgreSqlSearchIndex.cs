using System.Globalization;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Data.PostgreSql;

/// <summary>pg_trgm: an index over groups of three letters, which the planner takes for <c>LIKE '%…%'</c> where few rows will match.</summary>
internal static class PostgreSqlSearchIndex
{
    // The extension is part of PostgreSQL and may be made by the owner of a database, but some servers do not bring it. Searches find the
    // same rows without the index.
    public static IEnumerable<string> Of(SearchedColumn column)
    {
        yield return $"""
            DO $body$
            BEGIN
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
                CREATE INDEX IF NOT EXISTS "{column.Index}" ON "{column.Table}" USING gin ("{column.Column}" gin_trgm_ops);
            EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
                RAISE WARNING 'No index for searching "{column.Table}": extension pg_trgm cannot be made here (%).', SQLERRM;
            END
            $body$;
            """;
    }

    public static IQueryable<int>? MayHold(DbContext db, SearchedText text, IReadOnlyCollection<string> parts)
    {
        if (!parts.Any(p => Trigrams.Of(p).Count > 0))
        {
            return null;
        }

        var column = text.ColumnIn(db.Model);
        var likes = string.Join(" AND ", parts.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"\"{column.Column}\" LIKE {{{i}}} ESCAPE '!'")));
#pragma warning disable EF1002 // The names come from the model; what is sought are parameters.
        return db.Database.SqlQueryRaw<int>($"SELECT \"{column.Key}\" AS \"Value\" FROM \"{column.Table}\" WHERE {likes}", [.. parts.Select(Pattern)]);
#pragma warning restore EF1002
    }

    private static string Pattern(string part) =>
        $"%{part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
