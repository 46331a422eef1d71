using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Who of the recipients must not be mailed for this client: opposed as a person, or by any of their addresses. An opposition holds behind every wall.</summary>
public sealed class FindOppositions(CrmDbContext db, AddressHash hash)
{
    public async Task<IReadOnlySet<int>> ExecuteAsync(IReadOnlyCollection<Recipient> people, int? clientId, CancellationToken ct)
    {
        var opposed = new HashSet<int>();
        foreach (var chunk in people.Chunk(500))
        {
            var ids = chunk.Select(p => p.Id).ToList();
            var standing = db.Suppressions.IgnoreQueryFilters([Filters.Wall]).Where(s => s.LiftedAt == null && (s.Scope == SuppressionScope.All || s.ClientId == clientId));
            opposed.UnionWith(await standing.Where(s => ids.Contains(s.InfluencerId!.Value)).Select(s => s.InfluencerId!.Value).ToListAsync(ct));

            // A newsroom that opposed speaks for its own address, not for the people who also have one of their own.
            var owners = chunk.SelectMany(p => p.Addresses.Where(a => !a.Shared || a == p.Address), (p, a) => (p.Id, Hash: hash.Of(a.Key))).ToLookup(a => Convert.ToHexString(a.Hash), a => a.Id);
            foreach (var hashes in owners.Select(o => Convert.FromHexString(o.Key)).Chunk(500))
            {
                var wanted = hashes.ToList();
                foreach (var found in await standing.Where(s => wanted.Contains(s.AddressHash!)).Select(s => s.AddressHash!).ToListAsync(ct))
                {
                    opposed.UnionWith(owners[Convert.ToHexString(found)]);
                }
            }
        }

        return opposed;
    }
}
