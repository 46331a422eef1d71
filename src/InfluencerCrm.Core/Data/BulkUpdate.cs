using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// The one way to change rows without loading them. <c>ExecuteUpdate</c> passes the saving rules by, which would leave stale
/// ETags; this sets <see cref="IRow.Version"/> and <see cref="IRow.UpdatedAt"/> with it. The raw calls are banned symbols.
/// </summary>
public static class BulkUpdate
{
#pragma warning disable RS0030 // This is the place the ban points to.

    /// <returns>How many rows the condition still matched.</returns>
    public static Task<int> UpdateRowsAsync<T>(this IQueryable<T> rows, DateTime now, Action<UpdateSettersBuilder<T>> setters, CancellationToken ct)
        where T : class, IRow
    {
        ArgumentNullException.ThrowIfNull(setters);

        // One value for all rows of the statement is enough: a version only has to differ from the one before.
        return rows.UpdateRowsAsync(now, Guid.NewGuid(), setters, ct);
    }

    /// <param name="version">Differs from the one before; given where the statement is kept for other values.</param>
    internal static Task<int> UpdateRowsAsync<T>(this IQueryable<T> rows, DateTime now, Guid version, Action<UpdateSettersBuilder<T>> setters, CancellationToken ct)
        where T : class, IRow =>
        rows.ExecuteUpdateAsync(
            set =>
            {
                setters(set);
                set.SetProperty(r => r.Version, version).SetProperty(r => r.UpdatedAt, now);
            },
            ct);

    /// <summary>Changes lease columns only, which are in neither ETag nor EDM.</summary>
    internal static Task<int> UpdateLeasesAsync<T>(this IQueryable<T> rows, Action<UpdateSettersBuilder<T>> setters, CancellationToken ct)
        where T : class, Work.IDueRow => rows.ExecuteUpdateAsync(setters, ct);

    /// <summary>
    /// Holds the rows until the transaction ends and changes nothing in them: whoever would write them waits. All databases lock what an
    /// UPDATE touches; only some know how to lock what is read.
    /// </summary>
    /// <returns>How many there are.</returns>
    internal static Task<int> HoldRowsAsync<T>(this IQueryable<T> rows, CancellationToken ct)
        where T : class, IRow => rows.ExecuteUpdateAsync(set => set.SetProperty(r => r.UpdatedAt, r => r.UpdatedAt), ct);

    /// <summary>Removes rows that are nobody's record (leases, expired tokens, contained parts of an erased person).</summary>
    public static Task<int> DeleteRowsAsync<T>(this IQueryable<T> rows, CancellationToken ct)
        where T : class => rows.ExecuteDeleteAsync(ct);

#pragma warning restore RS0030
}
