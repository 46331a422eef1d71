using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData;

/// <summary>Conditions that the library's binder parses and then cannot bind: <c>in</c> on enums and on times, and a moment so long before or after another.</summary>
internal abstract class ListAndTimeBinder : FilterBinder
{
    /// <summary>Members of a list that are compared one by one.</summary>
    private const int MostCompared = 200;

    /// <summary>
    /// The library looks enum members of a list up by their CLR names, those of <c>eq</c> in the model; and it leaves times in a list in another type
    /// than the column's. So each member is compared on its own.
    /// </summary>
    public override Expression BindInNode(InNode inNode, QueryBinderContext context)
    {
        ArgumentNullException.ThrowIfNull(inNode);
        if (inNode is not { Left.TypeReference: { } left, Right: CollectionConstantNode { Collection: { Count: > 0 } members } } || !(left.IsEnum() || left.IsDateTimeOffset()))
        {
            return base.BindInNode(inNode, context);
        }

        var different = members.DistinctBy(m => m.Value is ODataEnumValue word ? word.Value : m.Value).ToList();
        return different.Count <= MostCompared
            ? different.Select(member => Bind(new BinaryOperatorNode(BinaryOperatorKind.Equal, inNode.Left, member), context)).Aggregate(Expression.OrElse)
            : throw new Malformed("badQuery", $"A list of times holds {MostCompared} at most; ask for a range (ge, le), or in several requests.");
    }

    /// <summary><c>now() sub duration'P60D'</c> is worked out here, so that the database gets a moment to compare with, as for a literal.</summary>
    public override Expression BindBinaryOperatorNode(BinaryOperatorNode binaryOperatorNode, QueryBinderContext context)
    {
        ArgumentNullException.ThrowIfNull(binaryOperatorNode);
        return MomentOf(binaryOperatorNode, context) is { } moment
            ? BindConstantNode(new ConstantNode(moment), context)
            : base.BindBinaryOperatorNode(binaryOperatorNode, context);
    }

    private DateTimeOffset? MomentOf(QueryNode node, QueryBinderContext context) => node switch
    {
        ConvertNode convert => MomentOf(convert.Source, context),
        ConstantNode { Value: DateTimeOffset moment } => moment,
        SingleValueFunctionCallNode { Name: "now" } now when Bind(now, context) is MemberExpression { Expression: null, Member: PropertyInfo clock } => (DateTimeOffset)clock.GetValue(null)!,
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Add } sum when LengthOf(sum.Right) is { } length => MomentOf(sum.Left, context) + length,
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Subtract } difference when LengthOf(difference.Right) is { } length => MomentOf(difference.Left, context) - length,
        _ => null,
    };

    private static TimeSpan? LengthOf(QueryNode node) => node switch
    {
        ConvertNode convert => LengthOf(convert.Source),
        ConstantNode { Value: TimeSpan length } => length,
        _ => null,
    };
}
