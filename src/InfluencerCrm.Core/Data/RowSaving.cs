using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Core.Data;

/// <summary>What happens around every save: an actor is there, rules hold, rows get their version and times, and the audit is written in the same transaction.</summary>
internal static class RowSaving
{
    public static async Task<int> SaveAsync(CrmDbContext db, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        db.ChangeTracker.DetectChanges();
        if (!db.ChangeTracker.HasChanges())
        {
            return 0;
        }

        await (db.BeforeWrite?.Invoke(ct) ?? Task.CompletedTask);
        var now = Clock(db).GetUtcNow().UtcDateTime;

        // The databases keep microseconds; a row answers the same time right after it was written.
        now = now.AddTicks(-(now.Ticks % 10));
        await RowRules.CheckAsync(db, ct);
        Stamp(db, now);
        var audit = AuditTrail.Collect(db, now);
        try
        {
            if (audit.Count == 0)
            {
                return await save(ct);
            }

            return await SaveWithAuditAsync(db, save, audit, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new VersionMismatch();
        }
    }

    internal static TimeProvider Clock(DbContext db) =>
        ((IInfrastructure<IServiceProvider>)db).Instance.GetService<IDbContextOptions>()?
            .FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<TimeProvider>() ?? TimeProvider.System;

    private static async Task<int> SaveWithAuditAsync(CrmDbContext db, Func<CancellationToken, Task<int>> save, IReadOnlyList<PendingAudit> audit, CancellationToken ct)
    {
        // Keys of new rows are known only after they are written, so the audit is a second write; one transaction holds both.
        await using var unit = await db.JoinUnitAsync(ct);
        var written = await save(ct);
        db.AddRange(audit.Select(a => a.ToEntry()));
        Stamp(db, audit[0].At);
        await save(ct);
        await unit.CommitAsync(ct);

        return written;
    }

    private static void Stamp(CrmDbContext db, DateTime now)
    {
        foreach (var entry in db.ChangeTracker.Entries<IRow>().ToList())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified))
            {
                continue;
            }

            entry.Property(nameof(IRow.Version)).CurrentValue = Guid.NewGuid();
            entry.Property(nameof(IRow.UpdatedAt)).CurrentValue = now;
            if (entry.State == EntityState.Added)
            {
                entry.Property(nameof(IRow.CreatedAt)).CurrentValue = now;
            }
        }
    }
}
