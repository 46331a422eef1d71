using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>Rows of one level of the answer with what is shown inside them.</summary>
internal sealed record Level(RowShape Shape, List<object?[]> Rows)
{
    /// <summary>By expansion and owner's value: the rows inside, in their order.</summary>
    public Dictionary<Expansion, Related> Inside { get; } = [];
}

/// <summary>The rows that an expansion shows, by the value of their owner that leads to them.</summary>
internal sealed record Related(Level Level, ILookup<long, object?[]> Rows, Dictionary<long, long>? Counts);

/// <summary>
/// Reads one page: first its own rows, then, for each navigation in <c>$expand</c>, the related rows of just these. EF would join all, or,
/// with a nested <c>$top</c>, number every row of the related table before it looks at whose they are (OData/AspNetCoreOData#1274): two
/// seconds at a million rows, for one owner.
/// </summary>
/// <param name="plan">Where the first level is one row that was planned; with the reads it runs on.</param>
internal sealed class LevelReader(CrmDbContext db, IDatabaseProvider provider, (RowPlan Plan, IKeptReads Reads)? plan = null)
{
    /// <summary>Rows that one expansion without <c>$top</c> may bring into an answer.</summary>
    public const int MostRelated = 20_000;

    private const int KeysAtOnce = 1000;
    private int _related;

    /// <summary>Reads what is inside the rows.</summary>
    public async Task FillAsync(Level level, CancellationToken ct)
    {
        if (level.Rows.Count == 0)
        {
            foreach (var expansion in level.Shape.Expansions)
            {
                level.Inside[expansion] = new Related(new Level(expansion.Shape ?? level.Shape, []), Array.Empty<object?[]>().ToLookup(_ => 0L), []);
            }

            return;
        }

        await FillFurthestAsync(level, ct);
        foreach (var expansion in level.Shape.Expansions)
        {
            level.Inside[expansion] = await RelatedAsync(level, expansion, ct);
        }
    }

    /// <summary>The values of these rows, in their order.</summary>
    public async Task<List<object?[]>> RowsAsync(IQueryable rows, RowShape shape, CancellationToken ct) =>
        shape.Stored(db.Model) is { } stored && await new StoredRows(db, provider).ReadAsync(Projected(rows, shape.Projection()), stored, ct) is { } found
            ? found
            : await RowsAsync(rows, shape.Projection(), ct);

    public async Task<List<object?[]>> RowsAsync(IQueryable rows, LambdaExpression projection, CancellationToken ct) =>
        await Projected(rows, projection).ToListAsync(ct);

