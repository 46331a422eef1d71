using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>One member of a row's JSON, and the place of its value in what the database answered.</summary>
internal sealed record Column(JsonEncodedText Name, int Slot, IEdmTypeReference? Type)
{
    /// <summary>The name of the control information beside the member: <c>createdAt@odata.type</c>.</summary>
    public string Text { get; } = Name.Value;
}

/// <summary>A navigation to be shown inside a row.</summary>
internal sealed class Expansion(IEdmNavigationProperty navigation, IForeignKey foreignKey, bool many, ExpandedReferenceSelectItem item, RowShape? shape, int slot)
{
    public IEdmNavigationProperty Navigation { get; } = navigation;

    public IForeignKey ForeignKey { get; } = foreignKey;

    public bool Many { get; } = many;

    /// <summary>The nested options.</summary>
    public ExpandedReferenceSelectItem Item { get; } = item;

    /// <summary>What the related rows show; null when only their number is wanted (<c>topics/$count</c>).</summary>
    public RowShape? Shape { get; } = shape;

    /// <summary>Where the owner's row holds the value that leads to the related rows.</summary>
    public int Slot { get; } = slot;

    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(navigation.Name);
}

/// <summary>
/// What rows of one type show: which members, in which order, and which navigations. Its <see cref="Slots"/> are the columns of the one
/// query that reads the rows; <c>id</c> and <c>version</c> are always among them, for keys and ETags.
/// </summary>
internal sealed class RowShape
{
    private static readonly ConcurrentDictionary<IEdmStructuralProperty, (JsonEncodedText Text, PropertyInfo Member)> Known = new();
    private readonly List<Expression> _slots = [];
    private readonly ParameterExpression _row;

    private RowShape(IEdmEntityType type, Type clr)
    {
        Type = type;
        Clr = clr;
        _row = Expression.Parameter(clr, "row");
        Key = Add(Expression.Property(_row, "Id"));
        Version = Add(Expression.Property(_row, nameof(IRow.Version)));
    }

    public IEdmEntityType Type { get; }

    public Type Clr { get; }

    public int Key { get; }

    public int Version { get; }

    public List<Column> Columns { get; } = [];

    public List<Expansion> Expansions { get; } = [];

    /// <summary>Slots that the furthest relationship of a person is filled into after reading; -1 where it is not shown.</summary>
    public int StageSlot { get; private set; } = -1;

    public int AimSlot { get; private set; } = -1;

    public int Width => _slots.Count;

    /// <summary>The part of the context address in parentheses; empty where everything is shown.</summary>
    public string Context { get; private set; } = "";

    /// <summary>The shape a request's <c>$select</c>, <c>$expand</c> and <c>$compute</c> ask for.</summary>
    public static RowShape Of(IModel model, IEdmEntityType type, SelectExpandClause? clause, ComputeClause? compute)
    {
        var clr = EdmTypes.ClrTypeOf(type);
        var shape = new RowShape(type, clr);
        var entity = model.FindEntityType(clr) ?? throw new InvalidOperationException($"{clr.Name} is no entity.");
        var chosen = Chosen(clause);
        foreach (var property in type.StructuralProperties().Where(p => chosen is null || chosen.Contains(p.Name)))
        {
            shape.Add(property);
        }

        shape.Add(compute, chosen);
        foreach (var item in clause?.SelectedItems ?? [])
        {
            if (item is ExpandedReferenceSelectItem expanded)
            {
                shape.Add(model, entity, expanded);
            }
        }

        shape.Context = ContextOf(clause, chosen, shape);
        return shape;
    }

    /// <summary>One more value to read with each row, which is not shown: a sort key, the owner's key.</summary>
    public int Add(LambdaExpression value) => Add(new Replacer(value.Parameters[0], _row).Visit(value.Body)!);

    /// <summary>The stored property that each slot holds; null where a slot is nothing that the database answers. Null altogether where one is computed.</summary>
    public IReadOnlyList<IProperty?>? Stored(IModel model)
    {
        var entity = model.FindEntityType(Clr)!;
        var stored = new IProperty?[_slots.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            if (_slots[i] is ConstantExpression { Value: null })
            {
                continue;
            }

            stored[i] = _slots[i] is MemberExpression member && member.Expression == _row ? entity.FindProperty(member.Member.Name) : null;
            if (stored[i] is null)
            {
                return null;
            }
        }

        return stored;
    }

    /// <summary>From a row to its values.</summary>
    public LambdaExpression Projection() => Expression.Lambda(Values(_row), _row);

    /// <summary>The values of the row that this expression stands for.</summary>
    public Expression Values(Expression row) =>
        Expression.NewArrayInit(typeof(object), _slots.Select(s => Expression.Convert(new Replacer(_row, row).Visit(s)!, typeof(object))));

