using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Privacy;

/// <summary>What an erasure would take, or has taken.</summary>
/// <param name="Confirm">What must be typed to go on: the person's display name. Null once it is done.</param>
/// <param name="Erased">False: nothing has happened yet.</param>
/// <param name="InfluencerId">The person.</param>
/// <param name="ContactPoints">Addresses that go.</param>
/// <param name="Interactions">Entries of the history that are blanked.</param>
/// <param name="Messages">Mails that are blanked.</param>
/// <param name="Requests">Questions that are blanked.</param>
/// <param name="Coverage">Pieces that lose their author.</param>
public sealed record Erasure(int InfluencerId, bool Erased, string? Confirm, int ContactPoints, int Interactions, int Messages, int Requests, int Coverage);

/// <summary>Erases a person for good, in two steps: the first says what goes, the second needs the person's name typed again.</summary>
public sealed class EraseInfluencer(CrmDbContext db, CurrentActor scope, TimeProvider clock, IEnumerable<IErasureStep> steps)
{
    /// <param name="influencerId">The person; an archived one too.</param>
    /// <param name="confirm">Null asks what would go; the display name does it.</param>
    /// <exception cref="RuleViolation">What was typed is not the name.</exception>
    /// <exception cref="Errors.Erased">It was done before.</exception>
    public async Task<Erasure> ExecuteAsync(int influencerId, string? confirm, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        var person = await FindAsync(influencerId, ct);
        var erasure = await WhatGoesAsync(person, ct);
        if (confirm is null)
        {
            return erasure;
        }

        if (confirm.Trim() != person.DisplayName.Trim())
        {
            throw new RuleViolation("notConfirmed", "What was typed is not the person's display name; nothing was erased.", "confirm");
        }

        await EraseAsync(influencerId, "erased", ct);
        return erasure with { Erased = true, Confirm = null };
    }

    /// <summary>The person themselves has confirmed it, so nobody types their name.</summary>
    /// <param name="note">How, for the audit; it outlives the person, so it names nobody.</param>
    /// <exception cref="Errors.Erased">It was done before.</exception>
    internal async Task AsConfirmedAsync(int influencerId, string note, CancellationToken ct)
    {
        scope.Required.Require(Right.Administer);
        await FindAsync(influencerId, ct);
        await EraseAsync(influencerId, note, ct);
    }

    private async Task<Influencer> FindAsync(int influencerId, CancellationToken ct)
    {
        var person = await db.Influencers.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(i => i.Id == influencerId, ct)
            ?? throw new NotFound(Words.Of(typeof(Influencer)), influencerId);
        return person.ErasedAt is null ? person : throw new Erased();
    }

    private async Task EraseAsync(int influencerId, string note, CancellationToken ct)
    {
        // What this scope has read of the person must not be written back.
        db.ChangeTracker.Clear();
        var actor = scope.Required;
        await using var unit = await db.JoinUnitAsync(ct);

        // First of all the person's row is held: who asks for the same at the same moment waits here, and then finds it done.
        if (await db.Influencers.IgnoreQueryFilters().Where(i => i.Id == influencerId && i.ErasedAt == null).HoldRowsAsync(ct) == 0)
        {
            throw new Erased();
        }

        foreach (var step in steps.OrderBy(s => s.Order))
        {
            await step.EraseAsync(influencerId, ct);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await db.AuditEntries.IgnoreQueryFilters()
            .Where(e => e.InfluencerId == influencerId || (e.Entity == nameof(Influencer) && e.Key == influencerId))
            .UpdateRowsAsync(now, set => set.SetProperty(e => e.Changes, (string?)null).SetProperty(e => e.Note, (string?)null), ct);
        db.Add(AuditEntry.Act(actor, nameof(Influencer), influencerId, note, now, influencerId));
        await db.SaveChangesAsync(ct);
        await unit.CommitAsync(ct);

        db.ChangeTracker.Clear();
    }

    private async Task<Erasure> WhatGoesAsync(Influencer person, CancellationToken ct) => new(
        person.Id,
        false,
        person.DisplayName,
        await db.ContactPoints.IgnoreQueryFilters().CountAsync(p => p.InfluencerId == person.Id, ct),
        await db.Interactions.IgnoreQueryFilters().CountAsync(i => i.InfluencerId == person.Id, ct),
        await db.Messages.IgnoreQueryFilters().CountAsync(m => m.InfluencerId == person.Id, ct),
        await db.Requests.IgnoreQueryFilters().CountAsync(r => r.InfluencerId == person.Id, ct),
        await db.Coverage.IgnoreQueryFilters().CountAsync(c => c.InfluencerId == person.Id, ct));
}
