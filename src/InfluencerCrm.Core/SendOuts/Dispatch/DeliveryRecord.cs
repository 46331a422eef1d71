using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Writes what became of messages: their states, the history's entries, and what they tell of addresses and send-outs. The caller holds the transaction.</summary>
internal sealed class DeliveryRecord(
    CrmDbContext db, KeptUpdates updates, IDatabaseProvider provider, LastInteraction last, BounceAddress bounce, SoftBounces soft, IMailboxServer mailbox, TimeProvider clock, ILogger<DeliveryRecord> logger) : IAsyncDisposable
{
    private const int ResponseLength = 1000;

    // Kept, as its statement stays prepared from round to round. The message itself is the record of who and when, so an entry needs no audit of its own.
    private readonly BulkInsert<Interaction> insert = new(db, clock, readKeys: false, provider);
    private KeptUpdate? taken;
    private KeptUpdate? raised;

    /// <param name="deliveries">In the order in which their people are to be locked.</param>
    /// <param name="withHistory">False writes the messages' own state only: the last resort where the rest cannot be written.</param>
    public async Task WriteAsync(IReadOnlyList<Delivery> deliveries, DateTime now, bool withHistory, CancellationToken ct)
    {
        var outcomes = deliveries.Select(d => Outcome.Of(d)).ToList();
        var touched = await StatesAsync(outcomes, now, ct);
        var sent = new List<Delivery>(outcomes.Count);
        for (var i = 0; i < touched.Length; i++)
        {
            var (delivery, answer, response) = outcomes[i];

            // None touched: an answer that comes after a person has decided, or that was written before and only its commit's answer got lost.
            if (touched[i] == 0 || !withHistory)
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

        await HistoryAsync(sent, now, ct);
    }

    public ValueTask DisposeAsync() => insert.DisposeAsync();

    private async Task FaultAsync(Delivery delivery, DeliveryAnswer answer, string response, DateTime now, CancellationToken ct)
    {
        if (answer.RefusesSession)
        {
            await RefusedAsync(delivery, response, now, ct);
        }
        else if (answer.Outcome is DeliveryOutcome.Failed or DeliveryOutcome.Unconfirmed)
        {
            if (answer.RefusesAddress || (IsSoftBounce(answer) && await soft.AreTooManyAsync(delivery.Claimed.Message, now, ct)))
            {
                await DeadAsync(delivery, response, ct);
            }

            if (await db.PauseWhenFailingAsync(delivery.Claimed.SendOut.Id, response, now, ct))
            {
                Log.SendOutPaused(logger, delivery.Claimed.SendOut.Id, "failures");
            }
        }
    }

    private static bool IsSoftBounce(DeliveryAnswer answer) => answer is { Outcome: DeliveryOutcome.Failed, MailboxIsShut: true };

    /// <summary>The server knows no such mailbox, or has taken nothing for it for weeks: whoever holds the address is told, and no further mail goes there.</summary>
    private async Task DeadAsync(Delivery delivery, string response, CancellationToken ct)
    {
        // The address of somebody who was erased meanwhile is not written down anew.
        if (await db.Messages.IgnoreQueryFilters().AnyAsync(m => m.Id == delivery.Claimed.Id && m.ToAddress != null, ct))
        {
            await bounce.ExecuteAsync(delivery.Claimed.Message.AddressKey, $"smtp: {response}", ct);

            // All rounds share this context; it keeps nothing of what one has written.
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The server wants none of our mails: whatever goes through it waits for a person.</summary>
    private async Task RefusedAsync(Delivery delivery, string response, DateTime now, CancellationToken ct)
    {
        if (delivery.Claimed.Lane is not { AccountId: { } account, Version: { } version })
        {
            await db.PauseAsync(delivery.Claimed.SendOut.Id, $"The mail server refuses us: {response}", now, ct);
        }
        else if (await db.FailAsync(account, version, response, now, ct))
        {
            Log.AccountFails(logger, account);
        }
    }

    private async Task<int[]> StatesAsync(IReadOnlyList<Outcome> outcomes, DateTime now, CancellationToken ct)
    {
        var touched = new int[outcomes.Count];
        var positions = new List<int>(outcomes.Count);
        var runs = new List<KeptRun>(outcomes.Count);
        for (var i = 0; i < touched.Length; i++)
        {
            if (Taken.Of(outcomes[i], now) is not { } row)
            {
                touched[i] = await StateAsync(outcomes[i], now, ct);
            }
            else if (!updates.IsAvailable)
            {
                touched[i] = await TakenAsync(row, ct);
            }
            else
            {
                positions.Add(i);
                taken ??= await KeptUpdate.OfAsync<Taken>(t => TakenAsync(t, ct));
                runs.Add(new KeptRun(taken, row));
            }
        }

        var kept = await updates.RunAsync(runs, ct);
        for (var i = 0; i < kept.Length; i++)
        {
            touched[positions[i]] = kept[i];
        }

        return touched;
    }

    /// <summary>It was not taken, or nobody knows.</summary>
    private Task<int> StateAsync(Outcome outcome, DateTime now, CancellationToken ct)
    {
        var (delivery, answer, response) = outcome;
        var status = answer.Outcome switch
        {
            DeliveryOutcome.Deferred => MessageStatus.Deferred,
            DeliveryOutcome.Failed => MessageStatus.Failed,
            _ => MessageStatus.Unconfirmed,
        };
        var dueAt = answer.Outcome == DeliveryOutcome.Deferred ? Retries.Next(delivery, now) : delivery.Claimed.Message.DueAt;
        var bouncedAt = IsSoftBounce(answer) ? now : (DateTime?)null;
        return Held(delivery.Claimed.Id, delivery.Claimed.Token, delivery.Begun)
            .UpdateRowsAsync(now, set => Close(set, response).SetProperty(m => m.Status, status).SetProperty(m => m.DueAt, dueAt).SetProperty(m => m.BouncedAt, bouncedAt), ct);
    }

    /// <summary>The server has taken it. The due time stays: the mail's Date comes from it.</summary>
    private Task<int> TakenAsync(Taken taken, CancellationToken ct)
    {
        var copyDueAt = mailbox.KeepsSent ? taken.CopyDueAt : (DateTime?)null;
        return Held(taken.Id, taken.Token, begun: true).UpdateRowsAsync(
            taken.Now,
            taken.Version,
            set => Close(set, taken.Response).SetProperty(m => m.Status, MessageStatus.Sent).SetProperty(m => m.SentAt, taken.At).SetProperty(m => m.CopyDueAt, copyDueAt),
            ct);
    }

    /// <summary>The server's words may repeat the address of somebody who was erased meanwhile.</summary>
    private static UpdateSettersBuilder<Message> Close(UpdateSettersBuilder<Message> set, string response) =>
        set.SetProperty(m => m.LastResponse, m => m.ToAddress == null ? null : response).SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null);

    /// <summary>A host that comes back after its lease, with the same claim, still knows better than "unconfirmed".</summary>
    private IQueryable<Message> Held(long id, Guid token, bool begun)
    {
        var held = db.Messages.IgnoreQueryFilters().Where(m => m.Id == id && m.ClaimToken == token);
        return begun
            ? held.Where(m => m.Status == MessageStatus.Sending || m.Status == MessageStatus.Unconfirmed)
            : held.Where(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred);
    }

    private async Task HistoryAsync(List<Delivery> sent, DateTime now, CancellationToken ct)
    {
        sent.RemoveAll(d => d.Claimed.Message.InfluencerId is null);
        if (sent.Count == 0)
        {
            return;
        }

        var erased = await RaiseAsync(sent, now, ct);
        await insert.WriteAsync([.. sent.Select(d => EntryOf(d, erased))], ct);
        if (erased.Count > 0)
        {
            await last.UpdateAsync(erased, ct);
        }
    }

    /// <summary>Whom these reached is when they were last in touch.</summary>
    /// <returns>Who has been erased, and was left alone.</returns>
    private async Task<List<int>> RaiseAsync(List<Delivery> sent, DateTime now, CancellationToken ct)
    {
        var entries = sent.Select(d => new NewEntry(d.Claimed.Message.InfluencerId!.Value, d.At, now, Guid.NewGuid())).ToList();
        int[] touched;
        if (updates.IsAvailable)
        {
            raised ??= await KeptUpdate.OfAsync<NewEntry>(e => last.RaiseAsync(e, ct));
            touched = await updates.RunAsync([.. entries.Select(e => new KeptRun(raised, e))], ct);
        }
        else
        {
            touched = new int[entries.Count];
            for (var i = 0; i < touched.Length; i++)
            {
                touched[i] = await last.RaiseAsync(entries[i], ct);
            }
        }

        return [.. entries.Where((_, i) => touched[i] == 0).Select(e => e.InfluencerId).Distinct()];
    }

    private static Interaction EntryOf(Delivery delivery, List<int> erased)
    {
        var person = delivery.Claimed.Message.InfluencerId!.Value;
        return SentMail.InHistory(delivery.Claimed.Message, delivery.Claimed.SendOut, person, delivery.At, erased.Contains(person) ? null : delivery.Subject, null);
    }

    private sealed record Outcome(Delivery Delivery, DeliveryAnswer Answer, string Response)
    {
        public static Outcome Of(Delivery delivery)
        {
            var answer = Retries.Judge(delivery);
            return new Outcome(delivery, answer, answer.Response.Length <= ResponseLength ? answer.Response : answer.Response[..ResponseLength]);
        }
    }

    /// <param name="At">When the server took it.</param>
    private sealed record Taken(long Id, Guid Token, Guid Version, DateTime Now, DateTime At, DateTime CopyDueAt, string Response)
    {
        /// <summary>Null: the server has not taken it, as far as anybody knows.</summary>
        public static Taken? Of(Outcome outcome, DateTime now) =>
            outcome.Answer.Outcome == DeliveryOutcome.Sent
                ? new(outcome.Delivery.Claimed.Id, outcome.Delivery.Claimed.Token, Guid.NewGuid(), now, outcome.Delivery.At, outcome.Delivery.At + SentFollower.Delay, outcome.Response)
                : null;
    }
}
