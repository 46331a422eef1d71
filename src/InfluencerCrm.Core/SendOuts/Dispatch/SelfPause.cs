using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>A send-out that cannot go on stops by itself and says why; a person resumes it.</summary>
internal static class SelfPause
{
    /// <summary>Fewer failures than this never stop a send-out.</summary>
    public const int FewestFailures = 10;

    /// <summary>One in so many attempts.</summary>
    public const int FailingShare = 4;

    private const int ReasonLength = 1000;

    public static Task<int> PauseAsync(this CrmDbContext db, int sendOutId, string reason, DateTime now, CancellationToken ct)
    {
        var text = reason.Length <= ReasonLength ? reason : reason[..ReasonLength];
        return db.SendOuts.IgnoreQueryFilters().Where(s => s.Id == sendOutId && s.Status == SendOutStatus.Sending)
            .UpdateRowsAsync(now, set => set.SetProperty(s => s.Status, SendOutStatus.Paused).SetProperty(s => s.PauseReason, text), ct);
    }

    /// <summary>Pauses when a quarter of what was tried, and at least ten mails, failed or were lost since the send-out last changed: a resumed one is counted anew.</summary>
    /// <returns>True when it paused.</returns>
    public static async Task<bool> PauseWhenFailingAsync(this CrmDbContext db, int sendOutId, string lastAnswer, DateTime now, CancellationToken ct)
    {
        var since = await db.SendOuts.IgnoreQueryFilters().Where(s => s.Id == sendOutId && s.Status == SendOutStatus.Sending).Select(s => (DateTime?)s.UpdatedAt).FirstOrDefaultAsync(ct);
        if (since is null)
        {
            return false;
        }

        var tried = db.Messages.IgnoreQueryFilters().Where(m => m.SendOutId == sendOutId && m.UpdatedAt >= since);
        var failed = await tried.CountAsync(m => m.Status == MessageStatus.Failed || m.Status == MessageStatus.Unconfirmed, ct);
        if (failed < FewestFailures)
        {
            return false;
        }

        var sent = await tried.CountAsync(m => m.Status == MessageStatus.Sent, ct);
        return failed * FailingShare >= sent + failed
            && await db.PauseAsync(sendOutId, $"{failed} of the last {sent + failed} mails were refused or lost; the last answer was: {lastAnswer}", now, ct) == 1;
    }
}
