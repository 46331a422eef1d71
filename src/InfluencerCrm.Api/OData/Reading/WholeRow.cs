using System.Linq.Expressions;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>A row of a set by its key with all its members, as most tools read it: its query is compiled once.</summary>
internal sealed class WholeRow<T>
    where T : class, IRow
{
    private static readonly PerModel<WholeRow<T>> Known = new();
    private readonly Func<CrmDbContext, long, CancellationToken, Task<object?[]?>> _find;

    private WholeRow(CrmDbContext db)
    {
        Shape = RowShape.Of(db.Model, EdmTypes.EntityTypeOf(typeof(T)), null, null);
        var row = Expression.Parameter(typeof(T), "row");
        var key = Expression.Parameter(typeof(long), "key");
        var id = Expression.Property(row, "Id");

        // The key is made as narrow as the column, which else would be widened in the database, past its index.
        var isIt = Expression.Lambda<Func<T, bool>>(Expression.Equal(id, id.Type == typeof(long) ? key : Expression.Convert(key, id.Type)), row);
        var crm = Expression.Parameter(typeof(CrmDbContext), "crm");
        var ct = Expression.Parameter(typeof(CancellationToken), "ct");
        Expression set = Expression.Call(crm, nameof(DbContext.Set), [typeof(T)]);
        set = Expression.Call(typeof(EntityFrameworkQueryableExtensions), nameof(EntityFrameworkQueryableExtensions.AsNoTracking), [typeof(T)], set);
        set = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(T)], set, Expression.Quote(isIt));
        set = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(T), typeof(object[])], set, Expression.Quote(Shape.Projection()));
        set = Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(object[])], set);
        _find = EF.CompileAsyncQuery(Expression.Lambda<Func<CrmDbContext, long, CancellationToken, object?[]?>>(set, crm, key, ct));
    }

    public RowShape Shape { get; }

    public static WholeRow<T> Of(CrmDbContext db) => Known.Of(db, static crm => new WholeRow<T>(crm));

    /// <summary>The values of the row; null where the actor sees none.</summary>
    /// <param name="key">As wide as the column at most.</param>
    public Task<object?[]?> FindAsync(CrmDbContext db, long key, CancellationToken ct) => _find(db, key, ct);
}
