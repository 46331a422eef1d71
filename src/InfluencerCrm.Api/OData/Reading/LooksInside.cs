using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>
/// Conditions on what is inside a row (<c>topics/any(t: t/topicId eq 7)</c>) as a set of the owners' ids: <c>Id IN (SELECT InfluencerId …)</c>.
/// </summary>
/// <remarks>
/// As EF has it, <c>EXISTS</c>, SQLite begins at the owners and asks each: 75 ms for a topic and a country among 100,000 people, where
/// beginning at the topic takes 2. Servers plan both forms alike. Only where an index leads from the condition to the rows inside: else
/// the whole table inside would be read before the first owner is found.
/// </remarks>
internal sealed class LooksInside(CrmDbContext db, Type owner)
{
    private static readonly MethodInfo SetMethod = typeof(LooksInside).GetMethod(nameof(Set), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The rows with their last condition rewritten, where it looks inside through an index.</summary>
    public static IQueryable In(CrmDbContext db, IQueryable rows)
    {
        if (rows.Expression is not MethodCallExpression { Method.Name: nameof(Queryable.Where), Arguments: [var source, UnaryExpression { Operand: LambdaExpression condition }] } call)
        {
            return rows;
        }

        var parameter = condition.Parameters[0];
        var body = new LooksInside(db, rows.ElementType).Joined(condition.Body, parameter);
        return body == condition.Body ? rows : rows.Provider.CreateQuery(Expression.Call(call.Method, source, Expression.Quote(Expression.Lambda(body, parameter))));
    }

    // Only what all rows must meet: one of several possibilities, or a refusal, leaves owners that the set does not hold.
    private Expression Joined(Expression body, ParameterExpression row) => body switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => and.Update(Joined(and.Left, row), and.Conversion, Joined(and.Right, row)),
        MethodCallExpression { Method.Name: nameof(Enumerable.Any), Arguments: [var many, var test] }
            when Bare(many) is MemberExpression { Expression: var from } member && from == row && Bare(test) is LambdaExpression inside => Owners(member, inside, row) ?? body,
        _ => body,
    };

    private MethodCallExpression? Owners(MemberExpression many, LambdaExpression inside, ParameterExpression row)
    {
        if (db.Model.FindEntityType(owner)?.FindNavigation(many.Member.Name) is not { IsCollection: true } navigation
            || navigation.ForeignKey is not { Properties: [{ PropertyInfo: { } link }], PrincipalKey.Properties: [{ PropertyInfo: { } key }] }
            || !Leads(navigation.TargetEntityType, inside.Body, inside.Parameters[0]))
        {
            return null;
        }

        var clr = navigation.TargetEntityType.ClrType;
        var set = ((IQueryable)SetMethod.MakeGenericMethod(clr).Invoke(null, [db])!).Expression;
        var matching = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [clr], set, Expression.Quote(inside));
        var one = Expression.Parameter(clr, "inside");
        Expression its = Expression.Property(one, link);
        if (its.Type != key.PropertyType)
        {
            var has = Expression.Lambda(Expression.NotEqual(its, Expression.Constant(null, its.Type)), one);
            matching = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [clr], matching, Expression.Quote(has));
            its = Expression.Convert(its, key.PropertyType);
        }

        var owners = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [clr, key.PropertyType], matching, Expression.Quote(Expression.Lambda(its, one)));
        return Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [key.PropertyType], owners, Expression.Property(row, key));
    }

    // True where one of the conditions is an equality with something known, on a column that begins an index, or on the row that such a column points at.
    private static bool Leads(IEntityType inside, Expression condition, ParameterExpression row) => condition switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => Leads(inside, and.Left, row) || Leads(inside, and.Right, row),
        BinaryExpression { NodeType: ExpressionType.Equal } equal => Leads(inside, Bare(equal.Left), Bare(equal.Right), row) || Leads(inside, Bare(equal.Right), Bare(equal.Left), row),
        MethodCallExpression { Method.Name: nameof(Enumerable.Contains), Arguments: [var list, var value] } => Leads(inside, Bare(value), Bare(list), row),
        _ => false,
    };

    private static bool Leads(IEntityType inside, Expression value, Expression sought, ParameterExpression row) =>
        value is MemberExpression { Expression: { } from } member && Known(sought)
        && (from == row
            ? Begins(inside, member.Member.Name)
            : Bare(from) is MemberExpression { Expression: var root } reference && root == row
                && inside.FindNavigation(reference.Member.Name) is { IsCollection: false, ForeignKey.Properties: [var link] } && Begins(inside, link.Name));

    private static bool Known(Expression sought) => sought switch
    {
        ConstantExpression => true,
        MemberExpression { Expression: { } holder } => Known(Bare(holder)),
        _ => false,
    };

    private static bool Begins(IEntityType entity, string property) =>
        entity.GetIndexes().Any(i => i.Properties[0].Name == property) || entity.GetKeys().Any(k => k.Properties[0].Name == property);

    private static Expression Bare(Expression node) => node switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.Quote, Operand: var inner } => Bare(inner),
        MethodCallExpression { Method.Name: nameof(Queryable.AsQueryable), Arguments: [var inner] } => Bare(inner),
        _ => node,
    };

    private static Microsoft.EntityFrameworkCore.DbSet<T> Set<T>(CrmDbContext db)
        where T : class => db.Set<T>();
}
