using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Interactions;

/// <summary>A new entry bears its time and its writer; the person's last interaction follows every entry.</summary>
internal sealed class InteractionLog(CrmDbContext db, CurrentActor scope, TimeProvider clock, LastInteraction last) : IRowRule<Interaction>
{
    private int? _formerInfluencerId;

    public Task CheckAsync(Interaction row, CancellationToken ct)
    {
        var entry = db.Entry(row);
        if (entry.State == EntityState.Added)
        {
            row.Log(clock.GetUtcNow().UtcDateTime, scope.Actor?.UserId);
        }
        else
        {
            _formerInfluencerId = entry.Property(i => i.InfluencerId).OriginalValue;
        }

        return Task.CompletedTask;
    }

    public async Task SavedAsync(Interaction row, CancellationToken ct)
    {
        foreach (var id in new[] { row.InfluencerId, _formerInfluencerId }.OfType<int>().Distinct())
        {
            await last.UpdateAsync(id, ct);
        }
    }
}
