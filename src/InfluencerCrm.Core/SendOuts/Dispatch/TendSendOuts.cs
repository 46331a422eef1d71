using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Work;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Moves send-outs from state to state as their rows and the clock say; safe on many hosts at once, since each move is one conditional UPDATE.</summary>
public sealed class TendSendOuts(CrmDbContext db, DispatchSignal signal, HostClock clock, ILogger<TendSendOuts> logger)
{
    private static readonly TimeSpan KeptBudgets = TimeSpan.FromDays(2);

    public async Task ExecuteAsync(CancellationToken ct)
    {
        var now = await clock.NowAsync(db, ct);
        db.ShowArchived = true;
        foreach (var paused in await db.PauseWhereAccountFailsAsync(now, ct))
        {
            Log.SendOutPaused(logger, paused, "account");
        }

        var begun = await db.SendOuts.Where(s => s.Status == SendOutStatus.Scheduled && s.ScheduledAt <= now
                && !db.SenderAccounts.Any(a => a.Id == s.SenderAccountId && a.State == SenderAccountState.Failing))
            .UpdateRowsAsync(now, set => set.SetProperty(s => s.Status, SendOutStatus.Sending), ct);

        // The claim's token stays: if the host was only slow, its answer still resolves the row.
        var left = await db.Messages.Where(m => m.Status == MessageStatus.Sending && m.LeaseUntil < now).UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.Status, MessageStatus.Unconfirmed)
                .SetProperty(m => m.LastResponse, "The connection's host vanished while it handed the mail over; nobody knows whether it left"),
            ct);
        if (left > 0)
        {
            Log.LeftBehind(logger, left);
        }

        var completed = await db.SendOuts
            .Where(s => s.Status == SendOutStatus.Sending && !db.Messages.Any(m => m.SendOutId == s.Id
                && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Sending || m.Status == MessageStatus.Deferred)))
            .UpdateRowsAsync(now, set => set.SetProperty(s => s.Status, SendOutStatus.Completed), ct);
        if (begun + completed > 0)
        {
            Log.Moved(logger, begun, completed);
            var old = now - KeptBudgets;
            await db.RateBudgets.Where(b => b.StartsAt < old).DeleteRowsAsync(ct);
        }

        if (begun > 0)
        {
            signal.WakeConnections();
        }
    }
}
