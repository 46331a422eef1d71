using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Takes from the budgets that all hosts share, and gives back what was not used.</summary>
public sealed class RateBudgets(CrmDbContext db, DatabaseErrors errors)
{
    private const int Attempts = 5;

    /// <summary>How many of <paramref name="wanted"/> all limits allow now; so many are taken from each.</summary>
    public async Task<int> TakeAsync(IReadOnlyList<RateLimit> limits, int wanted, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var granted = wanted;
        for (var i = 0; i < limits.Count && granted > 0; i++)
        {
            var here = await TakeAsync(limits[i], granted, now, ct);
            if (here < granted)
            {
                // The limits before this one gave more than can be used.
                await ReturnAsync([.. limits.Take(i)], granted - here, now, ct);
            }

            granted = here;
        }

        return granted;
    }

    /// <param name="taken">When it was taken: the window it goes back to.</param>
    public async Task ReturnAsync(IReadOnlyList<RateLimit> limits, int messages, DateTime taken, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(limits);
        foreach (var limit in messages > 0 ? limits : [])
        {
            await Rows(limit, taken).Where(b => b.Used >= messages).UpdateRowsAsync(taken, set => set.SetProperty(b => b.Used, b => b.Used - messages), ct);
        }
    }

    private async Task<int> TakeAsync(RateLimit limit, int wanted, DateTime now, CancellationToken ct)
    {
        var open = limit.OpenAt(now);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var used = await Rows(limit, now).Select(b => (int?)b.Used).FirstOrDefaultAsync(ct);
            if (used is null)
            {
                await CreateAsync(limit, now, ct);
                used = limit.UsedAtFirst(now);
            }

            var others = await UsedInOthersAsync(limit, now, ct);
            var left = open - others;
            var possible = Math.Min(wanted, left - used.Value);
            if (possible <= 0)
            {
                return 0;
            }

            if (await Rows(limit, now).Where(b => b.Used + possible <= left).UpdateRowsAsync(now, set => set.SetProperty(b => b.Used, b => b.Used + possible), ct) == 1)
            {
                // A host whose clock is a moment behind may still count in the row before this one: whoever looks last gives way.
                if (await UsedInOthersAsync(limit, now, ct) <= others)
                {
                    return possible;
                }

                await ReturnAsync([limit], possible, now, ct);
            }
        }

        return 0;
    }

    private async Task<int> UsedInOthersAsync(RateLimit limit, DateTime now, CancellationToken ct)
    {
        if (limit.CountsFrom(now) is not { } from)
        {
            return 0;
        }

        var (subject, window, own) = (limit.Subject, limit.Window, limit.WindowOf(now));
        return await db.RateBudgets.Where(b => b.Subject == subject && b.Window == window && b.StartsAt >= from && b.StartsAt != own).SumAsync(b => b.Used, ct);
    }

    private async Task CreateAsync(RateLimit limit, DateTime now, CancellationToken ct)
    {
        var row = new RateBudget(limit.Subject, limit.Window, limit.WindowOf(now), limit.UsedAtFirst(now));
        db.Add(row);
        try
        {
            await errors.TranslateAsync<RateBudget>(() => db.SaveChangesAsync(ct));
        }
        catch (Conflict)
        {
            // Another host opened the window at the same moment.
        }

        db.Entry(row).State = EntityState.Detached;
    }

    private IQueryable<RateBudget> Rows(RateLimit limit, DateTime at)
    {
        var (subject, window, startsAt) = (limit.Subject, limit.Window, limit.WindowOf(at));
        return db.RateBudgets.Where(b => b.Subject == subject && b.Window == window && b.StartsAt == startsAt);
    }
}
