using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace InfluencerCrm.Core.Tests.Data.SqlServer;

/// <summary>Microsoft's own parser, of SQL Server 2019, and the rules of the language that it leaves to the server.</summary>
internal static class TSql
{
    /// <summary>What SQL Server would refuse in a script; empty when nothing.</summary>
    public static IReadOnlyList<string> ProblemsOf(string sql)
    {
        using var reader = new StringReader(sql);
        var script = new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        if (errors.Count > 0)
        {
            return [.. errors.Select(e => $"line {e.Line}: {e.Message}")];
        }

        var orders = new OrdersInside();
        script.Accept(orders);
        return orders.Problems;
    }

    /// <summary>The statements of a script, without the batches around them.</summary>
    public static IReadOnlyList<string> BatchesOf(string sql)
    {
        using var reader = new StringReader(sql);
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out _);
        return [.. script.Batches.SelectMany(b => b.Statements).Select(s => sql.Substring(s.StartOffset, s.FragmentLength))];
    }

    /// <summary>Error 1033: ORDER BY inside a query needs TOP, OFFSET or FOR XML.</summary>
    private sealed class OrdersInside : TSqlFragmentVisitor
    {
        public List<string> Problems { get; } = [];

        public override void Visit(QueryDerivedTable node) => Check(node.QueryExpression);

        public override void Visit(CommonTableExpression node) => Check(node.QueryExpression);

        public override void Visit(ScalarSubquery node) => Check(node.QueryExpression);

        private void Check(QueryExpression query)
        {
            if (query is { OrderByClause: not null, OffsetClause: null, ForClause: null } && query is not QuerySpecification { TopRowFilter: not null })
            {
                Problems.Add($"line {query.StartLine}: ORDER BY in an inner query without TOP.");
            }
        }
    }
}
