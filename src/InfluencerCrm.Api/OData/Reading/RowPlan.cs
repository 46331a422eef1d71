using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>
/// How a row is read by its key with one set of options by one kind of actor: parsed, allowed and made into commands once. Tools ask the same
/// of many rows.
/// </summary>
internal sealed class RowPlan
{
    private readonly KeyedQuery _row;
    private readonly KeyedQuery? _furthest;
    private readonly Dictionary<Expansion, KeyedQuery> _inside = [];

    private RowPlan(RowShape shape, KeyedQuery row, KeyedQuery? furthest) => (Shape, _row, _furthest) = (shape, row, furthest);

    public RowShape Shape { get; }

    /// <summary>Null where the row itself cannot be read this way.</summary>
    public static RowPlan? Of<T>(CrmDbContext db, IDatabaseProvider provider, IKeptReads reads, RowShape shape, CancellationToken ct)
        where T : class, IRow
    {
        if (shape.Stored(db.Model) is not { } stored || KeyedQuery.Of(reads, key => LevelReader.Projected(db.Set<T>().AsNoTracking().Where(Keys.Is<T>(key)), shape.Projection()), stored, ct) is not { } row)
        {
            return null;
        }

        KeyedQuery? furthest = null;
        if (shape is not { StageSlot: < 0, AimSlot: < 0 })
        {
            furthest = KeyedQuery.Of(reads, key => FurthestRelationship.RowsOf(db, key), FurthestRelationship.StoredIn(db.Model), ct);
            if (furthest is null)
            {
                return null;
            }
        }

        var plan = new RowPlan(shape, row, furthest);
        foreach (var expansion in shape.Expansions)
        {
            if (new LevelReader(db, provider).OfOne(expansion) is { } related && expansion.Shape!.Stored(db.Model) is { } inner && KeyedQuery.Of(reads, related, inner, ct) is { } query)
            {
                plan._inside.Add(expansion, query);
            }
        }

        return plan;
    }

    public List<object?[]> Row(IKeptReads reads, long key, CancellationToken ct) => _row.Read(reads, key, ct);

    /// <summary>The relationships of a person that the actor may see; null where this plan shows nothing of them.</summary>
    public (RelationshipStage Stage, RelationshipAim? Aim)? Furthest(IKeptReads reads, long key, CancellationToken ct) =>
        _furthest is null ? null : FurthestRelationship.Among(_furthest.Read(reads, key, ct));

    /// <summary>What an expansion shows for this value of its owner; null where that must be asked otherwise.</summary>
    public List<object?[]>? Inside(IKeptReads reads, Expansion expansion, long key, CancellationToken ct) =>
        _inside.TryGetValue(expansion, out var query) ? query.Read(reads, key, ct) : null;
}
