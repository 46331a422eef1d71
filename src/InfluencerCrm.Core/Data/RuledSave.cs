namespace InfluencerCrm.Core.Data;

/// <summary>Saves one row and runs what its rules do afterwards, in one transaction.</summary>
internal static class RuledSave
{
    public static async Task SaveAsync<T>(this CrmDbContext db, T row, IEnumerable<IRowRule<T>> rules, DatabaseErrors errors, CancellationToken ct)
        where T : class, IRow
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await errors.TranslateAsync<T>(() => db.SaveChangesAsync(ct));
        foreach (var rule in rules)
        {
            await rule.SavedAsync(row, ct);
        }

        if (transaction is not null)
        {
            await transaction.CommitAsync(ct);
        }
    }
}
