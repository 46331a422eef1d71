using System.Reflection;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// Deletes a row: one that nothing refers to is removed with the parts it contains; one with history is archived,
/// or refused where its kind cannot be archived.
/// </summary>
public sealed class DeleteRow<T>(CrmDbContext db, CurrentActor scope, TimeProvider clock, IEnumerable<IRowRule<T>> rules, DatabaseErrors errors)
    where T : class, IRow
{
    /// <exception cref="NotFound">No such row, or it may not be seen.</exception>
    /// <exception cref="VersionMismatch">The row was changed since it was read.</exception>
    /// <exception cref="Conflict">Other rows refer to it.</exception>
    public async Task ExecuteAsync(long key, Guid? version, CancellationToken ct)
    {
        scope.Required.Require(RowAccess.ToWrite(typeof(T)));
        var row = await db.Set<T>().FirstOrDefaultAsync(Keys.Is<T>(key), ct) ?? throw new NotFound(Words.Of(typeof(T)), key);
        if (version is not null && version != row.Version)
        {
            throw new VersionMismatch();
        }

        foreach (var rule in rules)
        {
            await rule.CheckDeleteAsync(row, ct);
        }

        var referring = await ReferringAsync(key, ct);
        if (referring is not null && row is IArchivable archivable)
        {
            archivable.Archive(clock.GetUtcNow().UtcDateTime);
        }
        else if (referring is not null)
        {
            throw new Conflict("inUse", $"This {Words.Of(typeof(T))} is in use by at least one {Words.Of(referring)}; change or delete that first.");
        }
        else
        {
            db.Remove(row);
        }

        await db.SaveAsync(row, rules, errors, ct);
    }

    /// <summary>The first kind of row that refers to this one and is no part of it.</summary>
    private async Task<Type?> ReferringAsync(long key, CancellationToken ct)
    {
        foreach (var reference in db.Model.FindEntityType(typeof(T))!.GetReferencingForeignKeys())
        {
            if (reference.DeleteBehavior == DeleteBehavior.Cascade || reference.IsOwnership || reference.Properties is not [{ PropertyInfo: not null } property])
            {
                continue;
            }

            var any = (Task<bool>)AnyMethod.MakeGenericMethod(reference.DeclaringEntityType.ClrType).Invoke(null, [db, property.Name, key, ct])!;
            if (await any)
            {
                return reference.DeclaringEntityType.ClrType;
            }
        }

        return null;
    }

    private static readonly MethodInfo AnyMethod = typeof(DeleteRow<T>).GetMethod(nameof(AnyAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    // Rows behind a wall refer to it too.
    private static Task<bool> AnyAsync<TReferring>(CrmDbContext db, string property, long key, CancellationToken ct)
        where TReferring : class =>
        db.Set<TReferring>().IgnoreQueryFilters().AnyAsync(Keys.Is<TReferring>(property, key), ct);
}