    private static HashSet<string>? Chosen(SelectExpandClause? clause)
    {
        if (clause is null || clause.AllSelected)
        {
            return null;
        }

        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in clause.SelectedItems)
        {
            switch (item)
            {
                case WildcardSelectItem:
                    return null;
                case PathSelectItem { SelectedPath: var path }:
                    if (path.Count != 1)
                    {
                        throw new Malformed("notSupported", "$select takes members of the row itself.");
                    }

                    chosen.Add(path.FirstSegment is PropertySegment property ? property.Property.Name : path.FirstSegment.Identifier);
                    break;
                default:
                    break;
            }
        }

        return chosen;
    }

    private static string ContextOf(SelectExpandClause? clause, HashSet<string>? chosen, RowShape shape)
    {
        if (clause is null)
        {
            return "";
        }

        var parts = new List<string>();
        if (chosen is not null)
        {
            parts.AddRange(shape.Columns.Select(c => c.Text));
        }

        parts.AddRange(shape.Expansions.Where(e => e.Shape is not null).Select(e => e.Navigation.Name + (e.Shape!.Context.Length == 0 ? "()" : e.Shape.Context)));
        return parts.Count == 0 ? "" : "(" + string.Join(',', parts) + ")";
    }

    private int Add(Expression value)
    {
        // The same column twice in one query comes back once, and would shift the others.
        if (value is MemberExpression member)
        {
            var known = _slots.FindIndex(s => s is MemberExpression m && m.Member == member.Member && m.Expression == member.Expression);
            if (known >= 0)
            {
                return known;
            }
        }

        _slots.Add(value);
        return _slots.Count - 1;
    }

    private void Add(IEdmStructuralProperty property)
    {
        var (text, member) = Known.GetOrAdd(property, static p =>
            (JsonEncodedText.Encode(p.Name), EdmTypes.ClrTypeOf((IEdmEntityType)p.DeclaringType).GetProperty(EdmTypes.ClrNameOf(p))!));

        // The furthest relationship is one more query for the page, not three subqueries for each of its rows.
        var slot = FurthestRelationship.IsOne(member)
            ? Add(Expression.Constant(null))
            : Add(Expression.Property(_row, member));
        if (FurthestRelationship.IsOne(member))
        {
            if (member.Name == nameof(Influencer.RelationshipStage))
            {
                StageSlot = slot;
            }
            else
            {
                AimSlot = slot;
            }
        }

        Columns.Add(new Column(text, slot, property.Type));
    }

    private void Add(ComputeClause? compute, HashSet<string>? chosen)
    {
        if (compute is null)
        {
            return;
        }

        var binding = Binding.Of(Clr, compute);
        foreach (var item in compute.ComputedItems.Where(c => chosen is null || chosen.Contains(c.Alias)))
        {
            Columns.Add(new Column(JsonEncodedText.Encode(item.Alias), Add(binding.Value(item.Expression)), null));
        }
    }

    private void Add(IModel model, IEntityType entity, ExpandedReferenceSelectItem item)
    {
        if (item.PathToNavigationProperty.Count != 1 || item.PathToNavigationProperty.LastSegment is not NavigationPropertySegment segment)
        {
            throw new Malformed("notSupported", "$expand takes navigations of the row itself.");
        }

        if (Expansions.Exists(e => e.Navigation == segment.NavigationProperty))
        {
            throw new Malformed("badQuery", $"$expand names {segment.NavigationProperty.Name} twice.");
        }

        var navigation = entity.FindNavigation(EdmTypes.ClrNameOf(segment.NavigationProperty)) ?? throw new InvalidOperationException($"{segment.Identifier} is no navigation.");
        var count = item is ExpandedCountSelectItem;
        if (!count && item is not ExpandedNavigationSelectItem)
        {
            throw new Malformed("notSupported", "$expand shows rows, or their number with /$count; links come from …/$ref.");
        }

        var nested = item as ExpandedNavigationSelectItem;
        if (nested?.LevelsOption is not null)
        {
            throw new Malformed("notSupported", "$levels is not offered; write the nested $expand out.");
        }

        var shape = count ? null : Of(model, segment.NavigationProperty.ToEntityType(), nested!.SelectAndExpand, nested.ComputeOption);
        var slot = navigation.IsCollection ? Key : Add(Expression.Property(_row, navigation.ForeignKey.Properties[0].Name));
        Expansions.Add(new Expansion(segment.NavigationProperty, navigation.ForeignKey, navigation.IsCollection, item, shape, slot));
    }
}

/// <summary>Puts one expression in the place of another.</summary>
internal sealed class Replacer(Expression what, Expression with) : ExpressionVisitor
{
    public override Expression? Visit(Expression? node) => node == what ? with : base.Visit(node);
}
