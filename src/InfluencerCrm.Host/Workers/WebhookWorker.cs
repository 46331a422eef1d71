using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Webhooks;

namespace InfluencerCrm.Host.Workers;

/// <summary>Makes deliveries of what happened, and sends those that are due: each webhook in a task of its own.</summary>
internal sealed partial class WebhookWorker(IServiceScopeFactory scopes, ILogger<WebhookWorker> log) : BackgroundService
{
    /// <summary>More wait until one has ended.</summary>
    private const int AtOnce = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A pause of the process, not of the product's clock: a test that stands still still delivers.
        using var pause = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            do
            {
                await TryAsync<RaiseWebhookEvents>(raise => raise.ExecuteAsync(stoppingToken), stoppingToken);
                await TryAsync<FindDueWebhooks>(async find => Begin(await find.ExecuteAsync(stoppingToken), stoppingToken), stoppingToken);
            }
            while (await pause.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(_running.Values);
    }

    private void Begin(IReadOnlyList<int> due, CancellationToken ct)
    {
        foreach (var (ended, _) in _running.Where(r => r.Value.IsCompleted).ToList())
        {
            _running.Remove(ended);
        }

        foreach (var webhook in due.Where(w => !_running.ContainsKey(w)).Take(AtOnce - _running.Count))
        {
            _running[webhook] = Task.Run(() => DeliverAsync(webhook, ct), CancellationToken.None);
        }
    }

    /// <summary>Until nothing is due to this webhook.</summary>
    private async Task DeliverAsync(int webhook, CancellationToken ct)
    {
        for (var sent = 1; sent > 0 && !ct.IsCancellationRequested;)
        {
            sent = 0;
            await TryAsync<DeliverWebhook>(async deliver => sent = await deliver.ExecuteAsync(webhook, ct), ct);
        }
    }

    private async Task TryAsync<T>(Func<T, Task> act, CancellationToken ct)
        where T : notnull
    {
        try
        {
            await using var scope = scopes.CreateProductScope();
            await act(scope.ServiceProvider.GetRequiredService<T>());
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            // The rows are still there at the next look.
            Failed(log, exception, typeof(T).Name);
        }
    }

    [LoggerMessage(EventId = 4102, Level = LogLevel.Error, Message = "{Step} failed and is tried again")]
    private static partial void Failed(ILogger logger, Exception exception, string step);
}
