using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>Who makes a campaign confidential is one of its members, or would lose sight of it; and a campaign others build on stays with its client.</summary>
public sealed class CampaignRules(CrmDbContext db, CurrentActor scope) : IRowRule<Campaign>
{
    public async Task CheckAsync(Campaign row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        await CheckClientAsync(row, ct);
        if (!row.Confidential || scope.Required.UserId is not { } actor || row.LeadId == actor)
        {
            return;
        }

        if (db.Entry(row).State != EntityState.Added)
        {
            await db.Entry(row).Collection(c => c.Members).LoadAsync(ct);
        }

        if (!row.Members.Exists(m => m.UserId == actor))
        {
            row.Members.Add(new CampaignMember(actor));
        }
    }

    private async Task CheckClientAsync(Campaign row, CancellationToken ct)
    {
        var client = db.Entry(row).Property(c => c.ClientId);
        if (db.Entry(row).State == EntityState.Added || client.OriginalValue == client.CurrentValue)
        {
            return;
        }

        if (await db.Stories.IgnoreQueryFilters().AnyAsync(s => s.CampaignId == row.Id, ct)
            || await db.MediaLists.IgnoreQueryFilters().AnyAsync(l => l.CampaignId == row.Id, ct)
            || await db.SendOuts.IgnoreQueryFilters().AnyAsync(s => s.CampaignId == row.Id, ct))
        {
            throw new Conflict("inUse", "The campaign has stories, lists or send-outs of its client; it cannot go to another client.", "clientId");
        }
    }
}
