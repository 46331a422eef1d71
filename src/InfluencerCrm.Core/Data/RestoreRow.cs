using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Data;

/// <summary>Makes an archived row visible again.</summary>
public sealed class RestoreRow(CrmDbContext db, CurrentActor scope)
{
    /// <exception cref="NotFound">No such row, or it may not be seen.</exception>
    public async Task ExecuteAsync<T>(long key, CancellationToken ct)
        where T : class, IRow
    {
        scope.Required.Require(RowAccess.ToWrite(typeof(T)));
        var row = await db.Set<T>().IgnoreQueryFilters([Filters.Archived]).FirstOrDefaultAsync(Keys.Is<T>(key), ct)
            ?? throw new NotFound(Words.Of(typeof(T)), key);
        ((IArchivable)row).Restore();
        await db.SaveChangesAsync(ct);
    }
}
