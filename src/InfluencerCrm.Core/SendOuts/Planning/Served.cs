using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Who has a row of a send-out already, whatever became of it, and the addresses that its mails went to or will go to.</summary>
internal sealed record Served(IReadOnlySet<int> People, IReadOnlySet<string> Addresses)
{
    public static Served Nobody { get; } = new(new HashSet<int>(), new HashSet<string>());

    /// <summary>Read behind every wall: a row that the actor may not see is one all the same.</summary>
    public static async Task<Served> OfAsync(CrmDbContext db, int sendOutId, CancellationToken ct)
    {
        var rows = await db.Messages.IgnoreQueryFilters().Where(m => m.SendOutId == sendOutId).Select(m => new { m.InfluencerId, m.AddressKey }).ToListAsync(ct);
        return new Served(
            rows.Where(r => r.InfluencerId is not null).Select(r => r.InfluencerId!.Value).ToHashSet(),
            rows.Where(r => r.AddressKey is not null).Select(r => r.AddressKey!).ToHashSet(StringComparer.Ordinal));
    }
}
