using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>What a recipient wants to hear no more of.</summary>
public enum UnsubscribeChoice
{
    /// <summary>News of the client the mail was about; of everybody where it was about none.</summary>
    Client,

    /// <summary>Everything from us.</summary>
    All,

    /// <summary>Everything, and the data are to go.</summary>
    Erase,
}

/// <summary>What the holder of a mail's link may know.</summary>
/// <param name="Language">Of the mail; null: unknown.</param>
/// <param name="ClientName">Whose news the mail was; null: the agency's own.</param>
/// <param name="Asked">After <see cref="UnsubscribeChoice.Erase"/>: who asks the person to confirm; null where there is nobody to erase.</param>
public sealed record UnsubscribeLink(string? Language, string? ClientName, ErasureAsked? Asked = null);

/// <summary>
/// Opts a person out by the token of a mail they got. The token can do that and nothing else; mails get forwarded, so "erase me" opts
/// out and has the person asked to confirm, it erases nothing.
/// </summary>
public sealed class Unsubscribe(CrmDbContext db, CurrentActor scope, OptOut optOut, AskForErasure ask)
{
    public const string Source = "link";

    /// <summary>Reads and changes nothing.</summary>
    public async Task<UnsubscribeLink?> FindAsync(string token, CancellationToken ct)
    {
        var message = await FindMessageAsync(token, ct);
        return message is null ? null : new UnsubscribeLink(message.Language, await ClientNameAsync(message.ClientId, ct));
    }

    /// <returns>Null: no mail has this token.</returns>
    public async Task<UnsubscribeLink?> ExecuteAsync(string token, UnsubscribeChoice choice, CancellationToken ct)
    {
        if (await FindMessageAsync(token, ct) is not { } message)
        {
            return null;
        }

        ErasureAsked? asked = null;
        if (message.InfluencerId is { } person)
        {
            var erase = choice == UnsubscribeChoice.Erase && await db.Influencers.IgnoreQueryFilters().AnyAsync(i => i.Id == person && i.ErasedAt == null, ct);
            var client = choice == UnsubscribeChoice.Client ? message.ClientId : null;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await optOut.ExecuteAsync(person, message.ToAddress, client, SuppressionReason.Unsubscribe, Source, ct);
            var task = erase ? await ask.NoteAsync(person, ct) : null;
            await transaction.CommitAsync(ct);
            if (erase)
            {
                asked = await ask.ExecuteAsync(message, person, task, ct);
            }
        }

        return new UnsubscribeLink(message.Language, await ClientNameAsync(message.ClientId, ct), asked);
    }

    private async Task<Message?> FindMessageAsync(string token, CancellationToken ct)
    {
        // Nobody is signed in: the token is the right, and only to this.
        scope.Become(Actor.System);
        return await db.Messages.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(m => m.Token == token, ct);
    }

    private Task<string?> ClientNameAsync(int? clientId, CancellationToken ct) =>
        db.Set<Client>().IgnoreQueryFilters().Where(c => c.Id == clientId).Select(c => (string?)c.Name).FirstOrDefaultAsync(ct);
}
