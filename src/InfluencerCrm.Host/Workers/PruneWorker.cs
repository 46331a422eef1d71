using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Idempotency;

namespace InfluencerCrm.Host.Workers;

/// <summary>Removes what is kept for a time only.</summary>
internal sealed partial class PruneWorker(IServiceScopeFactory scopes, ILogger<PruneWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A pause of the process, not of the product's clock, which may stand still in tests.
        using var pause = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            while (await pause.WaitForNextTickAsync(stoppingToken))
            {
                await PruneAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task PruneAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
            await scope.ServiceProvider.GetRequiredService<PruneIdempotencyKeys>().ExecuteAsync(ct);
        }
        catch (DbException exception)
        {
            Broke(log, exception);
        }
    }

    [LoggerMessage(EventId = 3200, Level = LogLevel.Warning, Message = "Old idempotency keys could not be removed; it is tried again later")]
    private static partial void Broke(ILogger logger, Exception exception);
}
