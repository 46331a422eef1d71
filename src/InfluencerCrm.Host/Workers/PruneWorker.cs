using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Idempotency;
using InfluencerCrm.Core.Webhooks;

namespace InfluencerCrm.Host.Workers;

/// <summary>Removes, once an hour, what is kept for a time only.</summary>
internal sealed partial class PruneWorker(IServiceScopeFactory scopes, ILogger<PruneWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>The start of the host has better things to do. Pauses are of the process, not of the product's clock, which may jump in tests.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = First; !stoppingToken.IsCancellationRequested; pause = Pause)
        {
            await Task.Delay(pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await PruneAsync(stoppingToken);
            }
        }
    }

    private async Task PruneAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateProductScope();
            var changes = await scope.ServiceProvider.GetRequiredService<PruneChanges>().ExecuteAsync(ct);
            var deliveries = await scope.ServiceProvider.GetRequiredService<PruneDeliveries>().ExecuteAsync(ct);
            await scope.ServiceProvider.GetRequiredService<PruneIdempotencyKeys>().ExecuteAsync(ct);
            await scope.ServiceProvider.GetRequiredService<IDatabaseProvider>().TidySearchIndexesAsync(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), ct);
            if (changes + deliveries > 0)
            {
                Pruned(log, changes, deliveries);
            }
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // The next hour tries again.
            Failed(log, exception);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(EventId = 4100, Level = LogLevel.Information, Message = "Removed {Changes} old changes and {Deliveries} old deliveries")]
    private static partial void Pruned(ILogger logger, int changes, int deliveries);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "Old rows could not be removed; tried again in an hour")]
    private static partial void Failed(ILogger logger, Exception exception);
}
