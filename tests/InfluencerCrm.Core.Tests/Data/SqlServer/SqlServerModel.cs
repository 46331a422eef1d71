using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Tests.Data.SqlServer;

/// <summary>What SQL Server refuses in a schema and the other databases take, found in EF's model for SQL Server.</summary>
internal static partial class SqlServerModel
{
    /// <summary>Bytes a key of an index may have; of the clustered one, the primary key, fewer.</summary>
    private const int LongestKey = 1700;
    private const int LongestPrimaryKey = 900;

    /// <summary>Error 1785: from no table may cascades reach a table twice, or come back.</summary>
    public static IReadOnlyList<string> CascadeProblems(IModel model)
    {
        var cascades = model.GetEntityTypes().SelectMany(e => e.GetForeignKeys())
            .Where(f => f.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
            .ToLookup(f => f.PrincipalEntityType.GetTableName()!, f => f.DeclaringEntityType.GetTableName()!);
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var start in cascades.Select(c => c.Key))
        {
            Follow(start, [start], []);
        }

        return [.. problems];

        void Follow(string table, List<string> path, Dictionary<string, string> reached)
        {
            foreach (var next in cascades[table])
            {
                List<string> here = [.. path, next];
                var text = string.Join(" → ", here);
                if (path.Contains(next))
                {
                    problems.Add($"a circle: {text}");
                    continue;
                }

                if (!reached.TryAdd(next, text))
                {
                    problems.Add($"two paths: {reached[next]}, {text}");
                    continue;
                }

                Follow(next, here, reached);
            }
        }
    }

    /// <summary>Keys too long for an index, or without a length.</summary>
    public static IReadOnlyList<string> KeyProblems(IModel model)
    {
        var problems = new List<string>();
        foreach (var entity in model.GetEntityTypes())
        {
            var keys = entity.GetKeys().Select(k => (Name: k.GetName()!, k.Properties, Longest: k.IsPrimaryKey() ? LongestPrimaryKey : LongestKey));
            var indexes = entity.GetIndexes().Select(i => (Name: i.GetDatabaseName()!, i.Properties, Longest: LongestKey));
            foreach (var (name, properties, longest) in keys.Concat(indexes))
            {
                var bytes = properties.Sum(p => BytesOf(p.GetColumnType()));
                if (bytes > longest)
                {
                    problems.Add(bytes >= int.MaxValue ? $"{name} has a column without length." : string.Create(CultureInfo.InvariantCulture, $"{name} may have {bytes} bytes; {longest} are allowed."));
                }
            }
        }

        return problems;
    }

    /// <summary>Columns without length, as <c>Table.Column</c>.</summary>
    public static IReadOnlyList<string> Unbounded(IModel model) =>
        [.. model.GetEntityTypes().SelectMany(e => e.GetProperties(), (e, p) => (Name: $"{e.GetTableName()}.{p.GetColumnName()}", Type: p.GetColumnType()))
            .Where(c => c.Type.EndsWith("(max)", StringComparison.Ordinal)).Select(c => c.Name).Distinct().Order(StringComparer.Ordinal)];

    private static long BytesOf(string type)
    {
        var length = Length().Match(type);
        return type switch
        {
            _ when type.EndsWith("(max)", StringComparison.Ordinal) => int.MaxValue,
            _ when type.StartsWith('n') && length.Success => 2 * long.Parse(length.Value, CultureInfo.InvariantCulture),
            _ when (type.StartsWith("var", StringComparison.Ordinal) || type.StartsWith("binary", StringComparison.Ordinal)) && length.Success => long.Parse(length.Value, CultureInfo.InvariantCulture),
            "bit" => 1,
            "date" => 3,
            "int" => 4,
            "bigint" or "float" or "datetime2" or "rowversion" => 8,
            "decimal(18,2)" => 9,
            "datetimeoffset" => 10,
            "uniqueidentifier" => 16,
            _ => throw new NotSupportedException($"How many bytes has {type}?"),
        };
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Length();
}
