using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Imports.Reverting;

namespace InfluencerCrm.Host.Workers;

/// <summary>Runs the imports that wait, one at a time.</summary>
internal sealed partial class ImportWorker(IServiceScopeFactory scopes, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start of the host does not wait for the first look.
        await Task.Yield();

        // A pause of the process, not of the product's clock: a test that stands still still imports.
        using var pause = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            do
            {
                while (await RunNextAsync(stoppingToken))
                {
                }
            }
            while (await pause.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> RunNextAsync(CancellationToken ct)
    {
        ImportJob? claimed = null;
        try
        {
            await using var scope = scopes.CreateProductScope();
            claimed = await scope.ServiceProvider.GetRequiredService<ClaimImport>().ExecuteAsync(ct);
            if (claimed is null)
            {
                return false;
            }

            if (claimed.Status == ImportStatus.Reverting)
            {
                var reverted = await scope.ServiceProvider.GetRequiredService<RunRevert>().ExecuteAsync(claimed, ct);
                Reverted(log, reverted.Id, reverted.Status, reverted.Undone, reverted.Kept);
                return true;
            }

            var done = await scope.ServiceProvider.GetRequiredService<RunImport>().ExecuteAsync(claimed, null, ct);
            Ended(log, done.Id, done.Status, done.Created, done.Updated, done.Unchanged, done.Refused);
            return true;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Broke(log, exception, claimed?.Id);

            // A database that is away comes back, and the import goes on when its lease has ended; anything else would break again.
            if (claimed is not null && exception is not (DbException or IOException))
            {
                await FailAsync(claimed, ct);
            }

            return false;
        }
    }

    private async Task FailAsync(ImportJob claimed, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateProductScope();
            await scope.ServiceProvider.GetRequiredService<FailImport>().ExecuteAsync(claimed, "Something went wrong on our side; it is in the log. What the rows' words say was done.", ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Broke(log, exception, claimed.Id);
        }
    }

    [LoggerMessage(EventId = 2100, Level = LogLevel.Information, Message = "Import {ImportId} is {Status}: {Created} created, {Updated} updated, {Unchanged} unchanged, {Refused} refused")]
    private static partial void Ended(ILogger logger, int importId, ImportStatus status, int created, int updated, int unchanged, int refused);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Revert of import {ImportId} is {Status}: {Undone} rows taken back, {Kept} left")]
    private static partial void Reverted(ILogger logger, int importId, ImportStatus status, int undone, int kept);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "Import {ImportId} broke off")]
    private static partial void Broke(ILogger logger, Exception exception, int? importId);
}
