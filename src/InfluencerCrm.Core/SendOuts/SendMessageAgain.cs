using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>
/// A person says that an unconfirmed mail did not arrive and takes the risk of a second copy: it is queued again, with the same Message-ID,
/// so that a mailbox that has it shows one. A send-out that was completed goes on for it.
/// </summary>
public sealed class SendMessageAgain(CrmDbContext db, CurrentActor scope, TimeProvider clock, DispatchSignal signal)
{
    /// <exception cref="NotFound">No such message, or it may not be seen.</exception>
    /// <exception cref="Conflict">It is not unconfirmed, the connection that had it may still be at work, or its send-out was cancelled.</exception>
    public async Task ExecuteAsync(long messageId, CancellationToken ct)
    {
        scope.Required.Require(Right.Send);
        var message = await db.Messages.Include(m => m.SendOut).FirstOrDefaultAsync(m => m.Id == messageId, ct) ?? throw new NotFound(Words.Of(typeof(Message)), messageId);
        var now = clock.GetUtcNow().UtcDateTime;
        message.SendAgain(now);
        message.SendOut!.Extend();
        db.Add(AuditEntry.Act(scope.Required, nameof(SendOut), message.SendOutId, $"message {messageId} sent again", now, message.InfluencerId));
        await db.SaveChangesAsync(ct);
        signal.Wake();
    }
}
