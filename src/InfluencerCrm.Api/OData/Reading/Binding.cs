using System.Linq.Expressions;
using InfluencerCrm.Api.OData.Searching;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>Parsed options of one level of a request, as LINQ: the library's binders, with the names that <c>$compute</c> gave.</summary>
internal sealed class Binding
{
    private static readonly CrmFilterBinder Plain = new();
    private static readonly CrmSearchBinder WithoutIndex = new(FoundWords.Nothing);
    private readonly QueryBinderContext _context;
    private readonly CrmFilterBinder _binder;
    private readonly CrmSearchBinder _searches;

    private Binding(Type clr, ComputeClause? compute, FoundWords? found)
    {
        _searches = found is null ? WithoutIndex : new CrmSearchBinder(found);
        _context = new QueryBinderContext(CrmEdm.Model, ResourceReader.Settings, clr);
        _binder = compute is null ? Plain : new WithComputed(compute.ComputedItems.ToDictionary(c => c.Alias, c => c.Expression, StringComparer.Ordinal));
    }

    /// <param name="found">What the indexes said of the words of <c>$search</c>; without it each row is asked.</param>
    public static Binding Of(Type clr, ComputeClause? compute, FoundWords? found = null) => new(clr, compute, found);

    public IQueryable Filter(IQueryable rows, FilterClause? filter) => filter is null ? rows : _binder.ApplyBind(rows, filter, _context);

    public IQueryable Search(IQueryable rows, SearchClause? search) => search is null ? rows : _searches.ApplyBind(rows, search, _context);

    /// <summary>Sort keys in their order.</summary>
    public IEnumerable<(LambdaExpression Key, bool Descending)> Order(OrderByClause? order)
    {
        for (var next = order; next is not null; next = next.ThenBy)
        {
            yield return (Value(next.Expression), next.Direction == OrderByDirection.Descending);
        }
    }

    /// <summary>One expression of the query, as a function of the row.</summary>
    public LambdaExpression Value(QueryNode node)
    {
        // The parameter is the context's own.
        var body = _binder.Bind(node, _context);
        return Expression.Lambda(body, _context.CurrentParameter);
    }

    /// <summary>A name that <c>$compute</c> gave stands for its expression.</summary>
    private sealed class WithComputed(Dictionary<string, SingleValueNode> computed) : CrmFilterBinder
    {
        public override Expression BindDynamicPropertyAccessQueryNode(SingleValueOpenPropertyAccessNode openNode, QueryBinderContext context)
        {
            ArgumentNullException.ThrowIfNull(openNode);
            return computed.TryGetValue(openNode.Name, out var value) ? Bind(value, context) : base.BindDynamicPropertyAccessQueryNode(openNode, context);
        }
    }
}
