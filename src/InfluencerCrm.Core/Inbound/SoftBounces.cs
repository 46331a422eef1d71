using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>
/// Counts the soft bounces of an address, by reports and by refusals until the retries were used up: one means nothing, three in a month
/// without a mail in between that arrived mean that it is dead.
/// </summary>
public sealed class SoftBounces(CrmDbContext db)
{
    private const int TooMany = 3;

    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Servers report within five days; a mail that has not come back by then has arrived.</summary>
    private static readonly TimeSpan TimeToComeBack = TimeSpan.FromDays(5);

    /// <param name="message">The one that has just come back, or was given up.</param>
    public async Task<bool> AreTooManyAsync(Message message, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (person, address, since, settled) = (message.InfluencerId, message.ToAddress, now - Window, now - TimeToComeBack);
        var toAddress = db.Messages.IgnoreQueryFilters().Where(m => m.InfluencerId == person && m.ToAddress == address);
        var arrived = await toAddress.Where(m => m.Status == MessageStatus.Sent && (m.RepliedAt != null || m.SentAt < settled)).MaxAsync(m => m.RepliedAt ?? m.SentAt, ct);
        since = arrived > since ? arrived.Value : since;

        // What a filter refuses says nothing about the address.
        var bounces = db.InboundMails.Where(i => i.InfluencerId == person && i.ReceivedAt >= since && (i.State == InboundState.Done || i.State == InboundState.Applied)
            && i.Action == ReportedAction.Failed && i.BounceType == BounceType.Soft
            && (i.StatusCode == null || (!i.StatusCode.StartsWith("5.7.") && !i.StatusCode.StartsWith("4.7.") && !i.StatusCode.StartsWith("5.3.4") && !i.StatusCode.StartsWith("5.1.8") && !i.StatusCode.StartsWith("5.1.7"))));
        return await toAddress.Where(m => (m.Status == MessageStatus.Failed && m.BouncedAt >= since) || bounces.Any(i => i.MessageId == m.Id)).CountAsync(ct) >= TooMany;
    }
}
