using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Outlets;

/// <summary>Outlets are a tree: a desk, bureau or programme sits inside one outlet, never inside itself.</summary>
internal sealed class OutletTree(CrmDbContext db) : IRowRule<Outlet>
{
    public Task CheckAsync(Outlet row, CancellationToken ct) =>
        Cycles.CheckAsync(row.Id, row.ParentId, id => db.Outlets.Where(o => o.Id == id).Select(o => o.ParentId).FirstOrDefaultAsync(ct));
}
