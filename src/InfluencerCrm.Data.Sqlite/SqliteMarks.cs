using System.Linq.Expressions;
using InfluencerCrm.Core.Changes;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>
/// With one writer a change's mark is its sequence: queries that say the mark go by the primary key, and an index that each change would
/// have to be written to as well is not needed.
/// </summary>
internal sealed class SqliteMarks : IQueryExpressionInterceptor
{
    public static readonly SqliteMarks Instance = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => Rewriter.Instance.Visit(queryExpression);

    private sealed class Rewriter : ExpressionVisitor
    {
        public static readonly Rewriter Instance = new();

        protected override Expression VisitMember(MemberExpression node) =>
            node.Member.Name == nameof(Change.Mark) && node.Member.DeclaringType == typeof(Change)
                ? Expression.Property(Visit(node.Expression)!, nameof(Change.Seq))
                : base.VisitMember(node);
    }
}