    internal static IQueryable<object?[]> Projected(IQueryable rows, LambdaExpression projection) =>
        (IQueryable<object?[]>)rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Select), [rows.ElementType, typeof(object?[])], rows.Expression, Expression.Quote(projection)));

    private async Task FillFurthestAsync(Level level, CancellationToken ct)
    {
        if (level.Shape is { StageSlot: < 0, AimSlot: < 0 })
        {
            return;
        }

        if (plan is { } kept && level.Shape == kept.Plan.Shape && kept.Plan.Furthest(kept.Reads, Convert.ToInt64(level.Rows[0][level.Shape.Key], CultureInfo.InvariantCulture), ct) is { } known)
        {
            Fill(level, level.Rows[0], known);
            return;
        }

        foreach (var rows in level.Rows.Chunk(KeysAtOnce))
        {
            var furthest = await FurthestRelationship.OfAsync(db, [.. rows.Select(r => (int)r[level.Shape.Key]!)], ct);
            foreach (var row in rows)
            {
                Fill(level, row, furthest.GetValueOrDefault((int)row[level.Shape.Key]!));
            }
        }
    }

    private static void Fill(Level level, object?[] row, (RelationshipStage Stage, RelationshipAim? Aim) furthest)
    {
        if (level.Shape.StageSlot >= 0)
        {
            row[level.Shape.StageSlot] = furthest.Stage;
        }

        if (level.Shape.AimSlot >= 0)
        {
            row[level.Shape.AimSlot] = furthest.Aim;
        }
    }

    /// <summary>
    /// What an expansion without further questions shows for one value of its owner; null for others: counts, and what asks for
    /// candidates of an index first. The value that leads there is added to the shape.
    /// </summary>
    public Func<int, IQueryable<object?[]>>? OfOne(Expansion expansion)
    {
        var item = expansion.Item;
        if (expansion.Shape is not { } shape || item.CountOption == true || item.SearchOption is not null || item.TopOption is <= 0 or > ResourceReader.LargestPage || item.SkipOption is < 0 or > int.MaxValue)
        {
            return null;
        }

        var (child, link) = Linked(expansion);
        shape.Add(Member(child, link));
        return key =>
        {
            var binding = Binding.Of(child, (item as ExpandedNavigationSelectItem)?.ComputeOption);
            var order = Ordering.Of(db.Model, provider, child, binding.Order(item.OrderByOption));
            var rows = order.Apply(Where(binding.Filter(Set(child), item.FilterOption), child, Keys.Is(child, link, key)));
            return Projected(Take(item.SkipOption is > 0 and var skip ? Skip(rows, child, (int)skip) : rows, child, (int)(item.TopOption ?? MostRelated + 1)), shape.Projection());
        };
    }

    private static (Type Child, string Link) Linked(Expansion expansion) =>
        (expansion.Shape?.Clr ?? EdmTypes.ClrTypeOf(expansion.Navigation.ToEntityType()), expansion.Many ? expansion.ForeignKey.Properties[0].Name : "Id");

    private async Task<Related> RelatedAsync(Level owners, Expansion expansion, CancellationToken ct)
    {
        var keys = owners.Rows.Select(r => r[expansion.Slot]).Where(k => k is not null).Select(Convert.ToInt64).Distinct().ToList();
        var (child, link) = Linked(expansion);
        if (keys.Count == 1 && plan is { } kept && kept.Plan.Inside(kept.Reads, expansion, keys[0], ct) is { } planned)
        {
            Allow(expansion, planned.Count);
            return await FilledAsync(expansion, planned, expansion.Shape!.Add(Member(child, link)), null, ct);
        }

        var item = expansion.Item;
        var binding = Binding.Of(child, (item as ExpandedNavigationSelectItem)?.ComputeOption);
        var matching = binding.Search(binding.Filter(Set(child), item.FilterOption), item.SearchOption);
        var counts = expansion.Shape is null || item.CountOption == true ? await CountsAsync(matching, link, keys, ct) : null;
        if (expansion.Shape is null)
        {
            return new Related(new Level(owners.Shape, []), Array.Empty<object?[]>().ToLookup(_ => 0L), counts);
        }

        var slot = expansion.Shape.Add(Member(child, link));
        var rows = new List<object?[]>();
        var order = Ordering.Of(db.Model, provider, child, binding.Order(item.OrderByOption));
        var (skip, top) = ((int)Math.Min(item.SkipOption ?? 0, int.MaxValue), (int)Math.Min(item.TopOption ?? int.MaxValue, int.MaxValue));
        if (top > ResourceReader.LargestPage && item.TopOption is not null)
        {
            throw new Malformed("topTooLarge", $"$top inside $expand is at most {ResourceReader.LargestPage}.", "$expand");
        }

        foreach (var some in keys.Chunk(KeysAtOnce))
        {
            if (top == 0)
            {
                break;
            }

            var found = expansion.Many && (item.TopOption is not null || skip > 0)
                ? await NewestAsync(matching, order, expansion, some, link, skip, top, ct)
                : await RowsAsync(Take(order.Apply(In(matching, child, link, some)), MostRelated + 1), expansion.Shape, ct);
            rows.AddRange(found);
            Allow(expansion, found.Count);
        }

        return await FilledAsync(expansion, rows, slot, counts, ct);
    }

    private async Task<Related> FilledAsync(Expansion expansion, List<object?[]> rows, int slot, Dictionary<long, long>? counts, CancellationToken ct)
    {
        var level = new Level(expansion.Shape!, rows);
        await FillAsync(level, ct);
        return new Related(level, rows.ToLookup(r => Convert.ToInt64(r[slot], CultureInfo.InvariantCulture)), counts);
    }

    private void Allow(Expansion expansion, int more)
    {
        _related += more;
        if (_related > MostRelated)
        {
            throw new Malformed("expandTooLarge", $"$expand would bring more than {MostRelated:N0} rows into one answer; give it a $top, ask for fewer rows a page, or read {expansion.Navigation.Name} as a set of its own.", "$expand");
        }
    }

    /// <summary>The first rows of each owner, each found through the index of the owner's key.</summary>
    private Task<List<object?[]>> NewestAsync(IQueryable matching, Ordering order, Expansion expansion, long[] keys, string link, int skip, int top, CancellationToken ct)
    {
        var owner = expansion.ForeignKey.PrincipalEntityType.ClrType;
        var owners = In(Set(owner), owner, "Id", keys);
        var method = provider.HasLateralJoins ? nameof(LateralAsync) : nameof(CrossAsync);
        return (Task<List<object?[]>>)typeof(LevelReader).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(owner, order.Clr).Invoke(this, [owners, matching, order, expansion.Shape!, link, skip, top, ct])!;
    }

    private async Task<List<object?[]>> LateralAsync<TOwner, T>(IQueryable<TOwner> owners, IQueryable matching, Ordering order, RowShape shape, string link, int skip, int top, CancellationToken ct)
    {
        var owner = Expression.Parameter(typeof(TOwner), "owner");
        var theirs = Window<T>(Of<T>(matching, link, owner), order, skip, top);
        var many = Expression.Lambda<Func<TOwner, IEnumerable<T>>>(theirs.Expression, owner);
        return await RowsAsync(order.Apply(owners.SelectMany(many)), shape, ct);
    }

    // SQLite has no lateral join. For each owner the ids of the first rows come from the index, and the rows from their ids.
    private async Task<List<object?[]>> CrossAsync<TOwner, T>(IQueryable<TOwner> owners, IQueryable matching, Ordering order, RowShape shape, string link, int skip, int top, CancellationToken ct)
        where T : class
    {
        var pair = Expression.Parameter(typeof(Pair<TOwner, T>), "pair");
        var first = Expression.Property(pair, nameof(Pair<,>.Owner));
        var second = Expression.Property(pair, nameof(Pair<,>.Row));
        var theirs = Window<T>(Of<T>(matching, link, first), order, skip, top);
        var row = Expression.Parameter(typeof(T), "row");
        var id = Expression.Property(row, "Id");
        var ids = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(T), id.Type], theirs.Expression, Expression.Quote(Expression.Lambda(id, row)));
        var isTheirs = Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [id.Type], ids, Expression.Property(second, "Id"));
        var pairs = owners.SelectMany(_ => db.Set<T>().AsNoTracking(), (o, r) => new Pair<TOwner, T> { Owner = o, Row = r })
            .Where(Expression.Lambda<Func<Pair<TOwner, T>, bool>>(isTheirs, pair));
        var chosen = pairs.Select(Expression.Lambda<Func<Pair<TOwner, T>, T>>(second, pair));
        return await RowsAsync(order.Apply(chosen), shape, ct);
    }

    private IQueryable Set(Type clr) => (IQueryable)SetMethod.MakeGenericMethod(clr).Invoke(this, null)!;

    private static readonly MethodInfo SetMethod = typeof(LevelReader).GetMethod(nameof(SetOf), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private IQueryable<T> SetOf<T>()
        where T : class => db.Set<T>().AsNoTracking();

    private static IQueryable Take(IQueryable rows, int count) => Take(rows, rows.ElementType, count);

    // A member of a captured variable, so that the number is a parameter of the query.
    internal static IQueryable Take(IQueryable rows, Type element, int count)
    {
        Expression<Func<int>> number = () => count;
        return rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Take), [element], rows.Expression, number.Body));
    }

    internal static IQueryable Skip(IQueryable rows, Type element, int count)
    {
        Expression<Func<int>> number = () => count;
        return rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Skip), [element], rows.Expression, number.Body));
    }

    private static IQueryable<T> Window<T>(IQueryable rows, Ordering order, int skip, int top)
    {
        var ordered = order.Apply(rows);
        return (IQueryable<T>)Take(skip > 0 ? Skip(ordered, typeof(T), skip) : ordered, top);
    }

    private static IQueryable<T> Of<T>(IQueryable rows, string link, Expression owner)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var key = Expression.Property(row, link);
        Expression id = Expression.Property(owner, "Id");
        return ((IQueryable<T>)rows).Where(Expression.Lambda<Func<T, bool>>(Expression.Equal(key, id.Type == key.Type ? id : Expression.Convert(id, key.Type)), row));
    }

    private static LambdaExpression Member(Type clr, string name)
    {
        var row = Expression.Parameter(clr, "row");
        return Expression.Lambda(Expression.Property(row, name), row);
    }

    /// <summary>The rows whose member is one of these keys; the keys are one parameter.</summary>
    internal static IQueryable In(IQueryable rows, Type clr, string member, IReadOnlyList<long> keys)
    {
        var row = Expression.Parameter(clr, "row");
        var value = Expression.Property(row, member);
        var bare = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        Expression list = bare == typeof(long) ? Captured(keys.ToList()) : Captured(keys.Select(k => (int)k).ToList());
        var plain = value.Type == bare ? (Expression)value : Expression.Property(value, "Value");
        var isOne = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [bare], list, plain);
        return Where(rows, clr, Expression.Lambda(isOne, row));
    }

    private static IQueryable Where(IQueryable rows, Type clr, LambdaExpression condition) =>
        rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Where), [clr], rows.Expression, Expression.Quote(condition)));

    private static Expression Captured<T>(List<T> list)
    {
        Expression<Func<List<T>>> captured = () => list;
        return captured.Body;
    }

    private async Task<Dictionary<long, long>> CountsAsync(IQueryable matching, string link, List<long> keys, CancellationToken ct)
    {
        var counts = new Dictionary<long, long>();
        foreach (var some in keys.Chunk(KeysAtOnce))
        {
            var method = typeof(LevelReader).GetMethod(nameof(CountsOfAsync), BindingFlags.Static | BindingFlags.NonPublic)!;
            var type = matching.ElementType.GetProperty(link)!.PropertyType;
            await (Task)method.MakeGenericMethod(matching.ElementType, type).Invoke(null, [In(matching, matching.ElementType, link, some), link, counts, ct])!;
        }

        return counts;
    }

    private static async Task CountsOfAsync<T, TKey>(IQueryable<T> rows, string link, Dictionary<long, long> counts, CancellationToken ct)
    {
        var key = (Expression<Func<T, TKey>>)Member(typeof(T), link);
        foreach (var group in await rows.GroupBy(key).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(ct))
        {
            counts[Convert.ToInt64(group.Key, CultureInfo.InvariantCulture)] = group.Count;
        }
    }

    private sealed class Pair<TOwner, T>
    {
        public required TOwner Owner { get; init; }

        public required T Row { get; init; }
    }
}
