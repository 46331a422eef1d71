using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>A mail of which nobody knew whether it left, did: it enters the history like any other that was sent.</summary>
public sealed class ConfirmMessage(CrmDbContext db, LastInteraction last, IMailboxServer mailbox)
{
    public async Task ExecuteAsync(Message message, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        DateTime? copyDueAt = mailbox.KeepsSent ? now + SentFollower.Delay : null;
        var touched = await db.Messages.Where(m => m.Id == message.Id && m.Status == MessageStatus.Unconfirmed).UpdateRowsAsync(
            now,
            set => set.SetProperty(m => m.Status, MessageStatus.Sent).SetProperty(m => m.SentAt, now).SetProperty(m => m.CopyDueAt, copyDueAt).SetProperty(m => m.ClaimToken, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null),
            ct);
        if (touched == 0 || message.InfluencerId is not { } person || await db.Interactions.IgnoreQueryFilters().AnyAsync(i => i.MessageId == message.Id, ct))
        {
            return;
        }

        db.Add(SentMail.InHistory(message, message.SendOut!, person, now, message.Subject, null));
        await db.SaveChangesAsync(ct);
        await last.UpdateAsync(person, ct);
    }
}
