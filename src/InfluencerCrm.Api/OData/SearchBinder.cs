using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// <c>$search</c> over a row's normalised search text: every word must occur, without regard to case and accents.
/// Without a binder the library ignores the option and returns everything.
/// </summary>
internal sealed class CrmSearchBinder : QueryBinder, ISearchBinder
{
    public Expression BindSearch(SearchClause searchClause, QueryBinderContext context)
    {
        ArgumentNullException.ThrowIfNull(searchClause);
        ArgumentNullException.ThrowIfNull(context);
        var property = SearchColumns.ForSearch(context.ElementClrType)
            ?? throw new Malformed("notSearchable", $"$search is not offered on this set.");
        var text = Expression.Property(context.CurrentParameter, property);
        return Expression.Lambda(Bind(searchClause.Expression, text), context.CurrentParameter);
    }

    private static Expression Bind(QueryNode node, Expression text) => node switch
    {
        SearchTermNode term => Words(term.Text, text),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Expression.AndAlso(Bind(and.Left, text), Bind(and.Right, text)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Expression.OrElse(Bind(or.Left, text), Bind(or.Right, text)),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Expression.Not(Bind(not.Operand, text)),
        _ => throw new Malformed("badQuery", "$search takes words, phrases, AND, OR and NOT."),
    };

    private static Expression Words(string term, Expression text) => SearchColumns.Contains(text, SearchText.Normalise(term));
}

/// <summary><c>contains</c>, <c>startswith</c> and <c>endswith</c> on texts that have a normalised copy compare the copy, so they mean the same on all three databases.</summary>
internal class CrmFilterBinder : ListAndTimeBinder
{
    protected override Expression BindContains(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        OnCopy(node, context, SearchColumns.Contains) ?? base.BindContains(node, context);

    protected override Expression BindStartsWith(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        OnCopy(node, context, SearchColumns.StartsWith) ?? base.BindStartsWith(node, context);

    protected override Expression BindEndsWith(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        OnCopy(node, context, SearchColumns.EndsWith) ?? base.BindEndsWith(node, context);

    private Expression? OnCopy(SingleValueFunctionCallNode node, QueryBinderContext context, Func<Expression, string, Expression> compare)
    {
        var arguments = node.Parameters.Select(Plain).ToList();
        if (arguments is not [SingleValuePropertyAccessNode property, ConstantNode { Value: string sought }]
            || Bind(property, context) is not MemberExpression { Expression: { } owner, Member: PropertyInfo member }
            || SearchColumns.CopyOf(member) is not { } copy)
        {
            return null;
        }

        return compare(Expression.Property(owner, copy), SearchText.Normalise(sought));
    }

    // A property that is never null comes wrapped in a conversion to the nullable parameter of the function.
    private static QueryNode Plain(QueryNode node) => node is ConvertNode { Source: var source } ? Plain(source) : node;
}

/// <summary>Which columns hold normalised text: <c>XSearch</c> beside <c>X</c>, and <c>SearchText</c> (or the name's copy) for <c>$search</c>.</summary>
internal static class SearchColumns
{
    private static readonly MethodInfo ContainsMethod = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
    private static readonly MethodInfo StartsWithMethod = typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string)])!;
    private static readonly MethodInfo EndsWithMethod = typeof(string).GetMethod(nameof(string.EndsWith), [typeof(string)])!;

    public static PropertyInfo? CopyOf(PropertyInfo property) => property.DeclaringType!.GetProperty(property.Name + "Search");

    public static PropertyInfo? ForSearch(Type entity) =>
        entity.GetProperty("SearchText") ?? entity.GetProperty("NameSearch") ?? entity.GetProperty("DisplayNameSearch") ?? entity.GetProperty("TitleSearch");

    public static Expression Contains(Expression text, string sought) => Expression.Call(text, ContainsMethod, Parameter(sought));

    public static Expression StartsWith(Expression text, string sought) => Expression.Call(text, StartsWithMethod, Parameter(sought));

    public static Expression EndsWith(Expression text, string sought) => Expression.Call(text, EndsWithMethod, Parameter(sought));

    // A member of a constant object becomes a parameter of the command; a bare constant would cost a query plan for every word.
    private static MemberExpression Parameter(string value) => Expression.Property(Expression.Constant(new { Value = value }), "Value");
}
