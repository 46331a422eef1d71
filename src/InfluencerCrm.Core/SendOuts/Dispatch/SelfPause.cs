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

    public static Task<int> PauseAsync(this CrmDbContext db, int sendOutId, string reason, DateTime now, CancellationToken ct)
    {
        var text = Short(reason);
        return db.SendOuts.IgnoreQueryFilters().Where(s => s.Id == sendOutId && s.Status == SendOutStatus.Sending)
            .UpdateRowsAsync(now, set => set.SetProperty(s => s.Status, SendOutStatus.Paused).SetProperty(s => s.PauseReason, text), ct);
    }

    /// <summary>
    /// The account's own server refuses it: it sends nothing until somebody has mended it, and the send-outs under way that go through it
    /// pause and say why.
    /// </summary>
    /// <param name="version">The account as it was when it was refused: one that has been mended since is left alone.</param>
    /// <returns>True when it was this refusal that stopped it.</returns>
    public static async Task<bool> FailAsync(this CrmDbContext db, int accountId, Guid version, string response, DateTime now, CancellationToken ct)
    {
        var text = Short(response);
        if (await db.SenderAccounts.Where(a => a.Id == accountId && a.Version == version && a.State == SenderAccountState.Active)
            .UpdateRowsAsync(now, set => set.SetProperty(a => a.State, SenderAccountState.Failing).SetProperty(a => a.StateReason, text), ct) == 0)
        {
            return false;
        }

        await db.PauseWhereAccountFailsAsync(now, ct);
        return true;
    }

    /// <summary>What is under way, or about to begin, through an account that fails pauses and says why: it would wait without a word.</summary>
    /// <returns>The send-outs that paused.</returns>
    public static async Task<IReadOnlyList<int>> PauseWhereAccountFailsAsync(this CrmDbContext db, DateTime now, CancellationToken ct)
    {
        var held = db.SendOuts.IgnoreQueryFilters().Where(s => (s.Status == SendOutStatus.Sending || (s.Status == SendOutStatus.Scheduled && s.ScheduledAt <= now))
            && db.SenderAccounts.Any(a => a.Id == s.SenderAccountId && a.State == SenderAccountState.Failing));
        var paused = new List<int>();
        foreach (var sendOut in await held.Select(s => new { s.Id, s.SenderAccount!.Name, s.SenderAccount.StateReason }).ToListAsync(ct))
        {
            var text = Short(OfAccount(sendOut.Name, sendOut.StateReason));
            if (await held.Where(s => s.Id == sendOut.Id)
                .UpdateRowsAsync(now, set => set.SetProperty(s => s.Status, SendOutStatus.Paused).SetProperty(s => s.PauseReason, text), ct) > 0)
            {
                paused.Add(sendOut.Id);
            }
        }

        return paused;
    }

    /// <summary>Why nothing leaves through an account that fails, and what to do.</summary>
    public static string OfAccount(string name, string? reason) =>
        $"{(reason is null ? $"The sender account “{name}” is failing." : $"The mail server of the sender account “{name}” refuses us: {reason}.")} Mend the account, set it to active, then resume.";

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

    private static string Short(string text) => text.Length <= SenderAccount.ReasonLength ? text : text[..SenderAccount.ReasonLength];
}
