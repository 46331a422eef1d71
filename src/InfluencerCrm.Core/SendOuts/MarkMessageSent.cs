using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>A person says that an unconfirmed mail did leave, or that a manual message was delivered; it enters the history like any other.</summary>
public sealed class MarkMessageSent(CrmDbContext db, CurrentActor scope, LastInteraction last, TimeProvider clock)
{
    /// <exception cref="NotFound">No such message, or it may not be seen.</exception>
    /// <exception cref="Conflict">It is neither unconfirmed nor an open manual one.</exception>
    public async Task ExecuteAsync(long messageId, CancellationToken ct)
    {
        scope.Required.Require(Right.Send);
        var message = await db.Messages.Include(m => m.SendOut).FirstOrDefaultAsync(m => m.Id == messageId, ct) ?? throw new NotFound(Words.Of(typeof(Message)), messageId);
        var now = clock.GetUtcNow().UtcDateTime;
        message.MarkSent(now);
        await using var unit = await db.BeginUnitAsync(ct);
        if (message.InfluencerId is { } person && !await db.Interactions.IgnoreQueryFilters().AnyAsync(i => i.MessageId == messageId, ct))
        {
            db.Add(SentMail.InHistory(message, message.SendOut!, person, now, message.Subject, scope.Required.UserId));
        }

        await db.SaveChangesAsync(ct);
        if (message.InfluencerId is { } written)
        {
            await last.UpdateAsync(written, ct);
        }

        await unit.CommitAsync(ct);
    }
}
