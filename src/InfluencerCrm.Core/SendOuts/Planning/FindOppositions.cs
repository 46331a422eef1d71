using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>What suppressions say of recipients.</summary>
/// <param name="People">The recipients, with each address as bounced against which a bounce stands, whatever its contact point shows.</param>
/// <param name="Opposed">Who of them must not be mailed.</param>
public sealed record Oppositions(IReadOnlyList<Recipient> People, IReadOnlySet<int> Opposed);

/// <summary>
/// Who of the recipients must not be mailed for this client: opposed as a person, or by any of their addresses. A bounce binds the one
/// address only. Both hold behind every wall.
/// </summary>
public sealed class FindOppositions(CrmDbContext db, AddressHash hash)
{
    public async Task<Oppositions> ExecuteAsync(IReadOnlyCollection<Recipient> people, int? clientId, CancellationToken ct)
    {
        var seen = new List<Recipient>(people.Count);
        var opposed = new HashSet<int>();
        foreach (var chunk in people.Chunk(LoadRecipients.Together))
        {
            var ids = chunk.Select(p => p.Id).ToList();
            var standing = db.Suppressions.IgnoreQueryFilters([Filters.Wall]).Where(s => s.LiftedAt == null && (s.Scope == SuppressionScope.All || s.ClientId == clientId));
            opposed.UnionWith(await standing.Where(s => EF.Parameter(ids).Contains(s.InfluencerId!.Value)).Select(s => s.InfluencerId!.Value).ToListAsync(ct));
            var (dead, refusing) = await AddressesAsync(standing, chunk, ct);
            foreach (var person in chunk)
            {
                var known = dead.Count == 0 ? person : person with { Addresses = [.. person.Addresses.Select(a => dead.Contains(a.Key) ? Dead(a) : a)] };
                seen.Add(known);

                // A newsroom that opposed speaks for its own address, not for the people who also have one of their own.
                if (known.Addresses.Any(a => refusing.Contains(a.Key) && (!a.Shared || a == known.Address)))
                {
                    opposed.Add(known.Id);
                }
            }
        }

        return new Oppositions(seen, opposed);
    }

    private static RecipientAddress Dead(RecipientAddress address) =>
        address.Status == EmailStatus.Complained ? address : address with { Status = EmailStatus.Bounced };

    private async Task<(HashSet<string> Dead, HashSet<string> Refusing)> AddressesAsync(IQueryable<Suppression> standing, Recipient[] people, CancellationToken ct)
    {
        var (dead, refusing) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var keys = people.SelectMany(p => p.Addresses, (_, a) => a.Key).Distinct(StringComparer.Ordinal).ToDictionary(k => Convert.ToHexString(hash.Of(k)), StringComparer.Ordinal);
        foreach (var hashes in keys.Keys.Select(Convert.FromHexString).Chunk(500))
        {
            var wanted = hashes.ToList();
            foreach (var found in await standing.Where(s => wanted.Contains(s.AddressHash!)).Select(s => new { s.AddressHash, s.Reason }).ToListAsync(ct))
            {
                (found.Reason == SuppressionReason.Bounce ? dead : refusing).Add(keys[Convert.ToHexString(found.AddressHash!)]);
            }
        }

        return (dead, refusing);
    }
}
