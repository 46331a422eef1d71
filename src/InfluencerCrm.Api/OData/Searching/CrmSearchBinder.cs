using System.Linq.Expressions;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Searching;

/// <summary>
/// <c>$search</c> over a row's normalised search text, and of people over their outlets and topics: every word must occur in one of
/// them, without regard to case and accents. Without a binder the library ignores the option and returns everything.
/// </summary>
internal sealed class CrmSearchBinder(FoundWords found) : QueryBinder, ISearchBinder
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

    private Expression Bind(QueryNode node, MemberExpression text) => node switch
    {
        SearchTermNode term => Word(SearchText.Normalise(term.Text), text),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Expression.AndAlso(Bind(and.Left, text), Bind(and.Right, text)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Expression.OrElse(Bind(or.Left, text), Bind(or.Right, text)),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Expression.Not(Bind(not.Operand, text)),
        _ => throw new Malformed("badQuery", "$search takes words, phrases, AND, OR and NOT."),
    };

    private Expression Word(string word, MemberExpression text)
    {
        var own = SearchColumns.Contains(text, word);
        if (text.Expression is not ParameterExpression row || row.Type != typeof(Influencer))
        {
            return own;
        }

        // Mostly a word is in no name of an outlet or topic, and nothing need be asked of each row.
        var linked = found.LinkedTo(word);
        return linked is { Count: 0 } ? own : Expression.OrElse(own, On(row, linked is null ? LinkedWords.Hold(word) : person => linked.Contains(person.Id)));
    }

    private static Expression On(ParameterExpression row, Expression<Func<Influencer, bool>> condition) =>
        ReplacingExpressionVisitor.Replace(condition.Parameters[0], row, condition.Body);
}
