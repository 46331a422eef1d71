using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Writes what became of messages: their states, the history's entries, and what they tell of addresses and send-outs. The caller holds the transaction.</summary>
internal sealed class DeliveryRecord(CrmDbContext db, IDatabaseProvider provider, LastInteraction last, MarkAddress mark, IMailboxServer mailbox, TimeProvider clock, ILogger<DeliveryRecord> logger)
    : IAsyncDisposable
{
    private const int ResponseLength = 1000;

    // Kept, as its statement stays prepared from round to round. The message itself is the record of who and when, so an entry needs no audit of its own.
    private readonly BulkInsert<Interaction> insert = new(db, clock, readKeys: false, provider);

    /// <param name="deliveries">In the order in which their people are to be locked.</param>
    /// <param name="withHistory">False writes the messages' own state only: the last resort where the rest cannot be written.</param>
    public async Task WriteAsync(IEnumerable<Delivery> deliveries, DateTime now, bool withHistory, CancellationToken ct)
    {
        var sent = new List<Delivery>();
        foreach (var delivery in deliveries)
        {
            var answer = Retries.Judge(delivery);
            var response = answer.Response.Length <= ResponseLength ? answer.Response : answer.Response[..ResponseLength];

            // None touched: an answer that comes after a person has decided, or that was written before and only its commit's answer got lost.
            if (await StateAsync(delivery, answer, response, now, ct) == 0 || !withHistory)
            {
                continue;
            }

            Log.Delivered(logger, delivery.Claimed.Id, delivery.Claimed.SendOut.Id, answer);
            if (answer.Outcome == DeliveryOutcome.Sent)
            {
                sent.Add(delivery);
            }
            else
            {
                await FaultAsync(delivery, answer, response, now, ct);
            }
        }

        await HistoryAsync(sent, ct);
    }

    public ValueTask DisposeAsync() => insert.DisposeAsync();

    private async Task FaultAsync(Delivery delivery, DeliveryAnswer answer, string response, DateTime now, CancellationToken ct)
    {
        if (answer.RefusesSession)
        {
            await db.PauseAsync(delivery.Claimed.SendOut.Id, $"The mail server refuses us: {response}", now, ct);
        }
        else if (answer.Outcome is DeliveryOutcome.Failed or DeliveryOutcome.Unconfirmed)
        {
            if (answer.RefusesAddress && delivery.Claimed.Message.AddressKey is { } key)
            {
                // The server knows no such mailbox: whoever holds the address is told, and no further mail goes there.
                await mark.ExecuteAsync(key, EmailStatus.Bounced, now, ct);
            }

            if (await db.PauseWhenFailingAsync(delivery.Claimed.SendOut.Id, response, now, ct))
            {
                Log.SendOutPaused(logger, delivery.Claimed.SendOut.Id, "failures");
            }
        }
    }

    private async Task<int> StateAsync(Delivery delivery, DeliveryAnswer answer, string response, DateTime now, CancellationToken ct)
    {
        var (id, token, at) = (delivery.Claimed.Id, delivery.Claimed.Token, delivery.At);
        var held = db.Messages.IgnoreQueryFilters().Where(m => m.Id == id && m.ClaimToken == token);

        // A host that comes back after its lease, with the same claim, still knows better than "unconfirmed".
        held = delivery.Begun
            ? held.Where(m => m.Status == MessageStatus.Sending || m.Status == MessageStatus.Unconfirmed)
            : held.Where(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred);
        var status = answer.Outcome switch
        {
            DeliveryOutcome.Sent => MessageStatus.Sent,
            DeliveryOutcome.Deferred => MessageStatus.Deferred,
            DeliveryOutcome.Failed => MessageStatus.Failed,
            _ => MessageStatus.Unconfirmed,
        };
        var sentAt = answer.Outcome == DeliveryOutcome.Sent ? at : (DateTime?)null;
        var dueAt = answer.Outcome == DeliveryOutcome.Deferred ? Retries.Next(delivery, now) : delivery.Claimed.Message.DueAt;
        var copyDueAt = mailbox.KeepsSent ? sentAt + SentFollower.Delay : null;
        return await held.UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.Status, status).SetProperty(m => m.SentAt, sentAt).SetProperty(m => m.CopyDueAt, copyDueAt).SetProperty(m => m.DueAt, dueAt)

                // The server's words may repeat the address of somebody who was erased meanwhile.
                .SetProperty(m => m.LastResponse, m => m.ToAddress == null ? null : response)
                .SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
            ct);
    }

    private async Task HistoryAsync(List<Delivery> sent, CancellationToken ct)
    {
        var people = sent.Select(d => d.Claimed.Message.InfluencerId).OfType<int>().Distinct().ToList();
        if (people.Count == 0)
        {
            return;
        }

        var erased = await db.Influencers.IgnoreQueryFilters().Where(i => people.Contains(i.Id) && i.ErasedAt != null).Select(i => i.Id).ToListAsync(ct);
        await insert.WriteAsync([.. sent.Where(d => d.Claimed.Message.InfluencerId is not null).Select(d => EntryOf(d, erased))], ct);
        await last.UpdateAsync(people, ct);
    }

    private static Interaction EntryOf(Delivery delivery, List<int> erased)
    {
        var person = delivery.Claimed.Message.InfluencerId!.Value;
        return SentMail.InHistory(delivery.Claimed.Message, delivery.Claimed.SendOut, person, delivery.At, erased.Contains(person) ? null : delivery.Subject, null);
    }
}
