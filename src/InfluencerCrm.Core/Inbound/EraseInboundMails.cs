using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>Blanks the person's mails, and those that wait unassigned but come from or speak of an address of theirs; that there were some stays.</summary>
internal sealed class EraseInboundMails(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public int Order => -10;

    public async Task EraseAsync(int influencerId, CancellationToken ct)
    {
        var points = await db.ContactPoints.IgnoreQueryFilters().Where(p => p.InfluencerId == influencerId && p.Kind == ContactKind.Email && !p.Shared)
            .Select(p => new { p.Value, p.AddressKey }).ToListAsync(ct);
        var addresses = points.SelectMany(p => new[] { p.Value, p.AddressKey }).OfType<string>().Distinct().ToList();
        await db.InboundMails.IgnoreQueryFilters().Where(m => m.InfluencerId == influencerId || m.AlsoTo.Contains(influencerId) || addresses.Contains(m.FromAddress!) || addresses.Contains(m.Recipient!)).UpdateRowsAsync(
            clock.GetUtcNow().UtcDateTime,
            set => set.SetProperty(m => m.FromAddress, (string?)null).SetProperty(m => m.Subject, (string?)null).SetProperty(m => m.ReplyText, (string?)null)
                .SetProperty(m => m.Recipient, (string?)null).SetProperty(m => m.Reason, (string?)null).SetProperty(m => m.AwayUntil, (DateTime?)null),
            ct);
    }
}
