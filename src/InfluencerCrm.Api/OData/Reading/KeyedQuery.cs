using System.Data.Common;
using System.Globalization;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>
/// A query that differs from one request to the next only in a key, kept as the command that EF made of it, for one actor's view. Which of its
/// parameters are the key is found out by making it with two keys; all others must be the same, and stay so.
/// </summary>
internal sealed class KeyedQuery
{
    // No list of ids begins with these, so that no other parameter is taken for the key.
    private const int One = 1_913_734_411;
    private const int Other = 1_851_260_173;

    private readonly string _sql;
    private readonly KeyValuePair<string, object?>[] _values;
    private readonly (int Position, Func<long, object> Value)[] _keys;
    private readonly (int Column, Func<DbDataReader, int, object?> Value)[] _cells;

    private KeyedQuery(string sql, KeyValuePair<string, object?>[] values, (int, Func<long, object>)[] keys, (int, Func<DbDataReader, int, object?>)[] cells) =>
        (_sql, _values, _keys, _cells) = (sql, values, keys, cells);

    /// <param name="reads">Where it will run; it runs there once now.</param>
    /// <param name="query">The query for one key, projecting to one value for each stored property.</param>
    /// <param name="stored">The properties in the order of the values; null where a value is not asked from the database.</param>
    /// <returns>Null where it cannot be kept this way.</returns>
    public static KeyedQuery? Of(IKeptReads reads, Func<int, IQueryable<object?[]>> query, IReadOnlyList<IProperty?> stored, CancellationToken ct)
    {
        using var one = query(One).CreateDbCommand();
        using var other = query(Other).CreateDbCommand();
        if (one.CommandText != other.CommandText || one.Parameters.Count != other.Parameters.Count)
        {
            return null;
        }

        var values = new KeyValuePair<string, object?>[one.Parameters.Count];
        var keys = new List<(int, Func<long, object>)>();
        for (var i = 0; i < values.Length; i++)
        {
            var (first, second) = (one.Parameters[i].Value, other.Parameters[i].Value);
            values[i] = new KeyValuePair<string, object?>(one.Parameters[i].ParameterName, first);
            if (Equals(first, second))
            {
                continue;
            }

            if (KeyIn(first, second) is not { } key)
            {
                return null;
            }

            keys.Add((i, key));
        }

        try
        {
            return reads.Read(one.CommandText, values, r => StoredRows.CellsOf(r, stored), ct) is { } cells ? new KeyedQuery(one.CommandText, values, [.. keys], cells) : null;
        }
        catch (DbException)
        {
            // A function of EF's own, most likely: EF must run this one.
            return null;
        }
    }

    /// <summary>The rows of this key.</summary>
    public List<object?[]> Read(IKeptReads reads, long key, CancellationToken ct)
    {
        var values = _values.AsSpan().ToArray();
        foreach (var (position, value) in _keys)
        {
            values[position] = new KeyValuePair<string, object?>(values[position].Key, value(key));
        }

        return reads.Read(_sql, values, RowsOf, ct);
    }

    private List<object?[]> RowsOf(DbDataReader reader)
    {
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add(StoredRows.RowOf(reader, _cells));
        }

        return rows;
    }

    private static Func<long, object>? KeyIn(object? first, object? second) => (first, second) switch
    {
        (int and One, int and Other) => key => (int)key,
        (long and One, long and Other) => key => key,
        (string a, string b) when a == $"[{One}]" && b == $"[{Other}]" => key => string.Create(CultureInfo.InvariantCulture, $"[{key}]"),
        _ => null,
    };
}
