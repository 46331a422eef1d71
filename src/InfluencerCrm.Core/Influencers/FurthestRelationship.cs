using System.Linq.Expressions;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// <c>relationshipStage</c> and <c>relationshipAim</c> of a person are the furthest among the relationships the actor may see, so they
/// cannot be columns: two officers behind different walls read different values. Wherever a query names them, they become
/// a subquery over the visible relationships; answers with whole people ask once for all of a page.
/// </summary>
public sealed class FurthestRelationship : IQueryExpressionInterceptor
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
        ArgumentNullException.ThrowIfNull(people);
        var furthest = new Dictionary<int, (RelationshipStage Stage, RelationshipAim? Aim)>(people.Count);
        var found = people.Count == 1 ? OfPerson.Of(db, _ => CompiledForOne())(db, people[0]) : OfPeople.Of(db, _ => CompiledForMany())(db, people);
        await foreach (var row in found.WithCancellation(ct))
        {
            // They come by id: among equals the first stays.
            if (!furthest.TryGetValue(row.InfluencerId, out var known) || row.Stage > known.Stage)
            {
                furthest[row.InfluencerId] = (row.Stage, row.Aim);
            }
        }

        return furthest;
    }

    /// <summary>A person's relationships that the actor may see: person, stage, aim, by id.</summary>
    public static IQueryable<object?[]> RowsOf(CrmDbContext db, int person)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Relationships.AsNoTracking().Where(r => r.InfluencerId == person).OrderBy(r => r.Id).Select(r => new object?[] { r.InfluencerId, r.Stage, r.Aim });
    }

    /// <summary>The properties that <see cref="RowsOf"/> reads, in its order.</summary>
    public static IReadOnlyList<IProperty?> StoredIn(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var entity = model.FindEntityType(typeof(Relationship))!;
        return [entity.FindProperty(nameof(Relationship.InfluencerId)), entity.FindProperty(nameof(Relationship.Stage)), entity.FindProperty(nameof(Relationship.Aim))];
    }

    /// <summary>The furthest among what <see cref="RowsOf"/> found for one person.</summary>
    public static (RelationshipStage Stage, RelationshipAim? Aim) Among(IEnumerable<object?[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);

        // They come by id: among equals the first stays.
        return rows.MaxBy(r => (RelationshipStage)r[1]!) is { } furthest ? ((RelationshipStage)furthest[1]!, (RelationshipAim?)furthest[2]) : default;
    }

    // Compiled, since every answer with whole people asks for them.
    private static readonly PerModel<Func<CrmDbContext, int, IAsyncEnumerable<FoundRelationship>>> OfPerson = new();
    private static readonly PerModel<Func<CrmDbContext, IReadOnlyList<int>, IAsyncEnumerable<FoundRelationship>>> OfPeople = new();

    private static Func<CrmDbContext, int, IAsyncEnumerable<FoundRelationship>> CompiledForOne() => EF.CompileAsyncQuery((CrmDbContext crm, int person) =>
        crm.Relationships.AsNoTracking().Where(r => r.InfluencerId == person).OrderBy(r => r.Id)
            .Select(r => new FoundRelationship(r.InfluencerId!.Value, r.Stage, r.Aim)));

    private static Func<CrmDbContext, IReadOnlyList<int>, IAsyncEnumerable<FoundRelationship>> CompiledForMany() => EF.CompileAsyncQuery((CrmDbContext crm, IReadOnlyList<int> people) =>
        crm.Relationships.AsNoTracking().Where(r => r.InfluencerId != null && people.Contains(r.InfluencerId.Value)).OrderBy(r => r.Id)
            .Select(r => new FoundRelationship(r.InfluencerId!.Value, r.Stage, r.Aim)));

    private sealed record FoundRelationship(int InfluencerId, RelationshipStage Stage, RelationshipAim? Aim);

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
