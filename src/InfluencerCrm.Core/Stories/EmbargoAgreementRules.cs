using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Stories;

/// <summary>Who accepts an embargo accepts the end that the story has at that moment, unless another is said.</summary>
public sealed class EmbargoAgreementRules(CrmDbContext db) : IRowRule<EmbargoAgreement>
{
    public async Task CheckAsync(EmbargoAgreement row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.AcceptsStory)
        {
            row.AcceptUntil(await db.Stories.Where(s => s.Id == row.StoryId).Select(s => s.EmbargoUntil).FirstOrDefaultAsync(ct));
        }
    }
}
