using System.Globalization;
using System.Linq.Expressions;
using InfluencerCrm.Api.OData.Searching;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>
/// <c>$apply</c> (OData Extension for Data Aggregation 4.0): filter, compute, groupby and aggregate, one after another, as one query. The
/// library's own binder groups by wrapper objects, sorts what it groups and reads synchronously.
/// </summary>
internal sealed class Aggregation
{
    /// <summary>Names that one step may give out.</summary>
    public const int MostColumns = 16;

    private readonly List<string> _grouped = [];
    private Dictionary<string, LambdaExpression>? _names;
    private ComputeClause? _computed;

    private Aggregation(IQueryable rows) => Rows = rows;

    /// <summary>What the steps make of the rows so far.</summary>
    public IQueryable Rows { get; private set; }

    /// <summary>The members of the result; null while it still consists of whole rows.</summary>
    public IReadOnlyDictionary<string, LambdaExpression>? Names => _names;

    /// <summary>What <c>compute</c> added to whole rows.</summary>
    public ComputeClause? Computed => _computed;

    /// <summary>The columns that tell the result's rows apart.</summary>
    public IEnumerable<LambdaExpression> Groups => _grouped.Select(g => _names![g]);

    /// <summary>True where the last step made one row of all.</summary>
    public bool IsTotal { get; private set; }

    public static Aggregation Of(IQueryable rows, ApplyClause apply)
    {
        var result = new Aggregation(rows);
        foreach (var step in apply.Transformations)
        {
            result.Apply(step);
        }

        return result;
    }

    /// <summary>An expression of the query as a function of the result's rows.</summary>
    public LambdaExpression Value(QueryNode node)
    {
        var row = Expression.Parameter(Rows.ElementType, "row");
        var binder = new NamedColumns(_names, row, _computed, Rows.ElementType);
        return binder.Value(node);
    }

