using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Work;

/// <summary>
/// The one primitive that claims due rows, safe for many hosts on each of the three databases: read candidate ids, then one
/// conditional UPDATE that repeats the condition and sets a fresh token and lease, then load by token.
/// <c>OrderBy().Take(n).ExecuteUpdate()</c> would not do: the outer row is not checked again on SQL Server and PostgreSQL.
/// </summary>
public static class DueRows
{
    /// <summary>Length of a lease; a claim that is worked on longer must renew it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>Claims up to <paramref name="batch"/> rows of <paramref name="due"/>, oldest first.</summary>
    /// <param name="due">The rows in a state to be worked on; due time and lease are added here.</param>
    /// <param name="now">The database's time as this host knows it.</param>
    public static Task<Claim<T>> ClaimAsync<T>(this IQueryable<T> due, DateTime now, int batch, CancellationToken ct)
        where T : class, IDueRow => due.ClaimAsync(now, batch, Lease, ct);

    /// <summary>The same for a lease of another length.</summary>
    public static async Task<Claim<T>> ClaimAsync<T>(this IQueryable<T> due, DateTime now, int batch, TimeSpan lease, CancellationToken ct)
        where T : class, IDueRow
    {
        var free = due.Where(r => r.DueAt <= now && (r.LeaseUntil == null || r.LeaseUntil < now));

        var candidates = await free.OrderBy(r => r.DueAt).ThenBy(r => r.Id).Select(r => r.Id).Take(batch * 5).ToArrayAsync(ct);
        if (candidates.Length == 0)
        {
            return new Claim<T>(Guid.Empty, []);
        }

        var token = Guid.NewGuid();
        var until = now + lease;
        var ids = RandomBatch(candidates, batch);
        var taken = 0;
        foreach (var chunk in ids.Chunk(500))
        {
            taken += await free.Where(r => chunk.Contains(r.Id))
                .UpdateLeasesAsync(set => set.SetProperty(r => r.ClaimToken, token).SetProperty(r => r.LeaseUntil, until), ct);
        }

        return taken == 0
            ? new Claim<T>(Guid.Empty, [])
            : new Claim<T>(token, await due.Where(r => ids.Contains(r.Id) && r.ClaimToken == token).OrderBy(r => r.Id).AsNoTracking().ToListAsync(ct));
    }

    /// <summary>Extends the lease of what is still held.</summary>
    public static Task<int> RenewAsync<T>(this IQueryable<T> rows, Guid token, DateTime now, CancellationToken ct)
        where T : class, IDueRow => rows.RenewAsync(token, now, Lease, ct);

    /// <summary>The same for a lease of another length.</summary>
    public static Task<int> RenewAsync<T>(this IQueryable<T> rows, Guid token, DateTime now, TimeSpan lease, CancellationToken ct)
        where T : class, IDueRow
    {
        var until = now + lease;
        return rows.Where(r => r.ClaimToken == token).UpdateLeasesAsync(set => set.SetProperty(r => r.LeaseUntil, until), ct);
    }

    /// <summary>Gives back what was claimed and not begun.</summary>
    public static Task<int> ReleaseAsync<T>(this IQueryable<T> rows, Guid token, CancellationToken ct)
        where T : class, IDueRow =>
        rows.Where(r => r.ClaimToken == token).UpdateLeasesAsync(
            set => set.SetProperty(r => r.ClaimToken, (Guid?)null).SetProperty(r => r.LeaseUntil, (DateTime?)null), ct);

    /// <summary>
    /// A random run of five times as many, in id order: hosts that look at the same moment mostly take different rows, and lock those
    /// they share in the same order. Alone, a host always gets a whole batch. Neighbours lie on the same pages, in the table as in its
    /// indexes, so they are written together; rows picked singly took half as many pages again.
    /// </summary>
    internal static long[] RandomBatch(long[] candidates, int batch)
    {
        Array.Sort(candidates);
        if (candidates.Length <= batch)
        {
            return candidates;
        }

        // In a ring, so that the first and the last come as often as the others.
        var start = Random.Shared.Next(candidates.Length);
        var wrapped = Math.Max(start + batch - candidates.Length, 0);
        return [.. candidates[..wrapped], .. candidates[start..(start + batch - wrapped)]];
    }
}

/// <summary>What a claim took.</summary>
public sealed record Claim<T>(Guid Token, IReadOnlyList<T> Rows);
