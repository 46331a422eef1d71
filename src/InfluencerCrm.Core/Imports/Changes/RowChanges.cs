using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Imports.Changes;

/// <summary>Collects what one row of a file changes, value by value: shown to whoever imports, and put back when the import is reverted.</summary>
internal sealed class RowChanges
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<Item> _items = [];

    /// <summary>Applies the changes, and notes each member that has another value after it.</summary>
    public void Apply<TRow, TChanges>(TRow row, TChanges changes)
        where TRow : class, IWritable<TRow, TChanges>
        where TChanges : class, new()
    {
        var before = MemberOf<TRow, TChanges>.SetIn(changes).Select(m => (Member: m, Value: m.Of(row))).ToList();
        row.Apply(changes);
        foreach (var (member, value) in before)
        {
            if (member.Of(row) is var now && !MemberOf<TRow, TChanges>.AreEqual(value, now))
            {
                _items.Add(new Item(row, member.Name, value, now));
            }
        }
    }

    /// <summary>Notes each value that a new record has.</summary>
    public void Made<TRow, TChanges>(TRow row, TChanges changes)
        where TRow : class, IWritable<TRow, TChanges>
        where TChanges : class, new()
    {
        foreach (var member in MemberOf<TRow, TChanges>.SetIn(changes))
        {
            if (member.Of(row) is { } value and not false and not System.Collections.IList { Count: 0 })
            {
                _items.Add(new Item(row, member.Name, null, value));
            }
        }
    }

    /// <summary>Notes a record that is new as a whole.</summary>
    /// <param name="what">What a person knows it by.</param>
    public void Added(object row, string? what) => _items.Add(new Item(row, null, null, what ?? ""));

    public int Count => _items.Count;

    /// <summary>To be called after the records have their keys; null where nothing changed.</summary>
    public string? ToJson() =>
        _items.Count == 0 ? null : JsonSerializer.Serialize(_items.Select(i => new { Entity = Name(i.Row), Id = KeyOf(i.Row), i.Member, i.Before, i.After }), Json);

    public static IReadOnlyList<RowChange> Parse(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<RowChange>>(json, Json) ?? [];

    private static string Name(object row) => Words.Camel(row.GetType().Name);

    private static long? KeyOf(object row) => row switch
    {
        Entity { Id: > 0 and var id } => id,
        LongEntity { Id: > 0 and var id } => id,
        _ => null,
    };

    private sealed record Item(object Row, string? Member, object? Before, object? After);
}
