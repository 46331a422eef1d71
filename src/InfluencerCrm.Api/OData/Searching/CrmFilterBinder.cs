using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Searching;

/// <summary><c>contains</c>, <c>startswith</c> and <c>endswith</c> on texts that have a normalised copy compare the copy, so they mean the same on all three databases.</summary>
internal class CrmFilterBinder : ListAndTimeBinder
{
    protected override Expression BindContains(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        OnCopy(node, context, SearchColumns.Contains) ?? base.BindContains(node, context);

    protected override Expression BindStartsWith(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        OnCopy(node, context, SearchColumns.StartsWith) ?? base.BindStartsWith(node, context);

    protected override Expression BindEndsWith(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        OnCopy(node, context, SearchColumns.EndsWith) ?? base.BindEndsWith(node, context);

    /// <summary>A text in several languages is one value to the database: <c>names/fr</c> can be read, and not compared.</summary>
    public override Expression BindDynamicPropertyAccessQueryNode(SingleValueOpenPropertyAccessNode openNode, QueryBinderContext context)
    {
        ArgumentNullException.ThrowIfNull(openNode);
        throw new Malformed("notSupported", $"{openNode.Name} is one language of a text in several, or no name of this row; such texts can be selected, and not compared or ordered by.");
    }

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
