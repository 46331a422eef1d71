using System.Linq.Expressions;

namespace InfluencerCrm.Core.Exports;

/// <summary>The keys of one page, to read its parts by.</summary>
internal abstract record PageKeys
{
    /// <summary>How many keys of others a range may hold for each of the page before a list is cheaper.</summary>
    private const int MostStrangers = 3;

    /// <param name="keys">In ascending order, at least one.</param>
    public static PageKeys Of(IReadOnlyList<int> keys) =>
        (long)keys[^1] - keys[0] < (long)keys.Count * (MostStrangers + 1) ? new Between(keys[0], keys[^1]) : new Listed([.. keys.Select(k => (int?)k)]);

    /// <summary>The rows that belong to the page, or stand between its rows.</summary>
    public IQueryable<T> Within<T>(IQueryable<T> rows, Expression<Func<T, int?>> owner) =>
        rows.Where(Expression.Lambda<Func<T, bool>>(Condition(owner.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : owner.Body), owner.Parameters));

    protected abstract Expression Condition(Expression owner);

    // Members of the record, so that EF makes parameters of them and one statement serves all pages.
    private sealed record Between(int First, int Last) : PageKeys
    {
        protected override Expression Condition(Expression owner) => Expression.AndAlso(
            Expression.GreaterThanOrEqual(owner, Expression.Convert(Expression.Property(Expression.Constant(this), nameof(First)), owner.Type)),
            Expression.LessThanOrEqual(owner, Expression.Convert(Expression.Property(Expression.Constant(this), nameof(Last)), owner.Type)));
    }

    private sealed record Listed(int?[] Keys) : PageKeys
    {
        protected override Expression Condition(Expression owner) => Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Contains), [typeof(int?)], Expression.Property(Expression.Constant(this), nameof(Keys)), owner.Type == typeof(int) ? Expression.Convert(owner, typeof(int?)) : owner);
    }
}
