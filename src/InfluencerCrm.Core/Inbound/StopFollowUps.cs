using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>Who has answered is not reminded: what waits for the person in the send-outs that follow this one up is cancelled.</summary>
public sealed class StopFollowUps(CrmDbContext db)
{
    /// <summary>A follow-up of a follow-up of … and no further.</summary>
    private const int Deepest = 5;

    public async Task ExecuteAsync(Message answered, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answered);
        var following = new List<int>();
        var from = new List<int> { answered.SendOutId };
        for (var depth = 0; depth < Deepest && from.Count > 0; depth++)
        {
            from = await db.SendOuts.IgnoreQueryFilters().Where(s => s.FollowUpOfId != null && s.Purpose == SendOutPurpose.FollowUp && from.Contains(s.FollowUpOfId.Value)).Select(s => s.Id).ToListAsync(ct);
            following.AddRange(from);
        }

        if (following.Count > 0 && answered.InfluencerId is { } person)
        {
            // Without its claim a message that a host holds is dropped at the gate.
            await db.Messages.Where(m => m.InfluencerId == person && following.Contains(m.SendOutId) && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred)).UpdateRowsAsync(
                now,
                set => set.SetProperty(m => m.Status, MessageStatus.Cancelled).SetProperty(m => m.AddressKey, (string?)null).SetProperty(m => m.DueAt, (DateTime?)null)
                    .SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
                ct);
        }
    }
}
