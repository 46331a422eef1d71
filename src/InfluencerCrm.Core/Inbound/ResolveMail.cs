using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Inbound;

/// <summary>A person has looked at a mail that waits: it does what it says after all, or nothing.</summary>
public sealed class ResolveMail(CrmDbContext db, CurrentActor scope, ApplyMail apply, TimeProvider clock)
{
    /// <param name="applies">False: the mail changes nothing.</param>
    /// <param name="influencerId">Whom it is from or about, where no message of ours says it.</param>
    /// <exception cref="NotFound">No such mail, or it may not be seen.</exception>
    /// <exception cref="Conflict">It does not wait.</exception>
    /// <exception cref="RuleViolation">It is to do what it says, and nobody knows to whom.</exception>
    public async Task ExecuteAsync(long id, bool applies, int? influencerId, CancellationToken ct)
    {
        var actor = scope.Required;
        actor.Require(Right.WriteContacts);
        var mail = await db.InboundMails.FirstOrDefaultAsync(m => m.Id == id, ct) ?? throw new NotFound(Words.Of(typeof(InboundMail)), id);
        if (influencerId is { } named && !await db.Influencers.AnyAsync(i => i.Id == named, ct))
        {
            throw new RuleViolation("missingReference", $"There is no {Words.Of(typeof(Influencer))} {named}, or you may not see it.", "influencerId");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        mail.Resolve(applies, influencerId, actor.UserId, now);
        await using var unit = await db.BeginUnitAsync(ct);
        await db.SaveChangesAsync(ct);
        if (applies)
        {
            await ApplyAsync(mail, actor, now, ct);
        }

        await unit.CommitAsync(ct);
    }

    private async Task ApplyAsync(InboundMail mail, Actor actor, DateTime now, CancellationToken ct)
    {
        try
        {
            // The mail was seen, and what it does is what it would have done by itself: also to rows of clients behind a wall.
            scope.Become(Actor.System with { UserId = actor.UserId, ApiKeyId = actor.ApiKeyId });
            var message = await db.Messages.IgnoreQueryFilters().AsNoTracking().Include(m => m.SendOut).FirstOrDefaultAsync(m => m.Id == mail.MessageId, ct);
            if (message is not null && (message.InfluencerId == mail.InfluencerId || mail.InfluencerId is null))
            {
                await apply.ToMessageAsync(mail, message, now, ct);
                return;
            }

            var person = mail.InfluencerId ?? throw new RuleViolation("required", "influencerId must be given: no message of ours says whom the mail is from or about.", "influencerId");
            await apply.ToPersonAsync(mail, person, null, now, ct);
        }
        finally
        {
            scope.Become(actor);
        }
    }
}