    public void Filter(FilterClause? filter)
    {
        if (filter is null)
        {
            return;
        }

        var condition = Value(filter.Expression);
        var body = condition.Body.Type == typeof(bool) ? condition.Body : Expression.Equal(condition.Body, Expression.Constant(true, condition.Body.Type));
        Rows = Rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Where), [Rows.ElementType], Rows.Expression, Expression.Quote(Expression.Lambda(body, condition.Parameters))));
    }

    private void Apply(TransformationNode step)
    {
        IsTotal = false;
        switch (step)
        {
            case FilterTransformationNode filter:
                Filter(filter.FilterClause);
                break;
            case ComputeTransformationNode compute:
                Compute(compute);
                break;
            case GroupByTransformationNode group:
                Group(group.GroupingProperties.SelectMany(Leaves).ToList(), group.ChildTransformations);
                break;
            case AggregateTransformationNode:
                Group([], step);
                IsTotal = true;
                break;
            default:
                throw new Malformed("notSupported", $"$apply takes filter, compute, groupby and aggregate, not {step.Kind}.");
        }
    }

    private static IEnumerable<(string Path, SingleValueNode Value)> Leaves(GroupByPropertyNode node) => Leaves(node, "");

    private static IEnumerable<(string Path, SingleValueNode Value)> Leaves(GroupByPropertyNode node, string above)
    {
        var path = above + node.Name;
        return node.ChildTransformations.Count > 0 ? node.ChildTransformations.SelectMany(c => Leaves(c, path + "/"))
            : node.Expression is null ? throw new Malformed("notSupported", $"groupby takes properties; {path} is none.")
            : [(path, node.Expression)];
    }

    private void Compute(ComputeTransformationNode compute)
    {
        if (_names is null)
        {
            _computed = new ComputeClause([.. _computed?.ComputedItems ?? [], .. compute.Expressions]);
            return;
        }

        foreach (var item in compute.Expressions)
        {
            _names[item.Alias] = Value(item.Expression);
        }
    }

    private void Group(List<(string Path, SingleValueNode Value)> by, TransformationNode? then)
    {
        var aggregates = then switch
        {
            null => [],
            AggregateTransformationNode { AggregateExpressions: var expressions } => expressions.ToList(),
            _ => throw new Malformed("notSupported", "groupby may be followed by aggregate inside; other steps go behind it with /."),
        };
        if (by.Count + aggregates.Count > MostColumns)
        {
            throw new Malformed("tooManyColumns", $"One step of $apply gives out at most {MostColumns} columns.", "$apply");
        }

        // First the values that are grouped by or summed up, then the groups: the database sees plain columns and can stay in an index.
        var inputs = by.Select(b => Value(b.Value)).ToList();
        var plans = aggregates.Select(a => PlanOf(a, inputs)).ToList();
        if (inputs.Count > MostColumns)
        {
            throw new Malformed("tooManyColumns", $"One step of $apply reads at most {MostColumns} columns.", "$apply");
        }

        var (projected, slots) = Project(Rows, inputs);
        var element = projected.ElementType;
        var row = Expression.Parameter(element, "row");
        var keyValues = Enumerable.Range(0, by.Count).Select(i => (Expression)Expression.Field(row, Slots.Name(i))).ToList();
        var key = by.Count == 0 ? Expression.Lambda(Expression.Constant(1), row) : Expression.Lambda(Slots.New(keyValues), row);
        var grouped = projected.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.GroupBy), [element, key.ReturnType], projected.Expression, Expression.Quote(key)));
        var group = Expression.Parameter(grouped.ElementType, "group");
        var outputs = by.Select((_, i) => (Expression)Expression.Field(Expression.Property(group, "Key"), Slots.Name(i)))
            .Concat(plans.Select(p => p.Build(group, element))).ToList();
        var result = Expression.Lambda(Slots.New(outputs), group);
        Rows = grouped.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Select), [grouped.ElementType, result.ReturnType], grouped.Expression, Expression.Quote(result)));
        _ = slots;
        _computed = null;
        _names = new Dictionary<string, LambdaExpression>(StringComparer.Ordinal);
        var output = Expression.Parameter(Rows.ElementType, "row");
        foreach (var (name, i) in by.Select(b => b.Path).Concat(aggregates.Select(a => a.Alias)).Select((n, i) => (n, i)))
        {
            if (!_names.TryAdd(name, Expression.Lambda(Expression.Field(output, Slots.Name(i)), output)))
            {
                throw new Malformed("badQuery", $"$apply gives the name {name} twice.");
            }
        }

        _grouped.Clear();
        _grouped.AddRange(by.Select(b => b.Path));
    }

    private Plan PlanOf(AggregateExpressionBase expression, List<LambdaExpression> inputs)
    {
        if (expression is not AggregateExpression aggregate)
        {
            throw new Malformed("notSupported", "aggregate takes values of the rows themselves; rows behind a collection have a set of their own.");
        }

        if (aggregate.Method == AggregationMethod.VirtualPropertyCount)
        {
            return new Plan(null, aggregate.Method);
        }

        var value = Value(aggregate.Expression);
        inputs.Add(aggregate.Method == AggregationMethod.CountDistinct ? value : Expression.Lambda(Wide(value.Body, aggregate), value.Parameters));
        return new Plan(inputs.Count - 1, aggregate.Method);
    }

    // Nothing is skipped by aggregates, and a sum of many int may pass what an int holds.
    private static Expression Wide(Expression value, AggregateExpression aggregate)
    {
        var bare = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        if (aggregate.Method is AggregationMethod.Min or AggregationMethod.Max)
        {
            return bare.IsValueType && value.Type == bare ? Expression.Convert(value, typeof(Nullable<>).MakeGenericType(bare)) : value;
        }

        if (bare != typeof(int) && bare != typeof(long) && bare != typeof(double) && bare != typeof(decimal) && bare != typeof(float))
        {
            throw new Malformed("badQuery", $"{aggregate.Alias}: only numbers have a sum and an average.");
        }

        var wide = bare == typeof(int) && aggregate.Method == AggregationMethod.Sum ? typeof(long?) : typeof(Nullable<>).MakeGenericType(bare);
        return value.Type == wide ? value : Expression.Convert(value, wide);
    }

    private static (IQueryable Rows, int Count) Project(IQueryable rows, List<LambdaExpression> inputs)
    {
        var row = Expression.Parameter(rows.ElementType, "row");
        var values = inputs.Select(i => new Replacer(i.Parameters[0], row).Visit(i.Body)!).ToList();
        var lambda = Expression.Lambda(Slots.New(values), row);
        return (rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Select), [rows.ElementType, lambda.ReturnType], rows.Expression, Expression.Quote(lambda))), values.Count);
    }

    private sealed record Plan(int? Input, AggregationMethod Method)
    {
        public Expression Build(ParameterExpression group, Type element)
        {
            if (Input is null)
            {
                return Expression.Call(typeof(Enumerable), nameof(Enumerable.LongCount), [element], group);
            }

            var row = Expression.Parameter(element, "row");
            var value = Expression.Field(row, Slots.Name(Input.Value));
            var lambda = Expression.Lambda(value, row);
            switch (Method)
            {
                case AggregationMethod.CountDistinct:
                    var values = Expression.Call(typeof(Enumerable), nameof(Enumerable.Select), [element, value.Type], group, lambda);
                    return Expression.Call(typeof(Enumerable), nameof(Enumerable.LongCount), [value.Type], Expression.Call(typeof(Enumerable), nameof(Enumerable.Distinct), [value.Type], values));
                case AggregationMethod.Min or AggregationMethod.Max:
                    return Expression.Call(typeof(Enumerable), Method.ToString(), [element, value.Type], group, lambda);
                case AggregationMethod.Average:
                    return Expression.Call(typeof(Enumerable), nameof(Enumerable.Average), [element], group, lambda);
                case AggregationMethod.Sum:
                    // Where no row has a value there is no sum (Data Aggregation 4.0, 3.1.3.1); LINQ's is 0 then.
                    var known = Expression.Lambda(Expression.NotEqual(value, Expression.Constant(null, value.Type)), row);
                    var sum = Expression.Call(typeof(Enumerable), nameof(Enumerable.Sum), [element], group, lambda);
                    return Expression.Condition(
                        Expression.Equal(Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [element], group, known), Expression.Constant(0)),
                        Expression.Constant(null, sum.Type), sum);
                default:
                    throw new Malformed("notSupported", "aggregate offers sum, min, max, average, countdistinct and $count.");
            }
        }
    }

    /// <summary>Binds names that are columns of a step's result, and leaves the rest to the library's binder.</summary>
    private sealed class NamedColumns(Dictionary<string, LambdaExpression>? names, ParameterExpression row, ComputeClause? computed, Type element) : CrmFilterBinder
    {
        public LambdaExpression Value(QueryNode node)
        {
            if (names is null)
            {
                return Binding.Of(element, computed).Value(node);
            }

            // The context wants a class of the model; no node reaches it, since every name of the result is bound below.
            var context = new QueryBinderContext(CrmEdm.Model, ResourceReader.Settings, typeof(Core.Topics.Topic));
            return Expression.Lambda(Bind(node, context), row);
        }

        public override Expression BindPropertyAccessQueryNode(SingleValuePropertyAccessNode propertyAccessNode, QueryBinderContext context) =>
            Named(PathOf(propertyAccessNode)) ?? base.BindPropertyAccessQueryNode(propertyAccessNode, context);

        public override Expression BindDynamicPropertyAccessQueryNode(SingleValueOpenPropertyAccessNode openNode, QueryBinderContext context) =>
            Named(openNode.Name) ?? base.BindDynamicPropertyAccessQueryNode(openNode, context);

        private Expression? Named(string path)
        {
            if (names is null)
            {
                return null;
            }

            return names.TryGetValue(path, out var value)
                ? new Replacer(value.Parameters[0], row).Visit(value.Body)
                : throw new Malformed("badQuery", $"After $apply there is no {path}; there are {string.Join(", ", names.Keys)}.");
        }

        private static string PathOf(QueryNode node) => node switch
        {
            SingleValuePropertyAccessNode property => Above(property.Source) + property.Property.Name,
            SingleNavigationNode navigation => Above(navigation.Source) + navigation.NavigationProperty.Name,
            _ => "",
        };

        private static string Above(QueryNode node) => PathOf(node) is { Length: > 0 } path ? path + "/" : "";
    }
}

/// <summary>Rows of up to sixteen values whose types are known only from the request; a class of fields, which EF takes apart like any other.</summary>
internal static class Slots
{
    private static readonly Type Sixteen = typeof(Of<,,,,,,,,,,,,,,,>);

    public static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"C{i}");

    public static Expression New(IReadOnlyList<Expression> values)
    {
        var types = Enumerable.Range(0, Aggregation.MostColumns).Select(i => i < values.Count ? values[i].Type : typeof(byte)).ToArray();
        var type = Sixteen.MakeGenericType(types);
        return Expression.MemberInit(Expression.New(type), values.Select((v, i) => Expression.Bind(type.GetField(Name(i))!, v)));
    }

#pragma warning disable CS0649, CA1051, S1104 // Set by expressions only.
    internal sealed class Of<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15>
    {
        public T0? C0;
        public T1? C1;
        public T2? C2;
        public T3? C3;
        public T4? C4;
        public T5? C5;
        public T6? C6;
        public T7? C7;
        public T8? C8;
        public T9? C9;
        public T10? C10;
        public T11? C11;
        public T12? C12;
        public T13? C13;
        public T14? C14;
        public T15? C15;
    }
#pragma warning restore CS0649, CA1051, S1104
}
