using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>One sort key of a query.</summary>
internal sealed record SortKey(LambdaExpression Key, bool Descending, bool MayBeNull)
{
    public Type Type => Key.ReturnType;

    /// <summary>False for a computed member of a fixed list of words: what the database sorts by is not what the row shows.</summary>
    public bool CanBePlace { get; private init; } = !(Nullable.GetUnderlyingType(Key.ReturnType) ?? Key.ReturnType).IsEnum;

    public static SortKey Of(LambdaExpression key, bool descending) =>
        new(key, descending, !key.ReturnType.IsValueType || Nullable.GetUnderlyingType(key.ReturnType) is not null);

    public static SortKey Of(IModel model, LambdaExpression key, bool descending)
    {
        var stored = key.Body is MemberExpression { Expression: ParameterExpression row } member ? model.FindEntityType(row.Type)?.FindProperty(member.Member.Name) : null;
        var any = Of(key, descending);
        return stored is null ? any : any with { MayBeNull = stored.IsNullable, CanBePlace = true };
    }
}

/// <summary>
/// The order of a collection: the client's keys and the row's id, so that no two rows stand in the same place. A page's end is a place in
/// this order, not a number of rows, so that rows which come and go meanwhile neither repeat nor hide others, and a late page costs what
/// the first does.
/// </summary>
internal sealed class Ordering
{
    private readonly bool _nothingIsGreatest;

    private Ordering(Type clr, IReadOnlyList<SortKey> keys, bool nothingIsGreatest) => (Clr, Keys, _nothingIsGreatest) = (clr, keys, nothingIsGreatest);

    public Type Clr { get; }

    public IReadOnlyList<SortKey> Keys { get; }

    /// <summary>An order by just these keys.</summary>
    public static Ordering By(IDatabaseProvider provider, Type clr, IReadOnlyList<SortKey> keys) => new(clr, keys, provider.SortsNothingLast);

    /// <param name="provider">Tells where the database itself puts rows without a value.</param>
    public static Ordering Of(IModel model, IDatabaseProvider provider, Type clr, IEnumerable<(LambdaExpression Key, bool Descending)> asked)
    {
        var keys = new List<SortKey>();
        foreach (var (key, descending) in asked)
        {
            keys.Add(SortKey.Of(model, Plain(key), descending));
            if (IsId(keys[^1].Key))
            {
                return new Ordering(clr, keys, provider.SortsNothingLast);
            }
        }

        var row = Expression.Parameter(clr, "row");
        keys.Add(new SortKey(Expression.Lambda(Expression.Property(row, "Id"), row), false, false));
        return new Ordering(clr, keys, provider.SortsNothingLast);
    }

    /// <summary>True where the values of a row's keys say where it stands; else pages are counted.</summary>
    public bool HasPlaces => Keys.All(k => k.CanBePlace);

    /// <summary>Sorts the rows. Nothing comes before anything, as OData has it (Protocol §11.2.6.2), whatever the database thinks.</summary>
    /// <param name="parted">All rows have a first key, or none has: they are in one of <see cref="Parts"/>.</param>
    public IQueryable Apply(IQueryable rows, bool parted = false)
    {
        var sorted = false;
        for (var i = 0; i < Keys.Count; i++)
        {
            var key = Keys[i];
            if (_nothingIsGreatest && key.MayBeNull && !(parted && i == 0))
            {
                rows = Sort(rows, Expression.Lambda(Expression.Not(IsNull(key.Key.Body)), key.Key.Parameters), key.Descending, sorted);
                sorted = true;
            }

            rows = Sort(rows, key.Key, key.Descending, sorted);
            sorted = true;
        }

        return rows;
    }

    /// <summary>
    /// Conditions by which a database that would put nothing last gives its rows in the right order, one after the other, each through an index;
    /// null where the order is right as it is.
    /// </summary>
    public IReadOnlyList<LambdaExpression>? Parts()
    {
        var first = Keys[0];
        if (!_nothingIsGreatest || !first.MayBeNull)
        {
            return null;
        }

        var none = Expression.Lambda(IsNull(first.Key.Body), first.Key.Parameters);
        var some = Expression.Lambda(Expression.Not(IsNull(first.Key.Body)), first.Key.Parameters);
        return first.Descending ? [some, none] : [none, some];
    }

