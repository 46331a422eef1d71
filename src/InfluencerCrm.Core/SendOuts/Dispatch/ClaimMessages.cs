using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Claims due mails of the send-outs under way, as many as their paces allow, and loads what their mails are made with.</summary>
public sealed class ClaimMessages(
    CrmDbContext db, RateBudgets budgets, PostponeMessages postpone, IOptions<SenderOptions> sender, IOptions<PublicAddress> address, IOptions<DispatchOptions> dispatch,
    HostClock clock, ILogger<ClaimMessages> logger)
{
    internal async Task<IReadOnlyList<ClaimedMessage>> ExecuteAsync(LaneScope lane, int batch, CancellationToken ct)
    {
        var now = await clock.NowAsync(db, ct);
        if (!clock.IsTrusted)
        {
            return [];
        }

        db.ShowArchived = true;
        var open = await OpenAsync(lane, now, ct);
        var claimed = new List<ClaimedMessage>();
        foreach (var sendOut in open.OrderBy(_ => Random.Shared.Next()))
        {
            // Send-outs under way at the same time share a batch, so that a large one does not make the others wait.
            var share = Math.Min(Math.Max(batch / open.Count, 1), batch - claimed.Count);
            if (share > 0)
            {
                await ClaimAsync(lane, sendOut, share, now, claimed, ct);
            }
        }

        return claimed;
    }

    /// <summary>Send-outs with mails that are due and free, whose account sends.</summary>
    private async Task<List<OpenSendOut>> OpenAsync(LaneScope lane, DateTime now, CancellationToken ct) =>
        await lane.In(db.SendOuts.AsNoTracking())
            .Where(s => s.Status == SendOutStatus.Sending && s.StoppedAt == null && (s.SenderAccountId == null || s.SenderAccount!.State == SenderAccountState.Active))
            .Where(s => db.Messages.Any(m => m.SendOutId == s.Id && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred)
                && m.Channel == MessageChannel.Email && m.DueAt <= now && (m.LeaseUntil == null || m.LeaseUntil < now)))
            .Select(s => new OpenSendOut(s.Id, s.MessagesPerMinute, s.SenderAccount))
            .ToListAsync(ct);

    private async Task ClaimAsync(LaneScope lane, OpenSendOut sendOut, int share, DateTime now, List<ClaimedMessage> claimed, CancellationToken ct)
    {
        var limits = LimitsOf(sendOut, lane);
        var allowed = await budgets.TakeAsync(limits, share, now, ct);
        if (allowed == 0)
        {
            return;
        }

        // Each state by itself: an index then gives the rows in order, however long the queue is.
        var rows = new List<(Message Message, Guid Token)>();
        foreach (var status in new[] { MessageStatus.Deferred, MessageStatus.Queued })
        {
            if (rows.Count < allowed)
            {
                var claim = await db.Messages.Where(m => m.SendOutId == sendOut.Id && m.Status == status && m.Channel == MessageChannel.Email)
                    .ClaimAsync(now, allowed - rows.Count, dispatch.Value.Lease, ct);
                rows.AddRange(claim.Rows.Select(m => (m, claim.Token)));
            }
        }

        await budgets.ReturnAsync(limits, allowed - rows.Count, now, ct);
        if (rows.Count > 0 && await MailsAsync(sendOut.Id, ct) is { } mails)
        {
            claimed.AddRange(await WithinDomainsAsync([.. rows.Select(r => new ClaimedMessage(lane, r.Message, r.Token, mails, limits, now))], now, ct));
        }
    }

    /// <summary>What the paces of the recipients' domains allow; the rest is due as soon as its turn comes.</summary>
    private async Task<IEnumerable<ClaimedMessage>> WithinDomainsAsync(List<ClaimedMessage> rows, DateTime now, CancellationToken ct)
    {
        var within = new List<ClaimedMessage>(rows.Count);
        foreach (var domain in rows.GroupBy(r => RecipientDomains.Of(r.Message)))
        {
            if (dispatch.Value.LimitOf(domain.Key)?.PerMinute is not { } pace)
            {
                within.AddRange(domain);
                continue;
            }

            var limit = new RateLimit(RateLimit.Domain(domain.Key), RateWindow.Minute, pace);
            var messages = domain.ToList();
            var allowed = await budgets.TakeAsync([limit], messages.Count, now, ct);
            within.AddRange(messages.Take(allowed).Select(m => m with { Limits = [.. m.Limits, limit] }));
            if (allowed < messages.Count)
            {
                await postpone.ExecuteAsync([.. messages.Skip(allowed)], Turn(messages.Count - allowed, pace), ct);
            }
        }

        return within.OrderBy(m => m.Id);
    }

    /// <summary>Not so long that a window of the pace goes by unseen.</summary>
    private static TimeSpan Turn(int waiting, int pace) => TimeSpan.FromSeconds(Math.Clamp(60.0 * waiting / pace, 1, 10));

    /// <summary>Null: no mail can be made of this send-out, and it says so.</summary>
    private async Task<SendOutMails?> MailsAsync(int sendOutId, CancellationToken ct)
    {
        try
        {
            return await SendOutMails.LoadAsync(db, sendOutId, sender.Value, address.Value, ct);
        }
        catch (CrmError error)
        {
            // Its claimed rows return when their lease ends; somebody has to look at it first anyway.
            Log.SendOutPaused(logger, sendOutId, error.Code);
            await db.PauseAsync(sendOutId, $"Its mails cannot be made: {error.Message}", clock.UtcNow, ct);
            return null;
        }
    }

    private static List<RateLimit> LimitsOf(OpenSendOut sendOut, LaneScope lane)
    {
        var limits = new List<RateLimit>();
        Add(RateLimit.SendOut(sendOut.Id), RateWindow.Minute, sendOut.PerMinute);
        if (sendOut.Account is { } account)
        {
            Add(RateLimit.Account(account.Id), RateWindow.Minute, account.EffectivePerMinute);
            Add(RateLimit.Account(account.Id), RateWindow.Day, account.EffectivePerDay);
        }

        Add(RateLimit.Server, RateWindow.Minute, lane.PerMinute);
        return limits;

        void Add(string subject, RateWindow window, int? messages)
        {
            if (messages is { } limit)
            {
                limits.Add(new RateLimit(subject, window, limit));
            }
        }
    }

    private sealed record OpenSendOut(int Id, int? PerMinute, SenderAccount? Account);
}
