using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>How the rows of one entity become parameters; found out once for each model.</summary>
internal sealed class BulkInsertPlan
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<Type, BulkInsertPlan>> Plans = [];

    private readonly Action<object, Guid>? _version;
    private readonly Action<object, DateTime>? _createdAt;
    private readonly Action<object, DateTime>? _updatedAt;

    private BulkInsertPlan(IEntityType entity)
    {
        Table = entity.GetTableName() ?? throw NotSupported(entity, "it has no table");
        Schema = entity.GetSchema();
        if (entity.GetComplexProperties().Any() || entity.GetNavigations().Any(n => n.TargetEntityType.IsOwned() && n.TargetEntityType.GetTableName() == Table))
        {
            throw NotSupported(entity, "it has members that are made of several columns");
        }

        var table = StoreObjectIdentifier.Table(Table, Schema);
        var columns = new List<Column>();
        foreach (var property in entity.GetProperties())
        {
            if (property.GetColumnName(table) is not { } name || property.GetComputedColumnSql(table) is not null)
            {
                continue;
            }

            if (property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType != typeof(Guid))
            {
                KeyColumn = name;
                Key = KeySetter(property);
                continue;
            }

            columns.Add(new Column(name, property.IsNullable, property.GetRelationalTypeMapping(), Getter(entity, property), property.GetRelationalTypeMapping().Converter?.ConvertToProvider));
        }

        Columns = columns;
        if (typeof(IRow).IsAssignableFrom(entity.ClrType))
        {
            _version = Setter<Guid>(entity.FindProperty(nameof(IRow.Version))!);
            _createdAt = Setter<DateTime>(entity.FindProperty(nameof(IRow.CreatedAt))!);
            _updatedAt = Setter<DateTime>(entity.FindProperty(nameof(IRow.UpdatedAt))!);
        }
    }

    public string Table { get; }

    public string? Schema { get; }

    public IReadOnlyList<Column> Columns { get; }

    public string? KeyColumn { get; }

    /// <summary>Puts a generated key into its row; null where the caller sets the keys.</summary>
    public Action<object, long>? Key { get; }

    public static BulkInsertPlan Of(IModel model, Type entity) =>
        Plans.GetValue(model, _ => new ConcurrentDictionary<Type, BulkInsertPlan>())
            .GetOrAdd(entity, type => new BulkInsertPlan(model.FindEntityType(type)
                ?? throw new NotSupportedException($"{type.Name} is no entity of this model.")));

    public void Stamp(object row, Guid version, DateTime now)
    {
        _version?.Invoke(row, version);
        _createdAt?.Invoke(row, now);
        _updatedAt?.Invoke(row, now);
    }

    private static Func<object, object?> Getter(IEntityType entity, IProperty property)
    {
        if (entity.FindDiscriminatorProperty() == property)
        {
            var constant = entity.GetDiscriminatorValue();
            return _ => constant;
        }

        if (property.IsShadowProperty())
        {
            return property.IsNullable ? _ => null : throw NotSupported(entity, $"{property.Name} is not a member of it");
        }

        return property.GetGetter().GetClrValue;
    }

    private static Action<object, long> KeySetter(IProperty property)
    {
        if (property.ClrType == typeof(int))
        {
            var set = Setter<int>(property);
            return (row, key) => set(row, checked((int)key));
        }

        return property.ClrType == typeof(long)
            ? Setter<long>(property)
            : throw NotSupported((IEntityType)property.DeclaringType, $"its key is a {property.ClrType.Name}");
    }

    /// <summary>These members have private setters; EF names the field behind them.</summary>
    private static Action<object, TValue> Setter<TValue>(IProperty property)
    {
        var row = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(TValue));
        var field = property.FieldInfo ?? throw NotSupported((IEntityType)property.DeclaringType, $"{property.Name} has no field");
        return Expression.Lambda<Action<object, TValue>>(
            Expression.Assign(Expression.Field(Expression.Convert(row, field.DeclaringType!), field), value), row, value).Compile();
    }

    private static NotSupportedException NotSupported(IEntityType entity, string why) =>
        new($"{entity.ClrType.Name} cannot be inserted in bulk: {why}.");

    /// <param name="Get">The member's value.</param>
    /// <param name="Convert">Makes of it what the database stores; null: nothing needs to be made.</param>
    internal sealed record Column(string Name, bool IsNullable, RelationalTypeMapping Mapping, Func<object, object?> Get, Func<object?, object?>? Convert)
    {
        public object? Read(object row) => Stored(Get(row));

        public object? Stored(object? value) => value is null || Convert is null ? value : Convert(value);
    }
}
