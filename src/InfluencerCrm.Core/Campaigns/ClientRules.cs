using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>Who creates a client is inside its wall, or could not see what they made.</summary>
public sealed class ClientRules(CrmDbContext db, CurrentActor scope) : IRowRule<Client>
{
    public Task CheckAsync(Client row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (db.Entry(row).State == EntityState.Added && scope.Required.UserId is { } creator && !row.Members.Exists(m => m.UserId == creator))
        {
            row.Members.Add(new ClientMember(creator, ClientMemberRole.Lead));
        }

        return Task.CompletedTask;
    }
}
