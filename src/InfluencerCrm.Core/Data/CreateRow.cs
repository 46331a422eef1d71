using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Data;

/// <summary>Creates a row of a set that has no more to it than its values and rules. Sets with more have a use case of their own.</summary>
public sealed class CreateRow<T, TChanges>(CrmDbContext db, CurrentActor scope, IEnumerable<IRowRule<T>> rules, DatabaseErrors errors)
    where T : class, IRow, IWritable<T, TChanges>
{
    /// <param name="changes">The values.</param>
    /// <param name="attach">Ties a contained row to its owner before the rules run.</param>
    /// <exception cref="RuleViolation">A member is missing, out of its range, or names a row that is not there.</exception>
    /// <exception cref="Conflict">Another row holds what must be unique.</exception>
    public async Task<T> ExecuteAsync(TChanges changes, Action<T>? attach, CancellationToken ct)
    {
        scope.Required.Require(RowAccess.ToWrite(typeof(T)));
        var row = T.Create(changes);
        attach?.Invoke(row);
        db.Add(row);
        foreach (var rule in rules)
        {
            await rule.CheckAsync(row, ct);
        }

        await db.SaveAsync(row, rules, errors, ct);
        return row;
    }
}

/// <summary>Changes a row; only the members that were sent.</summary>
public sealed class ChangeRow<T, TChanges>(CrmDbContext db, CurrentActor scope, IEnumerable<IRowRule<T>> rules, DatabaseErrors errors)
    where T : class, IRow, IWritable<T, TChanges>
{
    /// <param name="key">The row's id.</param>
    /// <param name="version">The version the caller has read; null changes whatever is there.</param>
    /// <exception cref="NotFound">No such row, or it may not be seen.</exception>
    /// <exception cref="VersionMismatch">The row was changed since.</exception>
    public async Task<T> ExecuteAsync(long key, Guid? version, TChanges changes, CancellationToken ct)
    {
        scope.Required.Require(RowAccess.ToWrite(typeof(T)));
        var row = await db.Set<T>().FirstOrDefaultAsync(Keys.Is<T>(key), ct) ?? throw new NotFound(Words.Of(typeof(T)), key);
        if (version is not null && version != row.Version)
        {
            throw new VersionMismatch();
        }

        row.Apply(changes);
        foreach (var rule in rules)
        {
            await rule.CheckAsync(row, ct);
        }

        await db.SaveAsync(row, rules, errors, ct);
        return row;
    }
}

/// <summary>Turns what a database refuses into the product's errors.</summary>
public sealed class DatabaseErrors(IDatabaseProvider provider)
{
    public async Task<TResult> TranslateAsync<TRow, TResult>(Func<Task<TResult>> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            return await write();
        }
        catch (DbUpdateException exception) when (exception.InnerException is DbException inner)
        {
            throw Translated(typeof(TRow), exception, inner);
        }
    }

    public Task TranslateAsync<TRow>(Func<Task<int>> write) => TranslateAsync<TRow, int>(write);

    private Exception Translated(Type row, DbUpdateException exception, DbException inner)
    {
        var index = exception.Entries.Count > 0 ? exception.Entries[0].Metadata.ClrType : row;
        return provider.IsUniqueViolation(inner) ? new Conflict("duplicate", $"There is already such a {Words.Of(index)}.")
            : provider.IsMissingReference(inner) ? new Conflict("inUse", $"Another row refers to this {Words.Of(index)}, or a row it refers to has just gone.")
            : exception;
    }
}
