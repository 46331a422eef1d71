using System.Runtime.CompilerServices;
using InfluencerCrm.Core.Access;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Tells again and again how far a send-out is, for as long as somebody watches.</summary>
public sealed class WatchProgress(IServiceScopeFactory scopes, CurrentActor scope, ReadProgress read, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Whoever watches longer asks again, and is looked at again: a right that was taken away meanwhile ends with this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The first is read before this returns, so that what may not be seen is refused and not an empty stream.</summary>
    public async Task<IAsyncEnumerable<SendOutProgress>> ExecuteAsync(int sendOutId, CancellationToken ct) =>
        GoOnAsync(sendOutId, await read.ExecuteAsync(sendOutId, ct), scope.Required, ct);

    private async IAsyncEnumerable<SendOutProgress> GoOnAsync(int sendOutId, SendOutProgress first, Actor actor, [EnumeratorCancellation] CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        for (var progress = first; ; progress = await ReadAsync(sendOutId, actor, ct))
        {
            yield return progress;
            if (progress.IsOver() || clock.GetElapsedTime(began) > Longest)
            {
                yield break;
            }

            await Task.Delay(Look, clock, ct);
        }
    }

    /// <summary>Each look is a unit of work of its own: the watcher holds no connection to the database in between.</summary>
    private async Task<SendOutProgress> ReadAsync(int sendOutId, Actor actor, CancellationToken ct)
    {
        await using var look = scopes.CreateAsyncScope();
        look.ServiceProvider.GetRequiredService<CurrentActor>().Become(actor);
        return await look.ServiceProvider.GetRequiredService<ReadProgress>().ExecuteAsync(sendOutId, ct);
    }
}
