using System.Linq.Expressions;
using InfluencerCrm.Api.OData.Searching;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>Parsed options of one level of a request, as LINQ: the library's binders, with the names that <c>$compute</c> gave.</summary>
/// <remarks>Options that the parser took and the binders do not are the client's fault at every level, so each step says so itself.</remarks>
internal sealed class Binding
{
    /// <summary>Steps that one expression is bound in, where names stand for expressions: names of names of names double at each step.</summary>
    private const int MostNodes = 1500;

    /// <summary>Members that one request computes for each row.</summary>
    private const int MostComputed = 100;

    private static readonly CrmFilterBinder Plain = new();
    private static readonly CrmSearchBinder WithoutIndex = new(FoundWords.Nothing);
    private readonly QueryBinderContext _context;
    private readonly CrmFilterBinder _binder;
    private readonly CrmSearchBinder _searches;

    private Binding(Type clr, ComputeClause? compute, FoundWords? found)
    {
        if (compute?.ComputedItems.Count() > MostComputed)
        {
            throw new Malformed("tooManyColumns", $"A request computes at most {MostComputed} members.");
        }

        _searches = found is null ? WithoutIndex : new CrmSearchBinder(found);
        _context = new QueryBinderContext(CrmEdm.Model, ResourceReader.Settings, clr);
        _binder = compute is null ? Plain : new WithComputed(compute.ComputedItems.ToDictionary(c => c.Alias, c => c.Expression, StringComparer.Ordinal));
    }

    private CrmFilterBinder Binder => _binder is WithComputed computed ? computed.Anew() : _binder;

    /// <param name="found">What the indexes said of the words of <c>$search</c>; without it each row is asked.</param>
    public static Binding Of(Type clr, ComputeClause? compute, FoundWords? found = null) => ResourceReader.Understood(() => new Binding(clr, compute, found));

    public IQueryable Filter(IQueryable rows, FilterClause? filter) => filter is null ? rows : ResourceReader.Understood(() => Binder.ApplyBind(rows, filter, _context), "$filter");

    public IQueryable Search(IQueryable rows, SearchClause? search) => search is null ? rows : ResourceReader.Understood(() => _searches.ApplyBind(rows, search, _context), "$search");

    /// <summary>Sort keys in their order.</summary>
    public IEnumerable<(LambdaExpression Key, bool Descending)> Order(OrderByClause? order)
    {
        for (var next = order; next is not null; next = next.ThenBy)
        {
            yield return (Value(next.Expression, "$orderby"), next.Direction == OrderByDirection.Descending);
        }
    }

    /// <summary>One expression of the query, as a function of the row.</summary>
    public LambdaExpression Value(QueryNode node, string? option = null)
    {
        // The parameter is the context's own.
        var body = ResourceReader.Understood(() => Binder.Bind(node, _context), option);
        return Expression.Lambda(body, _context.CurrentParameter);
    }

    /// <summary>A name that <c>$compute</c> gave stands for its expression.</summary>
    private sealed class WithComputed(Dictionary<string, SingleValueNode> computed) : CrmFilterBinder
    {
        private int _nodes;

        public WithComputed Anew()
        {
            _nodes = 0;
            return this;
        }

        public override Expression Bind(QueryNode node, QueryBinderContext context) => ++_nodes <= MostNodes ? base.Bind(node, context)
            : throw new Malformed("queryTooDeep", $"With the expressions that its names stand for, an expression has over {MostNodes} parts; compute less, or in fewer steps.");

        public override Expression BindDynamicPropertyAccessQueryNode(SingleValueOpenPropertyAccessNode openNode, QueryBinderContext context)
        {
            ArgumentNullException.ThrowIfNull(openNode);
            return computed.TryGetValue(openNode.Name, out var value) ? Bind(value, context) : base.BindDynamicPropertyAccessQueryNode(openNode, context);
        }
    }
}
