using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// All or nothing for one use case: a transaction of its own, or, where the caller has one open (a change set of a batch), a part of
/// that, which is undone alone when it is not committed.
/// </summary>
public sealed class WriteUnit : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;
    private readonly bool _own;
    private readonly string? _savepoint;
    private bool _committed;

    private WriteUnit(IDbContextTransaction transaction, bool own, string? savepoint)
    {
        _transaction = transaction;
        _own = own;
        _savepoint = savepoint;
    }

    internal static async Task<WriteUnit> BeginAsync(CrmDbContext db, bool undoneAlone, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        await (db.BeforeWrite?.Invoke(ct) ?? Task.CompletedTask);
        if (db.Database.CurrentTransaction is not { } open)
        {
            return new WriteUnit(await db.Database.BeginTransactionAsync(ct), own: true, null);
        }

        if (!undoneAlone)
        {
            return new WriteUnit(open, own: false, null);
        }

        // SQL Server takes 32 characters.
        var savepoint = $"unit{Guid.NewGuid():N}"[..32];
        await open.CreateSavepointAsync(savepoint, ct);
        return new WriteUnit(open, own: false, savepoint);
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        if (_own)
        {
            await _transaction.CommitAsync(ct);
        }

        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_own)
        {
            await _transaction.DisposeAsync();
        }
        else if (_savepoint is not null && !_committed)
        {
            await _transaction.RollbackToSavepointAsync(_savepoint);
        }
    }
}

/// <summary>Beginning one.</summary>
public static class WriteUnits
{
    public static Task<WriteUnit> BeginUnitAsync(this CrmDbContext db, CancellationToken ct) => WriteUnit.BeginAsync(db, undoneAlone: true, ct);

    /// <summary>For steps whose failure always fails what is around them: inside an open transaction they cost nothing.</summary>
    internal static Task<WriteUnit> JoinUnitAsync(this CrmDbContext db, CancellationToken ct) => WriteUnit.BeginAsync(db, undoneAlone: false, ct);
}