    private IQueryable Sort(IQueryable rows, LambdaExpression key, bool descending, bool sorted)
    {
        var method = sorted ? descending ? nameof(Queryable.ThenByDescending) : nameof(Queryable.ThenBy)
            : descending ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy);
        return rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), method, [Clr, key.ReturnType], rows.Expression, Expression.Quote(key)));
    }

    /// <summary>
    /// The conditions that rows behind this place meet, in the order they are to be asked. Two at most: rows whose first key has a value
    /// and rows whose has none lie apart in every index, and one condition for both would keep the database from starting at the place.
    /// </summary>
    public IReadOnlyList<LambdaExpression> Behind(IReadOnlyList<object?> place)
    {
        var row = Expression.Parameter(Clr, "row");
        var values = Keys.Select((k, i) => Parameter(place[i], k.Type)).ToList();
        var result = new List<LambdaExpression>();
        var first = Keys[0];
        var lead = Of(first, row);
        var after = After(row, values, place, 0);
        if (place[0] is null)
        {
            result.Add(Expression.Lambda(Expression.AndAlso(IsNull(lead), Later(row, values, place, 1)), row));
            if (!first.Descending && first.MayBeNull)
            {
                result.Add(Expression.Lambda(Expression.Not(IsNull(lead)), row));
            }

            return result;
        }

        // Said again as one plain bound, which an index takes as its start.
        result.Add(Expression.Lambda(Expression.AndAlso(Compare(lead, values[0], first.Descending ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual), after), row));
        if (first.MayBeNull && first.Descending)
        {
            result.Add(Expression.Lambda(IsNull(lead), row));
        }

        return result;
    }

    // Behind the place in key i, or level in key i and behind in the later ones.
    private BinaryExpression After(ParameterExpression row, List<MemberExpression> values, IReadOnlyList<object?> place, int i)
    {
        var key = Keys[i];
        var value = Of(key, row);
        if (place[i] is null)
        {
            var level = Expression.AndAlso(IsNull(value), Later(row, values, place, i + 1));
            return key.Descending || !key.MayBeNull ? level : Expression.OrElse(Expression.Not(IsNull(value)), level);
        }

        var beyond = Compare(value, values[i], key.Descending ? ExpressionType.LessThan : ExpressionType.GreaterThan);

        // Nothing is less than anything: last where the order descends.
        if (i > 0 && key is { MayBeNull: true, Descending: true })
        {
            beyond = Expression.OrElse(beyond, IsNull(value));
        }

        return i == Keys.Count - 1 ? beyond : Expression.OrElse(beyond, Expression.AndAlso(Compare(value, values[i], ExpressionType.Equal), Later(row, values, place, i + 1)));
    }

    private Expression Later(ParameterExpression row, List<MemberExpression> values, IReadOnlyList<object?> place, int i) =>
        i >= Keys.Count ? Expression.Constant(false) : After(row, values, place, i);

    private static Expression Of(SortKey key, ParameterExpression row) => new Replacer(key.Key.Parameters[0], row).Visit(key.Key.Body)!;

    private static Expression IsNull(Expression value) =>
        !value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null ? Expression.Equal(value, Expression.Constant(null, value.Type)) : Expression.Constant(false);

    private static readonly MethodInfo CompareTexts = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    private static BinaryExpression Compare(Expression value, Expression with, ExpressionType how)
    {
        var bare = Nullable.GetUnderlyingType(value.Type) ?? value.Type;

        // Enums are texts in the database, and are sorted as such.
        if (bare.IsEnum)
        {
            value = Expression.Convert(Expression.Convert(value, typeof(object)), typeof(string));
            bare = typeof(string);
        }

        if (how == ExpressionType.Equal)
        {
            return Expression.Equal(value, with.Type == value.Type ? with : Expression.Convert(with, value.Type));
        }

        if (bare == typeof(string))
        {
            return Expression.MakeBinary(how, Expression.Call(CompareTexts, value, with), Expression.Constant(0));
        }

        if (bare == typeof(Guid))
        {
            return Expression.MakeBinary(how, Expression.Call(value, typeof(Guid).GetMethod(nameof(Guid.CompareTo), [typeof(Guid)])!, with), Expression.Constant(0));
        }

        if (bare == typeof(bool))
        {
            // Databases have no order of truth values that all could say: false comes before true.
            value = AsNumber(value);
            with = AsNumber(with);
        }

        return Expression.MakeBinary(how, value, with.Type == value.Type ? with : Expression.Convert(with, value.Type));
    }

    private static ConditionalExpression AsNumber(Expression truth) =>
        Expression.Condition(Expression.Equal(truth, Expression.Constant(true, truth.Type)), Expression.Constant(1), Expression.Constant(0));

    // A member of a constant object becomes a parameter of the command, not a new plan for every place.
    private static MemberExpression Parameter(object? value, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum)
        {
            type = typeof(string);
        }

        var holder = typeof(Holder<>).MakeGenericType(type);
        try
        {
            return Expression.Field(Expression.Constant(Activator.CreateInstance(holder, value)), nameof(Holder<>.Value));
        }
        catch (MissingMethodException)
        {
            throw new Malformed("badQuery", "$skiptoken does not belong to this query.");
        }
    }

    // The library wraps some keys in conversions to their own nullable type; the bare member is what an index knows.
    private static LambdaExpression Plain(LambdaExpression key)
    {
        var body = key.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert, Operand: MemberExpression inner } convert && Nullable.GetUnderlyingType(convert.Type) == inner.Type)
        {
            body = inner;
        }

        return Expression.Lambda(body, key.Parameters);
    }

    private static bool IsId(LambdaExpression key) => key.Body is MemberExpression { Member.Name: "Id" } member && member.Expression == key.Parameters[0];

    private sealed class Holder<T>(T value)
    {
        public readonly T Value = value;
    }
}
