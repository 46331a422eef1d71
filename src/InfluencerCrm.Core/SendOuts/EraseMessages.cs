using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Cancels what is queued for the person and blanks what was sent; that something was sent stays.</summary>
internal sealed class EraseMessages(CrmDbContext db, TimeProvider clock) : IErasureStep
{
    public int Order => -10;

    public async Task EraseAsync(int influencerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var messages = db.Messages.IgnoreQueryFilters().Where(m => m.InfluencerId == influencerId);
        await messages.Where(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred).UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.Status, MessageStatus.Cancelled).SetProperty(m => m.DueAt, (DateTime?)null)
                .SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
            ct);
        await messages.UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.ToName, (string?)null).SetProperty(m => m.ToAddress, (string?)null).SetProperty(m => m.AddressKey, (string?)null)
                .SetProperty(m => m.Subject, (string?)null).SetProperty(m => m.Values, (string?)null).SetProperty(m => m.LastResponse, (string?)null).SetProperty(m => m.CopyDueAt, (DateTime?)null),
            ct);
    }
}
