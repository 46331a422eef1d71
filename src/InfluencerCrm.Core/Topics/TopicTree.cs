using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Topics;

/// <summary>Topics are a tree.</summary>
internal sealed class TopicTree(CrmDbContext db) : IRowRule<Topic>
{
    public Task CheckAsync(Topic row, CancellationToken ct) =>
        Cycles.CheckAsync(row.Id, row.ParentId, id => db.Topics.Where(t => t.Id == id).Select(t => t.ParentId).FirstOrDefaultAsync(ct));
}
