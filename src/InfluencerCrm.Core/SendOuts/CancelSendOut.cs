using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Ends a send-out for good: what waits is cancelled, what has left stays recorded, and tasks to write by hand are closed.</summary>
public sealed class CancelSendOut(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    /// <exception cref="Conflict">It is completed or was cancelled before.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, CancellationToken ct)
    {
        scope.Required.Require(Right.WriteContacts);
        return await StateChange.RunAsync(db, sendOutId, sendOut => CancelAsync(sendOut, ct), ct);
    }

    private async Task CancelAsync(SendOut sendOut, CancellationToken ct)
    {
        sendOut.Cancel();

        // The row first: it is what two acts at the same moment meet at.
        await db.SaveChangesAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var waiting = db.Messages.Where(m => m.SendOutId == sendOut.Id && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred));
        await CloseTasksAsync(sendOut, await waiting.Where(m => m.Channel == MessageChannel.Manual && m.InfluencerId != null).Select(m => m.InfluencerId).ToListAsync(ct), now, ct);
        await waiting.UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.Status, MessageStatus.Cancelled).SetProperty(m => m.AddressKey, (string?)null)
                .SetProperty(m => m.DueAt, (DateTime?)null).SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
            ct);
    }

    private async Task CloseTasksAsync(SendOut sendOut, List<int?> people, DateTime now, CancellationToken ct)
    {
        if (people.Count == 0)
        {
            return;
        }

        await db.Entry(sendOut).Reference(s => s.Story).LoadAsync(ct);
        var ending = ManualTask.About(sendOut);
        foreach (var chunk in people.Chunk(500))
        {
            await db.Tasks.Where(t => t.DoneAt == null && chunk.Contains(t.InfluencerId) && t.StoryId == sendOut.StoryId && t.CampaignId == sendOut.CampaignId && t.Title.EndsWith(ending))
                .UpdateRowsAsync(now, set => set.SetProperty(t => t.DoneAt, now), ct);
        }
    }
}
