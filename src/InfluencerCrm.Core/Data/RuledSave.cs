namespace InfluencerCrm.Core.Data;

/// <summary>Saves one row and runs what its rules do afterwards, in one transaction.</summary>
internal static class RuledSave
{
    public static async Task SaveAsync<T>(this CrmDbContext db, T row, IEnumerable<IRowRule<T>> rules, DatabaseErrors errors, CancellationToken ct)
        where T : class, IRow
    {
        await using var unit = await db.JoinUnitAsync(ct);
        await errors.TranslateAsync<T>(() => db.SaveChangesAsync(ct));
        foreach (var rule in rules)
        {
            await rule.SavedAsync(row, ct);
        }

        await unit.CommitAsync(ct);
    }
}
