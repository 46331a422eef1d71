using System.Collections;
using System.Reflection;
using System.Text.Json;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Imports.Changes;

/// <summary>One member that the changes of an entity may name: read from the row, or given back as such a change.</summary>
internal sealed class MemberOf<TRow, TChanges>
    where TChanges : new()
{
    private static readonly Dictionary<string, MemberOf<TRow, TChanges>> ByName = typeof(TChanges).GetProperties()
        .Where(p => typeof(IOptional).IsAssignableFrom(p.PropertyType) && typeof(TRow).GetProperty(p.Name) is not null)
        .Select(p => new MemberOf<TRow, TChanges>(p, typeof(TRow).GetProperty(p.Name)!))
        .ToDictionary(m => m.Name, StringComparer.Ordinal);

    private readonly PropertyInfo _change;
    private readonly PropertyInfo _row;

    private MemberOf(PropertyInfo change, PropertyInfo row) => (_change, _row, Name) = (change, row, Words.Camel(row.Name));

    public string Name { get; }

    /// <summary>Those that these changes set.</summary>
    public static IEnumerable<MemberOf<TRow, TChanges>> SetIn(TChanges changes) => ByName.Values.Where(m => ((IOptional)m._change.GetValue(changes)!).IsSet);

    public static MemberOf<TRow, TChanges>? Find(string name) => ByName.GetValueOrDefault(name);

    public object? Of(TRow row) => _row.GetValue(row);

    /// <summary>Sets the member in the changes to a value as it was kept.</summary>
    public void Set(TChanges changes, JsonElement kept)
    {
        var type = _change.PropertyType.GetGenericArguments()[0];
        _change.SetValue(changes, Activator.CreateInstance(_change.PropertyType, kept.Deserialize(type, RowChanges.Json)));
    }

    public static bool AreEqual(object? one, object? other) =>
        one is IList list && other is IList others ? list.Cast<object?>().SequenceEqual(others.Cast<object?>()) : Equals(one, other);
}
