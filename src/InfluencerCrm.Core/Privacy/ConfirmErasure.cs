using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>What a link to confirm an erasure can still do.</summary>
public enum ErasureState
{
    /// <summary>It is no link of ours.</summary>
    Unknown,

    /// <summary>It is too old; nothing was erased.</summary>
    Expired,

    /// <summary>It waits for the person.</summary>
    Open,

    /// <summary>The person is erased.</summary>
    Done,
}

/// <summary>What the holder of such a link may know.</summary>
/// <param name="Language">Of the mail that brought it; null: unknown.</param>
public sealed record ErasureStanding(ErasureState State, string? Language);

/// <summary>Erases a person by the link that was sent to their own address.</summary>
public sealed class ConfirmErasure(CrmDbContext db, CurrentActor scope, ErasureLinks links, AskForErasure ask, EraseInfluencer erase, TimeProvider clock)
{
    /// <summary>Reads and changes nothing.</summary>
    public async Task<ErasureStanding> FindAsync(string token, CancellationToken ct)
    {
        if (links.Open(token) is not { } link)
        {
            return new(ErasureState.Unknown, null);
        }

        // Nobody is signed in: the link is the right, and only to this.
        scope.Become(Actor.System);
        var waits = await db.Influencers.IgnoreQueryFilters().AnyAsync(i => i.Id == link.InfluencerId && i.ErasedAt == null, ct);
        return new(!waits ? ErasureState.Done : link.ExpiresAt <= clock.GetUtcNow().UtcDateTime ? ErasureState.Expired : ErasureState.Open, link.Language);
    }

    public async Task<ErasureStanding> ExecuteAsync(string token, CancellationToken ct)
    {
        var found = await FindAsync(token, ct);
        if (found.State != ErasureState.Open)
        {
            return found;
        }

        var person = links.Open(token)!.InfluencerId;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var unit = await db.BeginUnitAsync(ct);
        try
        {
            await ask.OpenTasks(person).UpdateRowsAsync(now, set => set.SetProperty(t => t.DoneAt, now), ct);
            await erase.AsConfirmedAsync(person, "erased, as the person confirmed by the link in a mail to their address", ct);
            await unit.CommitAsync(ct);
        }
        catch (Erased)
        {
            // Somebody pressed the button twice, or the team was first.
        }

        return found with { State = ErasureState.Done };
    }
}
