using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>How far a send-out is.</summary>
/// <param name="Total">Messages, the skipped ones too.</param>
/// <param name="ByStatus">Every status, also those that no message has.</param>
/// <param name="Skipped">Reasons of the skipped ones.</param>
/// <param name="SentLastMinute">The pace now.</param>
/// <param name="MessagesPerMinute">The pace that was asked for.</param>
/// <param name="SecondsLeft">Until all that wait have left, at the pace of the last minute; null where nothing leaves now.</param>
/// <param name="Status">State of the send-out.</param>
/// <param name="PauseReason">Why it stands still.</param>
/// <param name="HoldReason">Why nothing leaves although it is scheduled or sending: it was stopped, or its sender account is paused or failing; and what lets it go on.</param>
/// <param name="ScheduledAt">When it begins to leave.</param>
public sealed record SendOutProgress(
    SendOutStatus Status, string? PauseReason, string? HoldReason, DateTime? ScheduledAt, int Total, IReadOnlyDictionary<MessageStatus, int> ByStatus, IReadOnlyDictionary<SkipReason, int> Skipped, int SentLastMinute, int? MessagesPerMinute,
    int? SecondsLeft)
{
    /// <summary>Nothing will change any more, but for what comes home.</summary>
    public bool IsOver() => Status is SendOutStatus.Completed or SendOutStatus.Cancelled;
}

/// <summary>Reads one row, and the counts of the messages as <see cref="ProgressSnapshots"/> has them.</summary>
public sealed class ReadProgress(CrmDbContext db, CurrentActor scope, TimeProvider clock, ProgressSnapshots snapshots)
{
    public async Task<SendOutProgress> ExecuteAsync(int sendOutId, CancellationToken ct)
    {
        scope.Required.Require(Right.Read);
        var found = await db.SendOuts.AsNoTracking().Where(s => s.Id == sendOutId)
            .Select(s => new { Row = s, AccountState = (SenderAccountState?)s.SenderAccount!.State, AccountName = (string?)s.SenderAccount.Name, s.SenderAccount.StateReason })
            .FirstOrDefaultAsync(ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        var sendOut = found.Row;
        var held = HeldBy(sendOut, found.AccountState, found.AccountName, found.StateReason);
        var counts = await snapshots.ReadAsync(sendOut, stop => CountAsync(sendOut, stop), ct);
        var waiting = Of(MessageStatus.Queued) + Of(MessageStatus.Deferred) + Of(MessageStatus.Sending);
        return new SendOutProgress(
            sendOut.Status, sendOut.PauseReason, held, sendOut.ScheduledAt, counts.ByStatus.Values.Sum(), Enum.GetValues<MessageStatus>().ToDictionary(s => s, Of), counts.Skipped, counts.SentLastMinute,
            sendOut.MessagesPerMinute, held is null ? SecondsLeft(waiting, counts.SentLastMinute) : null);

        int Of(MessageStatus status) => counts.ByStatus.GetValueOrDefault(status);
    }

    private static string? HeldBy(SendOut sendOut, SenderAccountState? account, string? name, string? reason) =>
        sendOut.Status is not (SendOutStatus.Scheduled or SendOutStatus.Sending) ? null
        : sendOut.StoppedAt is not null ? $"The send-out was stopped{(sendOut.StopReason is { } why ? $": {why}" : "")}. Nothing leaves until the stop is lifted."
        : account == SenderAccountState.Paused ? $"The sender account “{name}” is paused. Nothing leaves until it is active; then the send-out goes on by itself."
        : account == SenderAccountState.Failing ? $"The sender account “{name}” is failing{(reason is null ? "" : $" ({reason})")}. Nothing leaves until it is mended and active."
        : null;

    private static int? SecondsLeft(int waiting, int pace) => pace == 0 ? null : (int)Math.Ceiling(60.0 * waiting / pace);

    /// <summary>One pass over an index; messages stand behind the walls of their send-out, which the actor sees.</summary>
    private async Task<MessageCounts> CountAsync(SendOut sendOut, CancellationToken ct)
    {
        var messages = db.Messages.IgnoreQueryFilters([Filters.Wall, Filters.Confidential]).Where(m => m.SendOutId == sendOut.Id);
        var counts = await messages.GroupBy(m => m.Status).Select(g => new { Status = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Status, g => g.Count, ct);
        var skipped = counts.ContainsKey(MessageStatus.Skipped)
            ? await messages.Where(m => m.Status == MessageStatus.Skipped && m.SkipReason != null).GroupBy(m => m.SkipReason!.Value)
                .Select(g => new { Reason = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Reason, g => g.Count, ct)
            : [];
        var minute = clock.GetUtcNow().UtcDateTime.AddMinutes(-1);
        var pace = sendOut.Status == SendOutStatus.Sending ? await messages.CountAsync(m => m.Status == MessageStatus.Sent && m.SentAt > minute, ct) : 0;
        return new MessageCounts(counts, skipped, pace);
    }
}
