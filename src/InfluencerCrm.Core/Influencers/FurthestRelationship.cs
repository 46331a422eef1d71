using System.Linq.Expressions;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// <c>relationshipStage</c> and <c>relationshipAim</c> of a person are the furthest among the relationships the actor may see, so they
/// cannot be columns: two officers behind different walls read different values. Wherever a query names them, they become
/// a subquery over the visible relationships; on whole entities they are filled in after reading.
/// </summary>
public sealed class FurthestRelationship : IQueryExpressionInterceptor, IMaterializationInterceptor
{
    private static readonly Expression<Func<Influencer, RelationshipStage>> Stage = person =>
        person.Relationships.Any(r => r.Stage == RelationshipStage.Converted) ? RelationshipStage.Converted
        : person.Relationships.Any(r => r.Stage == RelationshipStage.Convinced) ? RelationshipStage.Convinced
        : person.Relationships.Any(r => r.Stage == RelationshipStage.Connected) ? RelationshipStage.Connected
        : RelationshipStage.Unknown;

    private static readonly Expression<Func<Influencer, RelationshipAim?>> Aim = person => person.Relationships
        .OrderBy(r => r.Stage == RelationshipStage.Converted ? 0 : r.Stage == RelationshipStage.Convinced ? 1 : r.Stage == RelationshipStage.Connected ? 2 : 3)
        .ThenBy(r => r.Id)
        .Select(r => r.Aim)
        .FirstOrDefault();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => new Rewriter().Visit(queryExpression);

    public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
    {
        if (entity is Influencer person && materializationData.Context is CrmDbContext { CollectsPeople: true } db)
        {
            db.CollectedPeople.Add(person);
        }

        return entity;
    }

    /// <summary>True for the two members of a person that are no columns.</summary>
    public static bool IsOne(System.Reflection.MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.DeclaringType == typeof(Influencer) && member.Name is nameof(Influencer.RelationshipStage) or nameof(Influencer.RelationshipAim);
    }

    /// <summary>The furthest relationships of these people that the actor may see; who has none is not in the answer.</summary>
    public static async Task<IReadOnlyDictionary<int, (RelationshipStage Stage, RelationshipAim? Aim)>> OfAsync(CrmDbContext db, IReadOnlyList<int> people, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await db.Relationships.AsNoTracking().Where(r => r.InfluencerId != null && people.Contains(r.InfluencerId.Value))
                .Select(r => new { r.Id, InfluencerId = r.InfluencerId!.Value, r.Stage, r.Aim }).ToListAsync(ct))
            .GroupBy(r => r.InfluencerId)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.Stage).ThenBy(r => r.Id).Select(r => (r.Stage, r.Aim)).First());
    }

    /// <summary>Fills the two members of every person read since the context began to collect them.</summary>
    public static async Task FillAsync(CrmDbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        foreach (var people in db.CollectedPeople.GroupBy(p => p.Id).Chunk(500))
        {
            var ids = people.Select(p => p.Key).ToList();
            var furthest = (await db.Relationships.Where(r => r.InfluencerId != null && ids.Contains(r.InfluencerId.Value))
                    .Select(r => new { r.Id, r.InfluencerId, r.Stage, r.Aim }).ToListAsync(ct))
                .GroupBy(r => r.InfluencerId!.Value)
                .ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.Stage).ThenBy(r => r.Id).First());
            foreach (var person in people.SelectMany(p => p))
            {
                if (furthest.TryGetValue(person.Id, out var relationship))
                {
                    person.Show(relationship.Stage, relationship.Aim);
                }
            }
        }

        db.CollectedPeople.Clear();
    }

    private sealed class Rewriter : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression is null || node.Member.DeclaringType != typeof(Influencer))
            {
                return base.VisitMember(node);
            }

            LambdaExpression? lambda = node.Member.Name switch
            {
                nameof(Influencer.RelationshipStage) => Stage,
                nameof(Influencer.RelationshipAim) => Aim,
                _ => null,
            };
            return lambda is null ? base.VisitMember(node) : new Inliner(lambda.Parameters[0], Visit(node.Expression)).Visit(lambda.Body);
        }
    }

    private sealed class Inliner(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : base.VisitParameter(node);
    }
}
