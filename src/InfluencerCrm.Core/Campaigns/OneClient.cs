using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>
/// Keeps a row and what it names on one side of the walls: a story of a client's campaign is that client's story. A row
/// that names no client takes it from what it names; else it would be seen by everybody.
/// </summary>
internal static class OneClient
{
    /// <returns>The client the row belongs to.</returns>
    /// <exception cref="RuleViolation">Two clients would meet in one row.</exception>
    public static async Task<int?> OfAsync(CrmDbContext db, int? clientId, CancellationToken ct, params (string Target, Type Kind, int? Id)[] named)
    {
        foreach (var (target, kind, id) in named)
        {
            if (id is not { } key || await ClientOfAsync(db, kind, key, ct) is not { } owner)
            {
                continue;
            }

            clientId ??= owner;
            if (clientId != owner)
            {
                throw new RuleViolation("otherClient", $"{target} {id} belongs to another client.", target);
            }
        }

        return clientId;
    }

    private static Task<int?> ClientOfAsync(CrmDbContext db, Type kind, int id, CancellationToken ct) =>
        kind == typeof(Campaign) ? db.Campaigns.Where(c => c.Id == id).Select(c => c.ClientId).FirstOrDefaultAsync(ct)
        : kind == typeof(Stories.Story) ? db.Stories.Where(s => s.Id == id).Select(s => s.ClientId).FirstOrDefaultAsync(ct)
        : kind == typeof(MediaLists.MediaList) ? db.MediaLists.Where(l => l.Id == id).Select(l => l.ClientId).FirstOrDefaultAsync(ct)
        : kind == typeof(SendOuts.SendOut) ? db.SendOuts.Where(s => s.Id == id).Select(s => s.ClientId).FirstOrDefaultAsync(ct)
        : throw new ArgumentException($"{kind.Name} belongs to no client.", nameof(kind));
}
